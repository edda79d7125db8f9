// Loaded before a program of node (--require): process.arch is what OTHER_PROCESSOR says, and spawned programs run through the emulator that
// OTHER_PROCESSOR_RUNS names, as they would by themselves on a machine of that kind. Node itself stays what it is.
'use strict';

const processes = require('node:child_process');

Object.defineProperty(process, 'arch', { value: process.env.OTHER_PROCESSOR });
const [emulator, ...options] = process.env.OTHER_PROCESSOR_RUNS.split(' ');
const { spawn } = processes;
processes.spawn = (file, args, ...rest) => spawn(emulator, [...options, file, ...args], ...rest);
