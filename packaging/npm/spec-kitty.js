#!/usr/bin/env node
// Runs the executable of this platform's package in the place of this process, as nearly as node can: same arguments, same descriptors,
// same exit status, same signal. What that costs, and how to do without: docs/packages.md.
'use strict';

const { spawn } = require('node:child_process');
const { constants } = require('node:os');

const name = `spec-kitty-aot-${process.platform}-${process.arch}`;
let executable;
try {
  executable = require.resolve(`${name}/bin/spec-kitty`);
} catch {
  process.stderr.write(`spec-kitty: the package ${name} is not installed; either there is none for this platform, or npm was told to leave optional packages out (--omit=optional)\n`);
  process.exit(127);
}

const child = spawn(executable, process.argv.slice(2), { stdio: 'inherit' });
// A signal meant for the call ends the call, and the call then says how this process ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`spec-kitty: ${executable} does not start: ${error.message}\n`);
  process.exit(126);
});
child.on('exit', (status, signal) => {
  if (signal === null) process.exit(status);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // Where the signal did not end it (SIGPIPE is ignored by node): the status that a shell would name.
  setImmediate(() => process.exit(128 + constants.signals[signal]));
});
