#!/usr/bin/env python3
"""coldstart.py [--rounds N] [--stdout]: see coldstart.sh."""
import argparse
import bisect
import datetime
import hashlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import calls

ATTRIBUTED = ("contract-version", "mission-state", "list-ready", "transition, refused", "start-implementation")
START = "runtime: start"
RUNTIME = re.compile(r"^(Rh|WKS|GC|Thread|Pal|CGroup|Initialize|TypeManager|RuntimeInstance|_?Z?N?3?WKS)")


def first_line(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, cwd=calls.ROOT).stdout.splitlines()[0].strip()


def field(path: str, pattern: str) -> str:
    found = re.search(pattern, Path(path).read_text(), re.MULTILINE)
    return found[1] if found else "?"


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]


def machine(rounds: int, bench: calls.Bench) -> list[str]:
    commit = first_line("git", "rev-parse", "--short=12", "HEAD")
    changed = subprocess.run(["git", "diff", "--quiet", "HEAD", "--", "src", "schemas"], cwd=calls.ROOT).returncode != 0
    kitty = calls.KITTY.read_bytes()
    return [
        f"- date: {datetime.datetime.now(datetime.timezone.utc):%F}",
        f"- commit: {commit}{' and changes' if changed else ''}",
        f"- machine: {field('/proc/cpuinfo', r'^model name[^:]*: (.*)$')}, {os.cpu_count()} processors, {int(field('/proc/meminfo', r'MemTotal: *([0-9]+)')) / 1048576:.0f} GiB of memory",
        f"- system: {field('/etc/os-release', r'^PRETTY_NAME=.(.*).$')}, Linux {os.uname().release}",
        f"- tools: .NET SDK {first_line('dotnet', '--version')}, {first_line('gcc', '--version')}, {first_line('valgrind', '--version')}",
        f"- executable: {len(kitty):,} bytes, sha256 {hashlib.sha256(kitty).hexdigest()}",
        f"- mission: six work packages, 54 rows, {bench.seed.stat().st_size:,} bytes of log",
        f"- method: {rounds} rounds, in each every command once, in turn, no shell; ratios within a round; load average at the end {os.getloadavg()[0]:.2f}",
    ]


