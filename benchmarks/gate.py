#!/usr/bin/env python3
"""gate.py [--update]: fails when a call, or the executable, costs more than benchmarks/budget.json allows.

Instructions (callgrind) and minor page faults are taken as what a call costs more than the least that a native .NET program can be (benchmarks/bare) in the same
run: that differs little between machines, whereas wall time and the runtime's own start do. The last line is the sum: "N passed, M failed".
--update writes the figures of this run into budget.json, allowances and limits stay: for a change that is worth its cost, with the reason in the commit.
"""
import json
import sys
import tempfile
from pathlib import Path

import calls

BUDGET = calls.ROOT / "benchmarks" / "budget.json"
ROUNDS = 15


class Gate:
    def __init__(self) -> None:
        self.passed = self.failed = 0

    def check(self, what: str, measured: int, budget: int, remark: str = "") -> bool:
        kept = measured <= budget
        self.passed += kept
        self.failed += not kept
        print(f"{'ok  ' if kept else 'OVER'}  {what:<52} {measured:>11,}  budget {budget:>11,}  {remark}")
        return kept


def least(runs: list[tuple[int, int, int, int]], figure: int) -> int:
    """The smallest: what the kernel had to evict or map anew by chance only adds."""
    return min(run[figure] for run in runs)


def calls_cost(gate: Gate, budget: dict, update: bool) -> None:
    with tempfile.TemporaryDirectory() as project:
        bench = calls.Bench(calls.ROOT / "artifacts" / "benchmarks", Path(project))
        names = [calls.BARE, *calls.CALLS]
        runs = bench.turns(ROUNDS, names)
        bare, bare_faults = bench.instructions(calls.BARE), least(runs[calls.BARE], 2)
        print(f"bare program: {bare:,} instructions, {bare_faults} faults; what follows is beyond that")
        resident = 0
        for name in calls.CALLS:
            instructions = bench.instructions(name)
            faults = least(runs[name], 2)
            resident = max(resident, least(runs[name], 3)) if name in budget["resident"]["calls"] else resident
            entry = budget["calls"].setdefault(name, {})
            if update or not entry:
                entry["instructions"], entry["faults"] = instructions - bare, faults - bare_faults
            gate.check(f"{name}: instructions", instructions - bare, int(entry["instructions"] * budget["allowance"]["instructions"]), f"{instructions / bare:.2f} × bare")
            gate.check(f"{name}: page faults", faults - bare_faults, entry["faults"] + budget["allowance"]["faults"], f"{faults / bare_faults:.2f} × bare")
        gate.check("resident set, KiB", resident, budget["resident"]["kib"])


def executable(gate: Gate, budget: dict, update: bool) -> None:
    sizes, statics = calls.linked()
    size = calls.KITTY.stat().st_size
    if update:
        budget["executable"]["linked"] = dict(sizes.most_common())
        budget["executable"]["statics"] = dict(statics.most_common())
    kept = gate.check("executable, bytes", size, budget["executable"]["bytes"])
    known = budget["executable"]["statics"]
    kept &= gate.check("static bases, an object each at every start", sum(statics.values()), sum(known.values()) + budget["allowance"]["statics"], "about 1,200 instructions each")
    if not kept:
        print("      who grew since the budget was written (bytes, static bases):")
        for who in sorted(sizes, key=lambda who: budget["executable"]["linked"].get(who, 0) - sizes[who])[:12]:
            grown, more = sizes[who] - budget["executable"]["linked"].get(who, 0), statics[who] - known.get(who, 0)
            if grown > 0 or more > 0:
                print(f"      {who:<44} {grown:>+9,} {more:>+5}")


def main() -> None:
    update = sys.argv[1:] == ["--update"]
    if sys.argv[1:] and not update:
        sys.exit(__doc__)
    budget = json.loads(BUDGET.read_text())
    gate = Gate()
    calls_cost(gate, budget, update)
    executable(gate, budget, update)
    if update:
        BUDGET.write_text(json.dumps(budget, indent=2, ensure_ascii=False) + "\n")
    print(f"{gate.passed} passed, {gate.failed} failed")
    sys.exit(gate.failed != 0)


main()
