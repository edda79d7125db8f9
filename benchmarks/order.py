#!/usr/bin/env python3
"""Writes src/Runtime/Trimming/Startup.order: the methods that calls run, in the order in which the compiler is to lay them down (docs/adr/0015).

    benchmarks/order.py

Runs each call of calls.py under valgrind's lackey, which notes every instruction's address, and names them by the symbols of the published executable. First what every
call runs, then the rest of the smallest call, for which a page is most, then what fewer and fewer of the others do; within that, in the order of the first time. Help comes last. Needs what coldstart.sh needs; run it when the gate
says that page faults have grown, and publish again.
"""
import bisect
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from calls import KITTY, ROOT, SYMBOLS, Bench, CALLS

ORDER = ROOT / "src" / "Runtime" / "Trimming" / "Startup.order"
LAST = "--help"


def managed_methods() -> tuple[list[int], list[tuple[int, str]]]:
    """Where each method of managed code ends, in order, and where it begins and what it is called."""
    sections = subprocess.run(["readelf", "-SW", str(KITTY)], capture_output=True, text=True, check=True).stdout
    _, address, size = re.search(r" (__managedcode) +PROGBITS +([0-9a-f]+) [0-9a-f]+ ([0-9a-f]+)", sections).groups()
    first, end = int(address, 16), int(address, 16) + int(size, 16)
    symbols = subprocess.run(["nm", "-S", "--defined-only", str(SYMBOLS / "spec-kitty.dbg")], capture_output=True, text=True, check=True).stdout
    named = {}
    for at, length, name in re.findall(r"^([0-9a-f]+) ([0-9a-f]+) [tT] (\S+)$", symbols, re.M):
        if first <= (start := int(at, 16)) < end:  # an exported method has a short name too, which the compiler's order does not know
            named[start] = max(named.get(start, (0, "")), (int(length, 16), name), key=lambda method: len(method[1]))
    methods = [(at, *named[at]) for at in sorted(named)]
    return [at + length for at, length, _ in methods], [(at, name) for at, _, name in methods]


def run_methods(bench: Bench, name: str, ends: list[int], methods: list[tuple[int, str]]) -> list[str]:
    """The methods that a call runs, in the order of the first time."""
    argv, restores = bench.commands[name]
    if restores:
        shutil.copy(bench.seed, bench.log)
    first, last, met, names = methods[0][0], ends[-1], set(), {}
    with tempfile.NamedTemporaryFile("r") as trace:
        subprocess.run(
            ["valgrind", "--tool=lackey", "--trace-mem=yes", f"--log-file={trace.name}", *map(str, argv)],
            cwd=bench.project, env=bench.environment, stdout=subprocess.DEVNULL)
        for line in trace:
            if not line.startswith("I ") or (address := int(line[3:].split(",")[0], 16)) in met or not first <= address < last:
                continue
            met.add(address)
            place = bisect.bisect_right(ends, address)
            if methods[place][0] <= address:
                names.setdefault(methods[place][1])
    if not names:
        sys.exit(f"{name}: no method of it was seen; its trace is not what valgrind's lackey writes")
    return list(names)


def main() -> None:
    if len(sys.argv) > 1:
        sys.exit(__doc__)
    if not shutil.which("nm"):
        sys.exit("nm is missing; install it: apt-get install binutils")
    with tempfile.TemporaryDirectory() as work:
        bench = Bench(ROOT / "artifacts" / "benchmarks", Path(work))
        ends, methods = managed_methods()
        runs = {name: run_methods(bench, name, ends, methods) for name in CALLS}
    last = runs.pop(LAST)
    order = dict.fromkeys(name for run in runs.values() for name in run)
    every, least = len(runs), set(min(runs.values(), key=len))

    def rank(name: str) -> int:
        count = sum(name in run for run in runs.values())
        return 0 if count == every else -count if name not in least else -every

    ordered = sorted(order, key=lambda name: (rank(name) != 0, rank(name)))  # stable: by first time within
    ordered += [name for name in last if name not in order]
    ORDER.write_text("".join(name + "\n" for name in ordered))
    print(f"{ORDER.relative_to(ROOT)}: {len(ordered)} methods, of which every call runs {sum(all(name in run for run in runs.values()) for name in order)}")


if __name__ == "__main__":
    main()
