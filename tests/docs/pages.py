"""Read README.md, docs/ and the pages beside scenarios and results as a list of blocks, and run the commands in them.

An HTML comment on the line above a block says how to treat it:

- ``<!-- not run: reason -->``: leave it alone.
- ``<!-- exits: 1 -->``: its last command ends with this code; otherwise 0 is expected.
- ``<!-- scenario: NAME.scenario.yaml -->``: the YAML below is a whole scenario. It must load, and later
  commands of the page find it under this name.
- ``<!-- file: NAME -->``: later commands of the page find the block below under this name.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
NOTES = sorted((ROOT / "scenarios").glob("*.teaching.md"))
"""The teaching notes of the cases; scenarios/README.md leads to them."""

PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "results" / "README.md",
    ROOT / "scenarios" / "README.md",
    *NOTES,
]

LINKED = [*PAGES, *(ROOT / name for name in ("ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md"))]
"""Pages whose links are followed; the last ones show no output."""

FENCE = re.compile(r"^( {0,3})```(\w*)\s*$")
MARK = re.compile(r"^ {0,3}<!-- (not run|exits|scenario|file): (.+?) -->$")
SAME_AS = {"make run": "negsim run scenarios/geneva-2026.scenario.yaml"}
"""What `make` starts; tests/test_project.py holds the Makefile to it."""

NEGSIM = "import sys; from negsim.cli import main; sys.argv[0] = 'negsim'; main()"


@dataclass(frozen=True, slots=True)
class Step:
    """A command and what stands below it; ``first`` and ``last`` bound those lines in the page."""

    command: str
    expected: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block; ``line`` is the index of its first line in the page, ``indent`` what stands before each line."""

    language: str
    lines: tuple[str, ...]
    line: int
    marks: dict[str, str] = field(default_factory=dict)
    indent: str = ""

    @property
    def text(self) -> str:
        return "".join(line + "\n" for line in self.lines)

    @property
    def is_run(self) -> bool:
        return self.language == "console" and "not run" not in self.marks

    def steps(self) -> list[Step]:
        """Split a console block at its prompts."""
        starts = [index for index, line in enumerate(self.lines) if line.startswith("$ ")]
        ends = [*starts[1:], len(self.lines)]
        return [
            Step(
                command=self.lines[start][2:].strip(),
                expected="".join(line + "\n" for line in self.lines[start + 1 : end]),
                first=self.line + start + 1,
                last=self.line + end,
            )
            for start, end in zip(starts, ends, strict=True)
        ]

    def exit_code(self, step: Step) -> int:
        """Give the code that a step should end with: 0, but for the last step of a block that says otherwise."""
        return int(self.marks.get("exits", "0")) if step.last == self.line + len(self.lines) else 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command printed (both streams) and how it ended."""

    output: str
    code: int


def read_blocks(page: str) -> list[Block]:
    """Find the fenced blocks of a page, each with the comments right above it."""
    blocks: list[Block] = []
    marks: dict[str, str] = {}
    opened: tuple[str, str, int] | None = None
    lines = page.splitlines()
    for index, line in enumerate(lines):
        fence = FENCE.match(line)
        if opened and line.rstrip() == f"{opened[0]}```":
            indent, language, start = opened
            inside = tuple(one.removeprefix(indent) for one in lines[start:index])
            blocks.append(Block(language, inside, start, marks, indent))
            opened, marks = None, {}
        elif opened:
            continue
        elif fence:
            opened = (fence[1], fence[2], index + 1)
        elif mark := MARK.match(line):
            marks = {**marks, mark[1]: mark[2]}
        elif line.strip():
            marks = {}
    return blocks


def prepare(directory: Path) -> None:
    """Put into a directory what a clone offers to commands."""
    shutil.copytree(ROOT / "scenarios", directory / "scenarios")
    for example in (ROOT / "results").glob("example-*"):
        shutil.copytree(example, directory / "results" / example.name)


def run(command: str, directory: Path, *beside: Path) -> Outcome:
    """Run a negsim command as a plain terminal of 80 columns would show it; others (git, pip) only stand there.

    Packages in the folders given are found as if they were installed. A ``>`` at the end writes to a file.
    """
    words = shlex.split(SAME_AS.get(command, command))
    if words[0] != "negsim":
        return Outcome("", 0)
    if ">" in words[-2:]:
        done = run(shlex.join(words[:-2]), directory, *beside)
        (directory / words[-1]).write_text(done.output, encoding="utf-8")
        return Outcome("", done.code)
    environment = {name: value for name, value in os.environ.items() if name not in {"FORCE_COLOR", "LINES"}}
    environment |= {
        "COLUMNS": "80",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "PYTHONUTF8": "1",
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, *beside))),
    }
    finished = subprocess.run(
        [sys.executable, "-c", NEGSIM, *words[1:]],
        cwd=directory,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Outcome("".join(line.rstrip() + "\n" for line in finished.stdout.splitlines()), finished.returncode)


def agree(expected: str, output: str) -> bool:
    """Compare line by line; ``...`` stands for anything, as in a doctest."""
    return doctest.OutputChecker().check_output(expected, output, doctest.ELLIPSIS)
