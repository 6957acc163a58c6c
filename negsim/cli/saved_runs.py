"""Reading back what `negsim run` saved, and saying what is wrong with it if something is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from negsim.errors import UsageError
from negsim.records import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from negsim.scenario import Scenario

__all__ = ["SavedRun", "read_run", "telling_of_damage"]

_PARTS = ("run.json", "result.json", "scenario.yaml")
_FORMAT = "negsim.zone/1"


@dataclass(frozen=True, slots=True)
class SavedRun:
    """A run read back: its id, its result, and the scenario with its text as it was saved."""

    id: str
    document: dict[str, Any]
    scenario: Scenario
    text: str


def read_run(folder: Path) -> SavedRun:
    """Read a run.

    Raises
    ------
    UsageError, ScenarioError
        If the folder holds no run, or a damaged one.
    """
    from negsim.scenario import loads

    missing = [name for name in _PARTS if not (folder / name).is_file()]
    if missing:
        raise UsageError(f"{folder} is neither a run nor a study: there is no {missing[0]} in it")
    document, manifest = _read_json(folder / "result.json"), _read_json(folder / "run.json")
    if document.get("format") != _FORMAT:
        said = f"its format is {document.get('format')!r}, not {_FORMAT!r}"
        raise UsageError(f"{folder / 'result.json'} is no result of `negsim run`: {said}")
    path = folder / "scenario.yaml"
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is damaged: it is not UTF-8") from None
    return SavedRun(str(manifest.get("id", "")), document, loads(text, file=str(path)), text)


def _read_json(path: Path) -> dict[str, Any]:
    import json

    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is damaged: {error}") from None
    if not isinstance(found, dict):
        raise UsageError(f"{path} is damaged: it holds no object")
    return found


@contextmanager
def telling_of_damage(path: Path) -> Iterator[None]:
    """Say of a document that lacks what a picture needs of it that it is damaged."""
    try:
        yield
    except (KeyError, TypeError, ValueError, IndexError, StopIteration, AttributeError) as error:
        what = f"it lacks {error}" if isinstance(error, KeyError) else f"{type(error).__name__}: {error}"
        raise UsageError(f"{path} is damaged, or not of this version ({what})") from None
