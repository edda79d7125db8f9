#!/usr/bin/env python3
"""Drives a mission from planned to done: python3 orchestrator.py MISSION [AGENT …]

Every work package is claimed, worked on by an agent in its lane's worktree, reviewed and approved; then the mission is accepted
and merged. The agent is a command, run in the worktree with the work package's id behind it; without one a stand-in commits a file.
Nothing but the standard library is needed, and spec-kitty on PATH.
"""
import json
import os
import pathlib
import subprocess
import sys

os.environ["SPEC_KITTY_CONTRACT"] = "1.3.0"
POLICY = json.dumps({
    "orchestrator_id": "sample-python", "orchestrator_version": "1.0.0", "agent_family": "sample", "approval_mode": "never",
    "sandbox_mode": "workspace_write", "network_mode": "none", "dangerous_flags": []})
REVIEW = json.dumps({"reviewer": "reviewer", "verdict": "approved", "reference": "review/1"})


def call(command, *flags):
    """One call, one envelope: its data, or the end with what went wrong."""
    for attempt in range(3):
        done = subprocess.run(["spec-kitty", "orchestrator-api", command, *flags], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        envelope = json.loads(done.stdout)
        data = envelope["data"]
        if envelope["success"]:
            return data
        if not (data["retryable"] and data["effect"] == "none"):
            break
    sys.exit(f"{command}: {data['reason_code']}: {data['message']}")


def work(directory, wp):
    """What the agent does: commits on the lane's branch."""
    if len(sys.argv) > 2:
        subprocess.run([*sys.argv[2:], wp], cwd=directory, check=True)
        return
    pathlib.Path(directory, f"{wp}.txt").write_text(f"made by {wp}\n", encoding="utf-8")
    subprocess.run(["git", "add", f"{wp}.txt"], cwd=directory, check=True)
    subprocess.run(["git", "commit", "-q", "-m", f"Work of {wp}"], cwd=directory, check=True)


def main(mission):
    # <loop>
    while (claim := call("claim-next", "--mission", mission, "--actor", "coder", "--policy", POLICY))["claimed"]:
        wp = ["--mission", mission, "--wp", claim["wp_id"]]
        work(claim["workspace_path"], claim["wp_id"])
        call("transition", *wp, "--to", "for_review", "--actor", "coder", "--policy", POLICY)
        call("start-review", *wp, "--actor", "reviewer", "--policy", POLICY)
        call("transition", *wp, "--to", "approved", "--actor", "reviewer", "--policy", POLICY, "--review-result-json", REVIEW)
    call("accept-mission", "--mission", mission, "--actor", "lead")
    merged = call("merge-mission", "--mission", mission)
    print(" ".join(merged["merged_wps"]))
    # </loop>


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: orchestrator.py MISSION [AGENT …]")
    main(sys.argv[1])
