#!/usr/bin/env python3
"""fixture.py DIRECTORY: writes a project with one mission of six work packages and 54 rows, without git."""
import json
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

SLUG = "077-mission-terminology-cleanup"
MISSION_ID = "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D"
TO_REVIEW = ["planned", "claimed", "in_progress", "for_review", "in_review"]
LIVES = {
    "WP01": [*TO_REVIEW, "in_progress", "for_review", "in_review", "approved"],
    "WP02": [*TO_REVIEW, "in_progress", "for_review", "in_review", "approved"],
    "WP03": [*TO_REVIEW, "in_progress", "for_review", "in_review", "done"],
    "WP04": ["planned", "claimed", "in_progress", "blocked", *TO_REVIEW[2:], "in_progress", "for_review"],
    "WP05": [*TO_REVIEW, "in_progress", "for_review", "in_review", "in_progress"],
    "WP06": ["planned", "claimed", "in_progress", "planned", "claimed", "in_progress", "blocked", "in_progress", "planned"],
}
DEPENDENCIES = {"WP01": [], "WP02": ["WP01"], "WP03": ["WP01"], "WP04": ["WP02", "WP03"], "WP05": ["WP02"], "WP06": ["WP03"]}
POLICY = {
    "agent_family": "codex", "approval_mode": "never", "dangerous_flags": [], "network_mode": "none", "orchestrator_id": "bench",
    "orchestrator_version": "1.0.0", "sandbox_mode": "workspace_write", "tool_restrictions": None,
}


def main() -> None:
    root = Path(sys.argv[1])
    mission = root / "kitty-specs" / SLUG
    (mission / "tasks").mkdir(parents=True)
    (root / ".kittify").mkdir()
    (root / ".kittify" / "config.yaml").write_text("agents:\n  available: []\n")
    meta = {
        "created_at": "2026-04-08T12:00:00+00:00", "friendly_name": SLUG, "mission_id": MISSION_ID, "mission_number": 77,
        "mission_slug": SLUG, "mission_type": "software-dev", "slug": SLUG, "target_branch": "main",
    }
    (mission / "meta.json").write_text(json.dumps(meta, indent=2, sort_keys=True) + "\n")
    for wp, dependencies in DEPENDENCIES.items():
        listed = "".join(f"\n- {d}" for d in dependencies) or " []"
        (mission / "tasks" / f"{wp}-do-the-thing.md").write_text(
            f"---\nwork_package_id: {wp}\ntitle: Work package {wp}\ndependencies:{listed}\nsubtasks:\n- T001\n---\n\n# {wp}\n\nDo it.\n\n## Activity Log\n\n")
    start = datetime(2026, 4, 8, 12, 0, 0, tzinfo=timezone.utc)
    rows = []
    for step in range(9):
        for wp, life in LIVES.items():
            lane, before = life[step], life[step - 1] if step else "genesis"
            rows.append({
                "actor": "bench", "at": (start + timedelta(seconds=len(rows), microseconds=1)).isoformat(), "event_id": f"01JQ8Z{len(rows):020d}",
                "evidence": {"review": {"reference": "r", "reviewer": "bench", "verdict": "approved"}} if lane in ("approved", "done") else None,
                "execution_mode": "worktree", "force": before == "in_review", "from_lane": before, "mission_id": MISSION_ID, "mission_slug": SLUG,
                "policy_metadata": POLICY if lane in ("claimed", "in_progress") else None, "reason": None, "review_ref": None, "to_lane": lane, "wp_id": wp,
            })
    assert len(rows) == 54
    (mission / "status.events.jsonl").write_text("".join(json.dumps(row, sort_keys=True) + "\n" for row in rows))


main()
