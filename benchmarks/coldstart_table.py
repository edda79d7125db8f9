#!/usr/bin/env python3
"""coldstart_table.py DIRECTORY: the table of what coldstart.sh measured."""
import json
import statistics
import sys
from pathlib import Path

BARE = 1  # the row that the ratio is against


def main() -> None:
    measured = Path(sys.argv[1])
    rows = sorted(int(p.stem) for p in measured.glob("*.name"))
    times = {row: [json.loads(p.read_text())["results"][0]["times"] for p in sorted(measured.glob(f"{row}.*.json"), key=lambda p: int(p.stem.split(".")[1]))] for row in rows}
    print("| call | median ms | p10 ms | p90 ms | × bare | instructions | minor faults | peak RSS KiB | CPU ms |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for row in rows:
        every = sorted(t * 1000 for batch in times[row] for t in batch)
        ratios = [statistics.median(mine) / statistics.median(bare) for mine, bare in zip(times[row], times[BARE])]
        faults, peak, cpu = (measured / f"{row}.usage").read_text().split()
        instructions = (measured / f"{row}.instructions").read_text().strip()
        print(
            f"| {(measured / f'{row}.name').read_text().strip()} | {statistics.median(every):.2f} | {every[len(every) // 10]:.2f} | {every[len(every) * 9 // 10]:.2f} "
            f"| {statistics.median(ratios):.2f} | {int(instructions) if instructions else 0:,} | {faults} | {peak} | {int(cpu) / 1000:.2f} |")


main()
