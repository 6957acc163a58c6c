"""From plain data to shapes: every flaw of the shape reported, then mended, so that the rest can be read.

All flaws are found at once, but with one of them there is no shape. So the flawed parts are taken out, or given
a neutral value where they cannot be missing, and the data is read again.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from negsim.errors import Path, format_path
from negsim.scenario.findings import Findings
from negsim.scenario.marks import Plain, walk
from negsim.scenario.quantities import Constant
from negsim.scenario.quantity_syntax import PARAMETERS
from negsim.scenario.schema import ScenarioShape
from negsim.scenario.shaping import Flawed, Kind, Shape, ShapeFlaw, entries_of, read_as
from negsim.scenario.words import nearest, shown

__all__ = ["known_keys", "read_shape"]


_SOME_DAY = "2000-01-01"

_NEUTRAL: dict[str, Any] = {
    "negsim": 1,
    "id": "unnamed",
    "title": "untitled",
    "issues": {},
    "parties": {},
    "require": "",
    "that": "",
    "of": "",
    "when": "",
    "firmness": 1,
    "amount": 0,
    "between": ["", ""],
    "rank_correlation": 0,
    "same_as": {},
    "points": 0,
    "lottery": {"ends": {}},
    "ends": {},
    "worth": 0,
    "war": {"win": 0, "lose": 0},
    "win": 0,
    "lose": 0,
    "a": 1,
    "b": 1,
    "sides": {},
    "breakers": {},
    "hazard": 0,
    "credibility": 0,
    "takes_away": 0,
    "currency": "money",
    "at_most": 0,
    **dict.fromkeys(("start", "horizon", "date"), _SOME_DAY),
    "sessions": {},
    **dict.fromkeys(("path", "party", "after", "brings", "issue", "to", "instead_of"), ""),
    **dict.fromkeys(("mediator", "hears", "line"), ""),
    "chance": 0,
    "by": 1,
    "mean": 1,
    "hits": 0,
    "trials": 1,
}
_NEUTRAL_AT: dict[Path, Any] = {("side_payments", "worth"): {}, ("counterexample", "expect"): ""}
_MOST_PASSES = 40


def read_shape(tree: dict[str, Plain], findings: Findings) -> ScenarioShape:
    """Read a document's shape; what is flawed is reported and replaced by something neutral."""
    _report_nulls(tree, findings)
    tree = _without(tree, findings)
    for _ in range(_MOST_PASSES):
        try:
            return read_as(ScenarioShape, tree)
        except Flawed as error:
            tree = copy.deepcopy(tree)
            flaws = sorted(error.flaws, key=_urgency)
            for n_done, flaw in enumerate(flaws, start=1):
                _mend(tree, _report(flaw, tree, findings), findings)
                if findings.is_full:
                    raise findings.error(n_more=len(flaws) - n_done) from None
    raise findings.error()


def _urgency(flaw: ShapeFlaw) -> tuple[int, bool]:
    """Deepest first, so that what is taken out is still there; unknown keys before the keys they misspell."""
    return (-len(flaw.path), flaw.kind is not Kind.UNKNOWN)


def _report_nulls(value: Plain, findings: Findings) -> None:
    """Report what is still null with the base in place: there was nothing to remove."""
    for below, item in walk((), value):
        if item is None:
            mark = findings.document.marks.get(below)
            name = "item" if mark is not None and mark.key is None else below[-1]
            message = f"null removes a key of the base, and there is no {name} to remove"
            findings.report("NS222", below, message, help="write a value, or remove the line", on_key=True)


def _without(value: Any, findings: Findings) -> Any:
    """Copy plain data without its nulls."""
    if isinstance(value, dict):
        return {key: _without(item, findings) for key, item in value.items() if item is not None}
    return [_without(item, findings) for item in value if item is not None] if isinstance(value, list) else value


