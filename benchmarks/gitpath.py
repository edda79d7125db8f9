#!/usr/bin/env python3
"""gitpath.py [--rounds N] [--stdout]: what the commit path of a call costs beside `git commit -- path` by hand.

Two calls that commit: append-history on a branch of its own, and a mutation of a mission with a coordination branch. By hand means `git commit -- path` of the same
files in the same repository after the same edits: as a person types it, and once more with the settings that the call uses (core.fsync=committed, no background
maintenance), which is the least that git itself takes. They take turns in a repository of 330 files. Writes benchmarks/results/DATE-CPU-gitpath.md, or stdout with --stdout.
"""
import argparse
import datetime
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import calls

DIRECTORY, BRANCH = "demo-01JQ8Z4T", "kitty/mission-demo-01JQ8Z4T"
SETTINGS = ["-c", "core.fsync=committed", "-c", "maintenance.auto=false", "-c", "commit.gpgsign=false"]


class Project:
    def __init__(self, top: Path, coordinated: bool):
        self.root = top / ("coordinated" if coordinated else "plain")
        mission = self.root / "kitty-specs" / DIRECTORY
        (mission / "tasks").mkdir(parents=True)
        (self.root / ".kittify").mkdir()
        (self.root / ".kittify" / "config.yaml").write_text("agents:\n  available: []\n")
        (self.root / ".gitignore").write_text(".worktrees/\n")
        meta = {"mission_id": "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D", "mission_slug": "demo", "mission_type": "software-dev", "slug": "demo", "target_branch": "main"}
        (mission / "meta.json").write_text(json.dumps(meta | ({"coordination_branch": BRANCH} if coordinated else {})))
        self.task = mission / "tasks" / "WP01-x.md"
        self.task.write_text("---\nwork_package_id: WP01\ndependencies: []\n---\n\n# x\n\n## Activity Log\n\n")
        for i in range(330):
            path = self.root / "src" / f"d{i % 12}" / f"f{i}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"file {i}\n" * 40)
        (top / "gitconfig").write_text("[user]\n\tname = Bench\n\temail = bench@example.invalid\n")
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(top), "GIT_CONFIG_GLOBAL": str(top / "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1"}
        self.git("init", "-q", "-b", "main")
        self.git("add", "-A")
        self.git("commit", "-qm", "begin")
        self.checkout = self.root
        if coordinated:
            self.git("branch", BRANCH)
            self.checkout = self.root / ".worktrees" / f"{DIRECTORY}-coord"
            self.git("worktree", "add", "-q", self.checkout, BRANCH)
        else:
            self.git("checkout", "-q", "-b", "feature")

    def git(self, *arguments: object) -> None:
        self.run("git", *arguments, cwd=self.root)

    def run(self, *command: object, cwd: Path) -> float:
        """Milliseconds from the spawn to the end."""
        argv = [str(part) for part in command]
        start = time.perf_counter()
        result = subprocess.run(argv, cwd=cwd, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        taken = (time.perf_counter() - start) * 1000
        if result.returncode != 0:
            sys.exit(f"{' '.join(argv)} ended with status {result.returncode}\n{result.stdout.decode()}{result.stderr.decode()}")
        return taken

    def call(self, *arguments: str) -> float:
        return self.run(calls.KITTY, "orchestrator-api", *arguments, cwd=self.root)

    def commit(self, settings: list[str], *paths: Path) -> float:
        return self.run("git", *settings, "commit", "-q", "-m", "by hand", "--", *(path.relative_to(self.checkout) for path in paths), cwd=self.checkout)


def notes(top: Path, rounds: int) -> list[tuple[float, float, float]]:
    project = Project(top, coordinated=False)
    taken = []
    for _ in range(rounds):
        ours = project.call("append-history", "--mission", DIRECTORY, "--wp", "WP01", "--actor", "bench", "--note", "a note")
        hand = []
        for settings in ([], SETTINGS):
            project.task.write_text(project.task.read_text() + "- by hand\n")
            hand.append(project.commit(settings, project.task))
        taken.append((ours, *hand))
    return taken


def mutations(top: Path, rounds: int) -> list[tuple[float, float, float]]:
    project = Project(top, coordinated=True)
    status = project.checkout / "kitty-specs" / DIRECTORY
    log, snapshot = status / "status.events.jsonl", status / "status.json"
    policy = ["--policy", calls.POLICY]
    project.call("start-implementation", "--mission", DIRECTORY, "--wp", "WP01", "--actor", "bench", *policy)
    taken = []
    for i in range(rounds):
        lane = "blocked" if i % 2 == 0 else "in_progress"
        ours = project.call("transition", "--mission", DIRECTORY, "--wp", "WP01", "--to", lane, "--actor", "bench", "--force", "--note", "turn", *policy)
        hand = []
        for settings in ([], SETTINGS):
            # The same edit: a row more, and the snapshot again.
            last = json.loads(log.read_text().splitlines()[-1])
            row = json.dumps(last | {"kind": "by-hand", "event_id": f"01JQ8Z4T6V9W0X1Y2Z3A{len(hand):02d}{i:04d}"}, sort_keys=True)
            with open(log, "a") as appended:
                appended.write(row + "\n")
            snapshot.write_text(snapshot.read_text() + " ")
            hand.append(project.commit(settings, log, snapshot))
        taken.append((ours, *hand))
    return taken


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=200)
    options.add_argument("--stdout", action="store_true")
    chosen = options.parse_args()
    calls.run("./publish.sh", "--if-stale")
    lines = ["| call | median ms | `git commit -- path` | ratio | with the call's settings | ratio |", "|---|---:|---:|---:|---:|---:|"]
    with tempfile.TemporaryDirectory() as top:
        for name, measure in (("append-history, one file", notes), ("transition with a coordination branch, two files", mutations)):
            taken = measure(Path(top), chosen.rounds)
            ours, plain, least = ([t[i] for t in taken] for i in range(3))
            ratios = [statistics.median(t[0] / t[i] for t in taken) for i in (1, 2)]
            lines.append(f"| {name} | {statistics.median(ours):.2f} | {statistics.median(plain):.2f} | {ratios[0]:.2f} | {statistics.median(least):.2f} | {ratios[1]:.2f} |")
    cpu = re.search(r"^model name[^:]*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    commit = calls.run("git", "rev-parse", "--short=12", "HEAD").strip()
    version = subprocess.run(["git", "--version"], capture_output=True, text=True).stdout.strip()
    report = "\n".join([
        "# The commit path beside git by hand", "",
        f"- date: {datetime.datetime.now(datetime.timezone.utc):%F}", f"- commit: {commit}",
        f"- machine: {cpu[1] if cpu else '?'}, {os.cpu_count()} processors; Linux {os.uname().release}; {version}",
        f"- method: {chosen.rounds} rounds, the call and the two commits by hand in turn in one repository of 330 files, ratios within a round; "
        f"load average at the end {os.getloadavg()[0]:.2f}", "", *lines, "",
    ])
    if chosen.stdout:
        print(report)
        return
    slug = re.sub(r"[^a-z0-9]+", "-", (cpu[1] if cpu else "cpu").lower()).strip("-")
    output = calls.ROOT / "benchmarks" / "results" / f"{datetime.datetime.now(datetime.timezone.utc):%F}-{slug}-gitpath.md"
    output.write_text(report)
    print(f"wrote {output.relative_to(calls.ROOT)}")


main()
