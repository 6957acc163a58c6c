"""The folder that `negsim sheets` writes: which files, and when it may be written anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from negsim import __version__
from negsim.errors import UsageError

if TYPE_CHECKING:
    from negsim.teaching.game import Game
    from negsim.teaching.sheets import InstructorsPack

__all__ = ["refuse_what_are_no_sheets", "sheet_files"]

_OURS = "instructor/sheets.json"
_FORMAT = "negsim.sheets/1"


def sheet_files(
    pack: InstructorsPack, game: Game, *, language: str, texts: Mapping[str, str], written_in: str
) -> dict[str, bytes]:
    """Write all files of a game, by their names within the folder.

    What stands in ``instructor`` holds the figures of all roles; every other file, what its reader may know.
    """
    from negsim.report.sheets import INSTRUCTOR, language_of, points_csv, sheet_pages
    from negsim.scenario import write

    pages = sheet_pages(pack, language_of(language, texts, written_in), version=__version__)
    pages[f"{INSTRUCTOR}/points.csv"] = points_csv(pack)
    pages[f"{INSTRUCTOR}/game.scenario.yaml"] = write(game.scenario)
    head = {
        "format": _FORMAT,
        "negsim": __version__,
        "scenario": game.scenario.id,
        "seed": game.seed,
        "language": language,
        "files": sorted([*pages, _OURS]),
    }
    pages[_OURS] = json.dumps(head, indent=2, ensure_ascii=False) + "\n"
    return {name: page.encode("utf-8") for name, page in pages.items()}


def refuse_what_are_no_sheets(folder: str) -> None:
    """Refuse a folder in which sheets would replace anything but sheets.

    Raises
    ------
    UsageError
    """
    target = Path(folder)
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir():
        raise UsageError(f"{target} is a file; --out names a folder")
    there = {
        path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir() or path.is_symlink()
    }
    if not there:
        return
    ours = _ours(target)
    if ours is None:
        raise UsageError(f"{target} holds something that are no sheets ({min(there)}); name another folder with --out")
    if there - ours:
        other = min(there - ours)
        raise UsageError(f"{target} holds {other} beside older sheets; move it or name another folder with --out")


def _ours(target: Path) -> set[str] | None:
    """List the files of older sheets; None where there are none."""
    try:
        head = json.loads((target / _OURS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(head, dict) or head.get("format") != _FORMAT:
        return None
    return {str(name) for name in head.get("files", ())}