def _report(found: ShapeFlaw, tree: Any, findings: Findings) -> Path:
    """Report one flaw; return the path of the part that cannot be used."""
    path, flaw = found.path, found.flaw
    if found.kind is Kind.UNKNOWN:
        _report_unknown(path, tree, findings)
    elif found.kind is Kind.MISSING:
        if not findings.is_broken(path):
            where = format_path(path[:-1]) or "the file"
            findings.report(flaw.code, path, f"{where} has no {path[-1]}", help=f"add {path[-1]}:")
    else:
        if found.kind is Kind.TYPE or not _lost_something(path, findings):
            message = f"{format_path(path)} {flaw.message}"
            findings.report(flaw.code, path, message, help=flaw.help, on_key=flaw.on_key)
        findings.mark_broken(found.unit)
    return found.unit


def _lost_something(path: Path, findings: Findings) -> bool:
    """Tell whether something was taken out of the value at a path, which may be all that is wrong with it."""
    if any(below[: len(path)] == path for below in findings.document.unread):
        return True
    return any(code == "NS222" and below[: len(path)] == path for code, below, _ in findings.problems)


def _report_unknown(path: Path, tree: Any, findings: Findings) -> None:
    key, where = path[-1], format_path(path[:-1]) or "a scenario"
    known = _fields(path[:-1])
    meant = "" if findings.is_full else nearest(key, known)
    if meant and meant not in _keys_at(tree, path[:-1]):
        findings.mark_broken((*path[:-1], meant))
    help = findings.suggest(key, known)
    findings.report("NS201", path, f"{where} has no key {shown(key)}", help=help, on_key=True)


def _keys_at(tree: Any, path: Path) -> frozenset[str]:
    """Name the keys of the mapping at a path; none where it was taken out on the way."""
    for key in path:
        if isinstance(tree, list) and key in map(str, range(len(tree))):
            tree = tree[int(key)]
        else:
            tree = tree.get(key) if isinstance(tree, dict) else None
    return frozenset(tree) if isinstance(tree, dict) else frozenset()


def _mend(tree: Any, path: Path, findings: Findings) -> None:
    """Take out the value at a path, or make it neutral where its mapping needs it; items take their list along."""
    holders = [tree]
    for key in path[:-1]:
        holder = holders[-1]
        if not isinstance(holder, dict) or key not in holder:
            break
        holders.append(holder[key])
    while not isinstance(holders[-1], dict):
        holders.pop()
    key = path[len(holders) - 1]
    findings.mark_broken(path[: len(holders)])
    fields = _fields(path[: len(holders) - 1])
    if fields.get(key):
        neutral = _NEUTRAL_AT.get(path[: len(holders)])
        holders[-1][key] = copy.deepcopy(_NEUTRAL[key] if neutral is None else neutral)
    else:
        holders[-1].pop(key, None)


def _fields(path: Path) -> dict[str, bool]:
    """Give the keys of the shape at a path, and whether each is required; empty if any key is allowed."""
    shapes = [holder for annotation in _annotations_at(path) for holder in _holders(annotation)]
    known = [shape for shape in shapes if get_origin(shape) is not dict]
    return {key: entry.is_required for shape in known for key, entry in entries_of(shape).items()}


def known_keys(path: Path) -> frozenset[str]:
    """Name the keys that the format knows at a path, none where a user names them."""
    fields = frozenset(_fields(path))
    may_be_quantity = any(Constant in _parts(annotation) for annotation in _annotations_at(path))
    return fields | {*PARAMETERS, "same"} if fields and may_be_quantity else fields


def _annotations_at(path: Path) -> list[Any]:
    """Follow a path through the shapes; it may lead to several where a block can take one of several forms."""
    found: list[Any] = [ScenarioShape]
    for key in path:
        found = [below for annotation in found for holder in _holders(annotation) for below in _below(holder, key)]
    return found


def _below(holder: Any, key: str) -> list[Any]:
    if get_origin(holder) is dict:
        return [get_args(holder)[1]]
    entry = entries_of(holder).get(key)
    return [] if entry is None else [entry.annotation]


def _holders(annotation: Any) -> list[Any]:
    """Find the shapes and dictionaries in an annotation."""
    return [
        part
        for part in _parts(annotation)
        if get_origin(part) is dict or (isinstance(part, type) and issubclass(part, Shape))
    ]


def _parts(annotation: Any) -> Iterator[Any]:
    """Take an annotation apart into the types that it joins."""
    if get_origin(annotation) is dict or not get_args(annotation):
        yield annotation
    else:
        for part in get_args(annotation):
            yield from _parts(part)