def costs(bench: calls.Bench, rounds: int) -> list[str]:
    names = list(bench.commands)
    bench.turns(5, names)  # warms the page cache
    runs = bench.turns(rounds, names)
    bare = runs[calls.BARE]
    bare_instructions, bare_faults = bench.instructions(calls.BARE), statistics.median(run[2] for run in bare)
    table = [
        "| call | median ms | p10 ms | p90 ms | × bare, wall | × bare, CPU | instructions | × bare | minor faults | × bare | peak RSS KiB |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name in names:
        wall = [run[0] / 1000 for run in runs[name]]
        by_wall = statistics.median(mine[0] / least[0] for mine, least in zip(runs[name], bare))
        by_cpu = statistics.median(run[1] for run in runs[name]) / statistics.median(run[1] for run in bare)
        instructions, faults = bench.instructions(name), statistics.median(run[2] for run in runs[name])
        table.append(
            f"| {name} | {statistics.median(wall):.2f} | {percentile(wall, .1):.2f} | {percentile(wall, .9):.2f} | {by_wall:.2f} | {by_cpu:.2f} | {instructions:,} "
            f"| {instructions / bare_instructions:.2f} | {faults:.0f} | {faults / bare_faults:.2f} | {statistics.median(run[3] for run in runs[name]):.0f} |")
    return table


class Symbols:
    """The executable's functions by address: it is not position-independent, so an address of the file is one of the process."""

    def __init__(self) -> None:
        self.starts, self.names = [], []
        listed = calls.run("nm", "-n", "--defined-only", calls.SYMBOLS / "spec-kitty.dbg")
        for line in listed.splitlines():
            address, kind, name = line.split(" ", 2)
            if kind in "tTwW":
                self.starts.append(int(address, 16))
                self.names.append(name)

    def at(self, address: int) -> str:
        index = bisect.bisect_right(self.starts, address) - 1
        return self.names[index] if index >= 0 else "?"


def attribution(bench: calls.Bench, name: str, symbols: Symbols) -> Counter:
    """Instructions by room, each counted where it ran; what making the static bases costs is one line with all that it calls."""
    output = bench.work / "callgrind.out"
    bench.instructions(name, f"--callgrind-out-file={output}", "--dump-instr=yes", "--compress-pos=no", "--compress-strings=no")
    spent, statics, total = Counter(), 0, 0
    in_executable, skip = False, False
    for line in output.read_text().splitlines():
        if line.startswith("ob="):
            # Managed code is in a section of its own, which callgrind takes for no object's.
            in_executable = line.endswith("/spec-kitty") or (line == "ob=???" and name != calls.BARE)
            library = "ld.so" if "/ld-" in line else "libc" if "libc" in line else START if line.endswith(("/bare", "???")) else "other libraries"
        elif line.startswith("calls="):
            skip = True
        elif line.startswith("0x"):
            address, _, cost = line.split()
            where = symbols.at(int(address, 16)) if in_executable else ""
            if skip:
                skip = False
                statics += int(cost) if where.endswith("StartupCodeHelpers__InitializeStatics") else 0
                continue
            total += int(cost)
            statics += int(cost) if where.endswith("StartupCodeHelpers__InitializeStatics") else 0
            spent[library if not in_executable else room(where)] += int(cost)
    spent[START] -= statics - spent.pop("statics", 0)
    spent["runtime: static bases"] = statics
    return spent


def room(symbol: str) -> str:
    if symbol.endswith("StartupCodeHelpers__InitializeStatics"):
        return "statics"
    managed = "spec_kitty_" in symbol or re.match(r"(S_P_|System_|YamlDotNet|Ulid|String__|Object__)", symbol)
    return calls.owner(symbol) if managed else START


def rooms(bench: calls.Bench) -> list[str]:
    symbols = Symbols()
    spent = {name: attribution(bench, name, symbols) for name in (calls.BARE, *ATTRIBUTED)}
    order = sorted({room for counter in spent.values() for room in counter}, key=lambda r: -max(c[r] for c in spent.values()))
    table = ["| instructions in | " + " | ".join(spent) + " |", "|---|" + "---:|" * len(spent)]
    table += [f"| {r} | " + " | ".join(f"{c[r]:,}" for c in spent.values()) + " |" for r in order if max(c[r] for c in spent.values()) >= 500]
    return [*table, "| all | " + " | ".join(f"{sum(c.values()):,}" for c in spent.values()) + " |"]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=400)
    options.add_argument("--stdout", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as project:
        bench = calls.Bench(calls.ROOT / "artifacts" / "benchmarks", Path(project))
        table = costs(bench, chosen.rounds)
        attributed = rooms(bench)
        head = machine(chosen.rounds, bench)
    sizes, statics = calls.linked()
    linked = ["| linked in | bytes | static bases |", "|---|---:|---:|", *(f"| {who} | {size:,} | {statics[who]} |" for who, size in sizes.most_common() if size >= 4096)]
    report = "\n".join([
        "# Cold start", "", *head, "", *table, "",
        "## Where the instructions go", "",
        "Each instruction counts where it ran; the static bases (an object for every type with static references, made at every start) with all that making them calls.", "",
        *attributed, "", "## What is linked in", "", *linked, "",
    ])
    if chosen.stdout:
        print(report)
        return
    slug = re.sub(r"[^a-z0-9]+", "-", field("/proc/cpuinfo", r"^model name[^:]*: (.*)$").lower()).strip("-")
    output = calls.ROOT / "benchmarks" / "results" / f"{datetime.datetime.now(datetime.timezone.utc):%F}-{slug}.md"
    output.write_text(report)
    print(f"wrote {output.relative_to(calls.ROOT)}")


main()
