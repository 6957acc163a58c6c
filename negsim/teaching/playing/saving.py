"""Keeping a match in a file: a first line that says which match it is, then a line for every move.

Each line is on the disk before the move counts, so a machine that stops loses at most the move that was being written.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from negsim.errors import UsageError
from negsim.records import dataclass
from negsim.teaching.playing.match import Match
from negsim.teaching.playing.moves import Move, move_data, read_move

__all__ = ["FORMAT", "Save", "Saved", "mend", "read_save", "start_save"]

FORMAT = "negsim.play/1"


@dataclass(frozen=True, slots=True)
class Saved:
    """A match as it was saved.

    ``cut`` tells that the last line was damaged and left out; ``size`` is up to where the file is sound, in bytes.
    """

    party: str
    seed: int
    hints: bool
    moves: tuple[Move, ...]
    cut: bool
    size: int
    head: dict[str, Any]
    file: str

    def refuse_another(self, scenario: str, version: str) -> None:
        """Refuse to go on in another scenario, named by its id, or with another negsim than the match was saved by.

        Raises
        ------
        UsageError
        """
        if self.head["scenario"] != scenario:
            raise UsageError(f"{self.file} is a match of {self.head['scenario']}, not of {scenario}")
        if self.head["negsim"] != version:
            raise UsageError(
                f"{self.file} was saved by negsim {self.head['negsim']}, and this is {version}: the others might answer"
                " otherwise; go on with that version, or begin anew"
            )

    def refuse_changed(self, match: Match) -> None:
        """Refuse to go on where the scenario was changed since.

        Raises
        ------
        UsageError
        """
        if self.head["sha256"] != match.fingerprint():
            raise UsageError(
                f"{self.file} was saved before {match.scenario.id} was changed, so the same moves would mean another"
                " match; put the scenario back as it was, or begin anew"
            )


class Save:
    """A file to which moves are added, one line each."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, move: Move) -> None:
        """Write a move down, on the disk before this returns."""
        self.append(move_data(move))

    def append(self, data: dict[str, Any]) -> None:
        """Write a line."""
        line = json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
        with self.path.open("ab") as file:
            file.write(line.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())


def start_save(path: Path, match: Match, version: str, *, hints: bool = False, moves: tuple[Move, ...] = ()) -> Save:
    """Begin a file for a match, with the moves made so far.

    Raises
    ------
    UsageError
        If there is something of that name.
    """
    head = {
        "format": FORMAT,
        "negsim": version,
        "scenario": match.scenario.id,
        "sha256": match.fingerprint(),
        "as": match.party.id,
        "seed": match.seed,
        "hints": hints,
    }
    try:
        path.open("xb").close()
    except FileExistsError:
        raise UsageError(f"{path} exists already: go on with it by --resume {path}, or name another file") from None
    save = Save(path)
    save.append(head)
    for move in moves:
        save.add(move)
    return save


def read_save(path: Path) -> Saved:
    """Read a match that was saved; a last line that was cut off is left out.

    Raises
    ------
    UsageError
        If the file is no saved match, or is damaged elsewhere than in its last line.
    """
    text = path.read_bytes()
    lines = text.split(b"\n")
    ends_whole = lines[-1] == b""
    lines = lines[:-1] if ends_whole else lines
    data = [_read_line(line) for line in lines]
    head = data[0] if data else None
    if not isinstance(head, dict) or head.get("format") != FORMAT or not _is_head(head):
        raise UsageError(f"{path} is no match saved by negsim play")
    cut = not ends_whole or (len(data) > 1 and data[-1] is None)
    sound = data[1:-1] if cut and len(data) > 1 else data[1:]
    moves = []
    for number, one in enumerate(sound, 2):
        try:
            moves.append(read_move(one))
        except UsageError as error:
            raise UsageError(f"{path} is damaged: line {number} {error}") from None
    kept = lines[: 1 + len(sound)]
    return Saved(
        head["as"], head["seed"], head["hints"], tuple(moves), cut, sum(len(line) + 1 for line in kept), head, str(path)
    )


def mend(path: Path, saved: Saved) -> Save:
    """Go on with a file: what was cut off at its end goes."""
    if saved.cut:
        os.truncate(path, saved.size)
    return Save(path)


def _is_head(head: dict[str, Any]) -> bool:
    kinds = {"negsim": str, "scenario": str, "sha256": str, "as": str, "seed": int, "hints": bool}
    return all(isinstance(head.get(name), kind) for name, kind in kinds.items())


def _read_line(line: bytes) -> Any:
    """Read a line of JSON; None where it is none."""
    try:
        return json.loads(line.decode("utf-8"))
    except ValueError:
        return None
