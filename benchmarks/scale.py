#!/usr/bin/env python3
"""scale.py EXECUTABLE WORK FIXTURES RUNS: measures calls in projects of growing size and prints tables."""
import json
import os
import re
import statistics
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

EXECUTABLE, WORK, FIXTURES, RUNS = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
POLICY = {
    "agent_family": "codex", "approval_mode": "never", "dangerous_flags": [], "network_mode": "none", "orchestrator_id": "bench",
    "orchestrator_version": "1.0.0", "sandbox_mode": "workspace_write", "tool_restrictions": None,
}
LIFE = ["planned", "claimed", "in_progress", "for_review", "in_review", "in_progress"]
START = datetime(2020, 1, 1, tzinfo=timezone.utc)
SLUG = "077-scale"


def row(number: int, wp: str, before: str, lane: str) -> str:
    at = (START + timedelta(seconds=number, microseconds=1)).isoformat()
    policy = json.dumps(POLICY, sort_keys=True) if lane in ("claimed", "in_progress") else "null"
    return (
        f'{{"actor": "bench", "at": "{at}", "event_id": "01E{number:023d}", "evidence": null, "execution_mode": "worktree", "force": {str(before == "in_review").lower()}, '
        f'"from_lane": "{before}", "mission_id": "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D", "mission_slug": "{SLUG}", "policy_metadata": {policy}, "reason": null, "review_ref": null, '
        f'"to_lane": "{lane}", "wp_id": "{wp}"}}\n')


def mission(project: Path, slug: str, mission_id: str, number: int | None, packages: int, rows: int) -> None:
    directory = project / "kitty-specs" / slug
    (directory / "tasks").mkdir(parents=True)
    meta = {
        "created_at": "2026-04-08T12:00:00+00:00", "friendly_name": slug, "mission_id": mission_id, "mission_number": number, "mission_slug": slug,
        "mission_type": "software-dev", "slug": slug, "target_branch": "main",
    }
    (directory / "meta.json").write_text(json.dumps(meta, indent=2, sort_keys=True) + "\n")
    names = [f"WP{i:02d}" for i in range(1, packages + 1)]
    for i, wp in enumerate(names):
        listed = f"\n- {names[i // 2]}" if i else " []"
        (directory / "tasks" / f"{wp}-do-the-thing.md").write_text(
            f"---\nwork_package_id: {wp}\ntitle: Work package {wp}\ndependencies:{listed}\nsubtasks:\n- T001\n---\n\n# {wp}\n\nDo it.\n\n## Activity Log\n\n")
    with (directory / "status.events.jsonl").open("w") as log:
        for i in range(rows):
            step = i // packages
            before = "genesis" if step == 0 else LIFE[(step - 1) % 5 if step > 1 else 0]
            log.write(row(i, names[i % packages], before, LIFE[step % 5]))


def project(name: str) -> Path:
    root = FIXTURES / name
    (root / ".kittify").mkdir(parents=True)
    (root / ".kittify" / "config.yaml").write_text("agents:\n  available: []\n")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


def once(argv: list[str]) -> tuple[float, float]:
    """Wall and processor time in ms."""
    nothing = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_RDWR, 0) for fd in (0, 1, 2)]
    start = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, os.environ, file_actions=nothing)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{argv} ended with status {status}")
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000


class Measured:
    def __init__(self, argv: list[str], runs: int = RUNS, counts: bool = True) -> None:
        once(argv)
        every = [once(argv) for _ in range(runs)]
        self.least = min(w for w, _ in every)
        self.median = statistics.median(w for w, _ in every)
        self.cpu = statistics.median(c for _, c in every)
        self.instructions = self.peak = 0
        if counts:
            told = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *argv], capture_output=True, text=True).stderr
            self.instructions = int(re.search(r"Collected : (\d+)", told).group(1))
            self.peak = int(subprocess.run([str(WORK / "usage"), "3", *argv], capture_output=True, text=True, check=True).stdout.split()[1])

    def __str__(self) -> str:
        return f"{self.least:.1f} | {self.median:.1f} | {self.cpu:.1f} | {self.instructions:,} | {self.peak:,}"


