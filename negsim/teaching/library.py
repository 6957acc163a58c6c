"""The cases that come with negsim: scenarios, each with a teaching note.

They lie in `scenarios/` of a checkout, and in the package itself where it was installed from a wheel.
"""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import negsim
from negsim.errors import UsageError
from negsim.records import dataclass
from negsim.scenario.marks import Plain
from negsim.scenario.reader import read_document
from negsim.scenario.words import nearest

__all__ = ["LEVELS", "Case", "case_text", "case_translations", "cases", "find_case", "library_folder", "read_note"]

LEVELS = ("introductory", "intermediate", "advanced")
Kind = TypeVar("Kind")

_SCENARIO, _NOTE = ".scenario.yaml", ".teaching.md"
_FRONT = re.compile(r"\A---\n(.*?\n)---\n+(.*)\Z", re.DOTALL)
_ID = re.compile(r"^id:.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    """A case by its name, with what its note says at its head.

    ``parties`` counts the roles to play, ``minutes`` is the time that a class takes with the debrief, ``note`` is the
    teaching note without its head.
    """

    name: str
    title: str
    level: str
    minutes: int
    parties: int
    teaches: tuple[str, ...]
    note: str


def library_folder() -> Traversable:
    """Give the folder of the cases: in the package, or beside it in a checkout.

    Raises
    ------
    UsageError
        If there is neither.
    """
    packed = files(negsim).joinpath("_scenarios")
    if packed.is_dir():
        return packed
    beside = Path(negsim.__file__).resolve().parent.parent / "scenarios"
    if beside.is_dir():
        return beside
    raise UsageError("this copy of negsim came without its cases; a wheel or a checkout has them")


def cases() -> tuple[Case, ...]:
    """List the cases, easiest first and then by name.

    >>> [one.name for one in cases() if "free riding" in one.teaches]
    ['climate-coalition']
    """
    folder = library_folder()
    names = [path.name.removesuffix(_NOTE) for path in folder.iterdir() if path.name.endswith(_NOTE)]
    found = [read_note(name, folder.joinpath(name + _NOTE).read_text(encoding="utf-8")) for name in names]
    return tuple(sorted(found, key=lambda case: (LEVELS.index(case.level), case.minutes, case.name)))


def find_case(name: str) -> Case:
    """Find a case by its name.

    Raises
    ------
    UsageError
        If there is none of that name; it names the nearest.
    """
    by_name = {case.name: case for case in cases()}
    wanted = name.removesuffix(_SCENARIO)
    if wanted not in by_name:
        near = nearest(wanted, by_name)
        hint = f"Did you mean '{near}'?" if near else "`negsim cases` lists all."
        raise UsageError(f"there is no case '{name}'. {hint}")
    return by_name[wanted]


def case_text(name: str, scenario_id: str = "") -> str:
    """Read the scenario of a case, comments and all; under another id if one is given."""
    text = library_folder().joinpath(find_case(name).name + _SCENARIO).read_text(encoding="utf-8")
    return _ID.sub(f"id: {scenario_id}", text, count=1) if scenario_id else text


def case_translations(name: str) -> dict[str, str]:
    """Read what a case says in other languages: {language: the file of its texts}.

    >>> sorted(case_translations("house-sale"))
    ['ru', 'uk']
    """
    start = f"{find_case(name).name}.texts."
    return {
        path.name.removeprefix(start).removesuffix(".yaml"): path.read_text(encoding="utf-8")
        for path in sorted(library_folder().iterdir(), key=lambda path: path.name)
        if path.name.startswith(start) and path.name.endswith(".yaml")
    }


def read_note(name: str, text: str) -> Case:
    """Read a teaching note: a head in YAML between two lines of hyphens, then the note.

    Raises
    ------
    UsageError
        If the head is missing, or does not say what it must.
    """
    parts = _FRONT.match(text)
    if parts is None:
        raise UsageError(f"{name}{_NOTE} has no head: YAML between two lines of three hyphens")
    head = read_document(parts[1], name + _NOTE).tree
    assert isinstance(head, dict)
    level = _said(head, "level", str, name)
    if level not in LEVELS:
        raise UsageError(f"{name}{_NOTE}: level is '{level}'; it is one of {', '.join(LEVELS)}")
    teaches = _said(head, "teaches", list, name)
    return Case(
        name=name,
        title=_said(head, "title", str, name),
        level=level,
        minutes=_said(head, "minutes", int, name),
        parties=_said(head, "parties", int, name),
        teaches=tuple(str(one) for one in teaches),
        note=parts[2],
    )


def _said(head: dict[str, Plain], key: str, kind: type[Kind], name: str) -> Kind:
    value = head.get(key)
    if not isinstance(value, kind):
        raise UsageError(f"{name}{_NOTE}: the head has no {key}, or not as {kind.__name__}")
    return value
