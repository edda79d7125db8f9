"""Merges the same mission by merge-mission and by hand, again and again; prints a table. Called by merge.sh."""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

LANES = 10
SLUG = "077-merge"
BRANCH = f"kitty/mission-{SLUG}"


def main(kitty, work, rounds):
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(work), "GIT_CONFIG_GLOBAL": str(work / "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8",
    }
    (work / "gitconfig").write_text("[user]\n\tname = Bench\n\temail = bench@example.invalid\n[gc]\n\tauto = 0\n")
    rows = []
    for worktrees in (False, True):
        template = work / "template"
        shutil.rmtree(template, ignore_errors=True)
        make(template, environment, worktrees)
        sides = {"merge-mission": [kitty, "orchestrator-api", "merge-mission", "--mission", SLUG], "by hand": ["sh", "-e", "-c", script(worktrees)]}
        measured = {name: [] for name in sides}
        for _ in range(rounds):
            for name, command in sides.items():
                measured[name].append(run(template, work, command, environment))
        counts = {name: count(template, work, command, environment) for name, command in sides.items()}
        ratio = statistics.median(a / b for a, b in zip(measured["merge-mission"], measured["by hand"]))
        for name in sides:
            times = sorted(measured[name])
            rows.append((name, "with worktrees" if worktrees else "branches only", statistics.median(times), times[0], counts[name], ratio if name == "merge-mission" else 1.0))
    print("| | lanes | median ms | least ms | git processes | × by hand |")
    print("|---|---|---:|---:|---:|---:|")
    for name, lanes, median, least, processes, ratio in rows:
        print(f"| {name} | {lanes} | {median * 1000:.1f} | {least * 1000:.1f} | {processes} | {ratio:.2f} |")


def git(directory, environment, *arguments):
    subprocess.run(["git", *arguments], cwd=directory, env=environment, check=True, stdout=subprocess.DEVNULL)


def make(root, environment, worktrees):
    mission = root / "kitty-specs" / SLUG
    (mission / "tasks").mkdir(parents=True)
    (root / ".kittify").mkdir()
    (root / ".kittify" / "config.yaml").write_text("agents: {}\n")
    (root / ".gitignore").write_text(".worktrees/\n")
    (root / "README.md").write_text("a project\n")
    for i in range(300):
        path = root / "src" / f"module{i // 20}" / f"file{i}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{i}\n" * 50)
    wps = [f"WP{i + 1:02d}" for i in range(LANES)]
    (mission / "meta.json").write_text(json.dumps({"created_at": at(0), "mission_slug": SLUG, "mission_type": "software-dev", "slug": SLUG, "target_branch": "main"}, indent=2) + "\n")
    (mission / "lanes.json").write_text(json.dumps({
        "version": 1, "mission_slug": SLUG, "mission_branch": BRANCH, "target_branch": "main", "computed_at": at(0), "computed_from": "bench",
        "lanes": [{"lane_id": lane(i), "wp_ids": [wp]} for i, wp in enumerate(wps)]}, indent=2) + "\n")
    for wp in wps:
        (mission / "tasks" / f"{wp}.md").write_text(f"---\nwork_package_id: {wp}\ndependencies: []\n---\n\n# {wp}\n")
    (mission / "status.events.jsonl").write_text("")
    git(root, environment, "init", "-q", "-b", "main")
    git(root, environment, "add", "-A")
    git(root, environment, "commit", "-q", "-m", "mission")
    git(root, environment, "branch", BRANCH)
    for i in range(LANES):
        build = root / ".worktrees" / f"{SLUG}-{lane(i)}"
        git(root, environment, "worktree", "add", "-q", "-b", f"{BRANCH}-{lane(i)}", str(build))
        for n in range(3):
            (build / "src" / f"module{i}" / f"new{n}.txt").write_text(f"lane {i}\n" * 20)
        (build / "src" / f"module{i}" / f"file{i * 20}.txt").write_text("changed\n")
        git(build, environment, "add", "-A")
        git(build, environment, "commit", "-q", "-m", f"work on {lane(i)}")
        if not worktrees:
            git(root, environment, "worktree", "remove", str(build))
    with (mission / "status.events.jsonl").open("w") as log:
        for i, wp in enumerate(wps):
            log.write(json.dumps({
                "actor": "bench", "at": at(i), "event_id": f"01JQ8Z00000000000000000{i:03d}", "evidence": None, "execution_mode": "worktree", "force": True, "from_lane": "planned",
                "mission_slug": SLUG, "policy_metadata": None, "reason": "bench", "review_ref": None, "to_lane": "approved", "wp_id": wp}, sort_keys=True) + "\n")


def at(second):
    return f"2026-04-08T12:00:{second:02d}+00:00"


def lane(i):
    return f"lane-{chr(ord('a') + i)}"


def script(worktrees):
    """What a person would type for it; the rows that say done, and the commit with them, are an append and a commit here."""
    log = f"kitty-specs/{SLUG}/status.events.jsonl"
    lines = [f"cp {log} .git/rows", f"git checkout -q -- {log}", f"git checkout -q {BRANCH}"]
    lines += [f"git merge -q --no-edit {BRANCH}-{lane(i)}" for i in range(LANES)]
    lines += ["git checkout -q main", f"git merge -q --no-ff --no-edit {BRANCH}", f"cat .git/rows >>{log}", "rm .git/rows", f"git add {log}", "git commit -q -m done"]
    if worktrees:
        lines += [f"git worktree remove .worktrees/{SLUG}-{lane(i)}" for i in range(LANES)]
    lines += [f"git branch -q -D {BRANCH}-{lane(i)}" for i in range(LANES)] + [f"git branch -q -D {BRANCH}"]
    return "\n".join(lines)


def fresh(template, work):
    """Always at the same path: worktrees know theirs by it."""
    root = work / "repository"
    shutil.rmtree(root, ignore_errors=True)
    subprocess.run(["cp", "-a", str(template), str(root)], check=True)
    for pointer in root.glob(".worktrees/*/.git"):
        pointer.write_text(pointer.read_text().replace(str(template), str(root)))
    for pointer in root.glob(".git/worktrees/*/gitdir"):
        pointer.write_text(pointer.read_text().replace(str(template), str(root)))
    return root


def run(template, work, command, environment):
    root = fresh(template, work)
    start = time.perf_counter()
    subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.DEVNULL)
    elapsed = time.perf_counter() - start
    branches = subprocess.run(["git", "branch", "--format=%(refname:short)"], cwd=root, env=environment, check=True, capture_output=True, text=True).stdout.split()
    dirty = subprocess.run(["git", "status", "--porcelain", "--untracked-files=no"], cwd=root, env=environment, check=True, capture_output=True, text=True).stdout
    if branches != ["main"] or dirty or len(list((root / "src").glob("*/new*.txt"))) != 3 * LANES:
        sys.exit(f"{command[0]} left {branches} {dirty}")
    return elapsed


def count(template, work, command, environment):
    root = fresh(template, work)
    trace = work / "trace"
    subprocess.run(["strace", "-f", "-qq", "-e", "trace=execve", "-e", "signal=none", "-o", str(trace), *command], cwd=root, env=environment, check=True, stdout=subprocess.DEVNULL)
    return sum(1 for line in trace.read_text().splitlines() if "/git\"" in line and line.rstrip().endswith("= 0"))


main(sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), int(sys.argv[3]))