def call(command: str, selector: str = SLUG, *more: str) -> list[str]:
    return [EXECUTABLE, "orchestrator-api", command, "--mission", selector, *more]


def mutation() -> list[str]:
    return call("transition", SLUG, "--wp", "WP01", "--to", "blocked", "--actor", "bench", "--note", "why", "--force", "--policy", json.dumps(POLICY))


HEAD = "least ms | median ms | CPU ms | instructions | peak RSS KiB |"


def rows_table() -> None:
    print("## Rows in the log of a mission of six work packages\n")
    print("*full*: no checkpoint is there (none was written yet, or another program changed the log). *mutated*: a mutation of ours came before. The reference is `benchmarks/scan.c`: read the bytes, find the fields.\n")
    print(f"| call | rows | bytes | {HEAD}\n|---|---:|---:|---:|---:|---:|---:|---:|")
    ratios = []
    for count in (100, 1_000, 10_000, 100_000, 1_000_000):
        root = project(f"rows-{count}")
        mission(root, SLUG, "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D", 77, 6, count)
        os.chdir(root)
        log = root / "kitty-specs" / SLUG / "status.events.jsonl"
        size, runs = log.stat().st_size, RUNS if count < 1_000_000 else max(RUNS // 2, 3)
        scan = Measured([str(WORK / "scan"), str(log)], runs)
        full = Measured(call("mission-state"), runs, counts=True)
        ratios.append((count, scan.cpu, full.cpu, scan.instructions, full.instructions))
        print(f"| reference | {count:,} | {size:,} | {scan} |")
        print(f"| mission-state, full | {count:,} | {size:,} | {full} |")
        once(mutation())
        print(f"| mission-state, mutated | {count:,} | {size:,} | {Measured(call('mission-state'))} |")
        print(f"| transition, mutated | {count:,} | {size:,} | {Measured(mutation())} |", flush=True)
        os.chdir(FIXTURES)
        subprocess.run(["rm", "-rf", str(root)], check=True)
    print("\nFull read beside the reference, what an empty log costs taken off both:\n\n| rows | CPU | instructions |\n|---:|---:|---:|")
    _, scan_base, full_base, scan_base_ir, full_base_ir = ratios[0]
    for count, scan_cpu, full_cpu, scan_ir, full_ir in ratios[2:]:
        print(f"| {count:,} | {(full_cpu - full_base) / (scan_cpu - scan_base):.2f}× | {(full_ir - full_base_ir) / (scan_ir - scan_base_ir):.2f}× |")


def packages_table() -> None:
    print("\n## Work packages in a mission, ten rows each\n")
    print(f"| call | work packages | {HEAD}\n|---|---:|---:|---:|---:|---:|---:|")
    for count in (6, 200, 2_000):
        root = project(f"packages-{count}")
        mission(root, SLUG, "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D", 77, count, count * 10)
        os.chdir(root)
        once(mutation())
        for name, argv in (("mission-state", call("mission-state")), ("list-ready", call("list-ready")), ("transition", mutation())):
            print(f"| {name} | {count:,} | {Measured(argv)} |", flush=True)


def missions_table() -> None:
    print("\n## Missions in a repository, mission-state of one of six work packages and 54 rows\n")
    print(f"| asked for by | missions | {HEAD}\n|---|---:|---:|---:|---:|---:|---:|")
    for count in (1, 200, 5_000):
        root = project(f"missions-{count}")
        mission(root, SLUG, "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D", 77, 6, 54)
        for i in range(1, count):
            mission(root, f"other-mission-{i:05d}", f"01JR{i:022d}", None, 1, 1)
        os.chdir(root)
        for name, selector in (("directory", SLUG), ("mission_id", "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D"), ("mid8", "01JQ8Z4T"), ("number", "077"), ("human slug", "scale")):
            print(f"| {name} | {count:,} | {Measured(call('mission-state', selector))} |", flush=True)


rows_table()
packages_table()
missions_table()
