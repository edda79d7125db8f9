"""The calls that the benchmarks and the gate measure, the programs they are compared with, and how each figure is taken."""
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RID = "linux-arm64" if platform.machine() == "aarch64" else "linux-x64"
KITTY = ROOT / "dist" / RID / "spec-kitty"
SYMBOLS = ROOT / "dist" / "symbols" / RID
MISSION = "077-mission-terminology-cleanup"
POLICY = json.dumps({
    "orchestrator_id": "bench", "orchestrator_version": "1.0.0", "agent_family": "codex", "approval_mode": "never",
    "sandbox_mode": "workspace_write", "network_mode": "none", "dangerous_flags": [],
}, separators=(",", ":"))
HERE = ["--mission", MISSION]
AS = ["--actor", "bench", "--policy", POLICY]

# name: arguments, whether the log is put back before each run. The mission: six work packages, 54 rows (fixture.py).
CALLS = {
    "contract-version": (["contract-version"], False),
    "mission-state": (["mission-state", *HERE], False),
    "mission-state by number": (["mission-state", "--mission", "077"], False),
    "list-ready": (["list-ready", *HERE], False),
    "transition, refused": (["transition", *HERE, "--wp", "WP05", "--to", "done", *AS], False),
    "start-implementation, held already": (["start-implementation", *HERE, "--wp", "WP05", *AS], False),
    "start-implementation": (["start-implementation", *HERE, "--wp", "WP06", *AS], True),
    "start-review": (["start-review", *HERE, "--wp", "WP04", *AS], True),
    "transition": (["transition", *HERE, "--wp", "WP05", "--to", "blocked", "--note", "why", *AS], True),
    "mission not found": (["mission-state", "--mission", "nowhere"], False),
    "usage error": (["mission-state"], False),
    "--help": (["--help"], False),
}
HELLO, BARE = "hello (static C)", "bare (native .NET)"


def run(*command: object, cwd: Path = ROOT, **options) -> str:
    result = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, **options)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with status {result.returncode}\n{result.stdout}{result.stderr}")
    return result.stdout


class Bench:
    """The programs, a fresh project in a directory, and the measurements."""

    def __init__(self, work: Path, project: Path):
        for tool in ("gcc", "valgrind", "git", "dotnet"):
            if not shutil.which(tool):
                sys.exit(f"{tool} is missing; install it: apt-get install {'dotnet-sdk-10.0' if tool == 'dotnet' else tool}")
        self.work, self.project = work, project
        work.mkdir(parents=True, exist_ok=True)
        run("./publish.sh", "--if-stale")
        run("gcc", "-static", "-O2", "-o", work / "hello", "benchmarks/hello.c")
        run("gcc", "-O2", "-o", work / "turns", "benchmarks/turns.c")
        run("dotnet", "publish", "benchmarks/bare", "-c", "Release", "-o", work / "bare", "--nologo", "-v", "quiet")
        (work / "bare" / "bare.dbg").unlink(missing_ok=True)  # valgrind cannot read it and gives up
        run("python3", ROOT / "benchmarks" / "fixture.py", project)
        run("git", "init", "-q", cwd=project)
        self.log = project / "kitty-specs" / MISSION / "status.events.jsonl"
        self.seed = project / ".git" / "seed"
        shutil.copy(self.log, self.seed)
        self.commands = {HELLO: ([work / "hello"], False), BARE: ([work / "bare" / "bare"], False)}
        self.commands |= {name: ([KITTY, "orchestrator-api", *argv], restores) for name, (argv, restores) in CALLS.items()}
        # The size of the environment, of argv[0] and of the process's own tables all cost instructions: the same for everyone.
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(project), "GIT_CONFIG_NOSYSTEM": "1"}

    def instructions(self, name: str, *options: str) -> int:
        argv, restores = self.commands[name]
        if restores:
            shutil.copy(self.seed, self.log)
        result = subprocess.run(
            ["valgrind", "--tool=callgrind", *(options or ("--callgrind-out-file=/dev/null",)), *map(str, argv)],
            cwd=self.project, env=self.environment, capture_output=True, text=True)
        found = re.search(r"Collected : (\d+)", result.stderr)
        if not found:
            sys.exit(f"callgrind said nothing about {name}:\n{result.stderr}")
        return int(found[1])

    def turns(self, rounds: int, names: list[str]) -> dict[str, list[tuple[int, int, int, int]]]:
        """Wall time and processor time in microseconds, minor faults and peak KiB of every run; the commands take turns."""
        lines = []
        for name in names:
            argv, restores = self.commands[name]
            lines.append("\t".join([str(self.seed) if restores else "", str(self.log) if restores else "", *map(str, argv)]))
        (self.work / "turns.txt").write_text("\n".join(lines) + "\n")
        taken: dict[str, list[tuple[int, int, int, int]]] = {name: [] for name in names}
        for line in run(self.work / "turns", rounds, self.work / "turns.txt", cwd=self.project, env=self.environment).splitlines():
            index, *figures = map(int, line.split())
            taken[names[index]].append(tuple(figures))
        return taken


ROOMS = ("Cli", "Contract", "Commands", "Missions", "Status", "Git", "Merge", "Platform", "Publication", "Tools")
LIBRARIES = {
    "System_CommandLine": "System.CommandLine", "YamlDotNet": "YamlDotNet", "Ulid": "Ulid", "System_Text_Json": "System.Text.Json",
    "System_Linq": "System.Linq", "System_Collections": "System.Collections", "System_Console": "System.Console",
    "S_P_TypeLoader": "reflection", "S_P_Reflection": "reflection", "S_P_CoreLib_System_Reflection": "reflection",
    "S_P_CoreLib_Internal_Reflection": "reflection", "S_P_CoreLib": "CoreLib",
}


def owner(symbol: str) -> str:
    """Which room or library a symbol belongs to. Instantiations over types of ours count for the room of the type: they are there because of it."""
    own = re.search(r"spec_kitty_SpecKitty_([A-Z][A-Za-z]+)", symbol)
    if own:
        room = own[1] if own[1] in ROOMS else "Program"
        generic = symbol[: own.start()].find("S_P_CoreLib") >= 0 or "System_" in symbol[: own.start()]
        return f"{room}, generics over its types" if generic else room
    for prefix, library in LIBRARIES.items():
        if prefix in symbol[:60]:
            return library
    return "other"


def linked() -> tuple[Counter, Counter]:
    """Bytes of the compiled program by owner, and static bases (an object each at every start) by owner; from the compiler's map."""
    sizes, statics = Counter(), Counter()
    pattern = re.compile(r'\s*<(\w+) Name="([^"]*)" Length="(\d+)"')
    with open(SYMBOLS / "spec-kitty.map.xml", encoding="utf-8-sig") as lines:
        for line in lines:
            if found := pattern.match(line):
                kind, name, length = found[1], found[2], int(found[3])
                sizes[owner(name)] += length
                if kind == "GCStatics":
                    statics[owner(name)] += 1
    return sizes, statics
