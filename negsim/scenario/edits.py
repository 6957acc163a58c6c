"""Changing one value of a scenario: for one run (``--set``), or in its file without touching the rest."""

from __future__ import annotations

import re
from dataclasses import replace

from negsim.errors import Path, Place, Problem, ScenarioError, UsageError, format_path
from negsim.scenario.marks import Document, Mark, Plain
from negsim.scenario.reader import read_value
from negsim.scenario.shape_check import known_keys
from negsim.scenario.words import nearest

__all__ = ["apply_override", "splice", "split_path"]

_FILE = "--set"


def split_path(text: str) -> Path:
    """Split a path as a user types it; a level with decimals stays whole.

    >>> split_path("parties.seller.values.price.2.5")
    ('parties', 'seller', 'values', 'price', '2.5')
    """
    parts: list[str] = []
    for part in text.split("."):
        if part.isdecimal() and parts and re.fullmatch("-?[0-9]+", parts[-1]):
            parts[-1] += "." + part
        else:
            parts.append(part)
    return tuple(parts)


def apply_override(document: Document, assignment: str) -> Document:
    """Replace one value of a document, whole, or add one; mappings of the format on the way to it are made.

    Provenance of what stood below the old value and does not below the new one goes with the old value.

    Parameters
    ----------
    document : Document
        With its base merged, so that any value can be reached.
    assignment : str
        ``PATH=VALUE``; the value is YAML, such as ``0.5..1`` or ``{same_as: {price: 120}}``; ``null`` removes the key.

    Raises
    ------
    UsageError
        If there is no ``=``, the value is not YAML, or nothing stands where the path leads.

    Examples
    --------
    >>> from negsim.scenario.reader import read_document
    >>> document = read_document("parties: {seller: {no_deal: 120}}", "sale.yaml")
    >>> apply_override(document, "parties.seller.no_deal=100..140").tree
    {'parties': {'seller': {'no_deal': '100..140'}}}
    """
    target, equals, text = assignment.partition("=")
    if not equals or not target.strip() or not text.strip():
        raise UsageError(f"--set needs PATH=VALUE, not {assignment!r}")
    try:
        value, new_marks = read_value(text, _FILE)
    except ScenarioError as error:
        found = "\n".join(str(_moved(problem, len(assignment) - len(text), assignment)) for problem in error.problems)
        raise UsageError(f"--set {assignment}: the value cannot be read\n{found}") from None
    path = _resolve(document, target.strip())
    tree = _without_stray_provenance(_put(document.tree, path, value), path)
    stray = set() if path[0] == "provenance" else set(_provenance(document.tree)) - set(_provenance(tree))
    marks = {
        known: mark
        for known, mark in document.marks.items()
        if known[: len(path)] != path and not (known[:1] == ("provenance",) and known[1:2] and known[1] in stray)
    }
    offset = len(assignment) - len(text)
    new = {(*path, *below): _shift(mark, offset, assignment) for below, mark in new_marks.items()}
    key = Place(_FILE, 1, 1, len(target), assignment)
    new[path] = replace(new[path], key=key)
    if value is None:
        return replace(document, tree=tree, marks=marks, removed={**document.removed, path: new[path]})
    made = (path[:length] for length in range(1, len(path)) if path[:length] not in marks)
    new |= {level: replace(new[path], source="", plain=False) for level in made}
    return replace(document, tree=tree, marks=marks | new)


def _shift(mark: Mark, offset: int, assignment: str) -> Mark:
    """Let a mark within the value point into the whole assignment."""
    key = _shift_place(mark.key, offset, assignment) if mark.key else None
    value = _shift_place(mark.value, offset, assignment)
    return replace(mark, value=value, key=key, start=mark.start + offset, end=mark.end + offset)


def _shift_place(place: Place, offset: int, assignment: str) -> Place:
    first = assignment.splitlines()[0]
    return replace(place, column=place.column + offset, text=first) if place.line == 1 else place


def _moved(problem: Problem, offset: int, assignment: str) -> Problem:
    return replace(problem, place=_shift_place(problem.place, offset, assignment)) if problem.place else problem


def _resolve(document: Document, target: str) -> Path:
    """Find the keys that a typed path means; a key may itself hold dots, as those of ``provenance`` do."""
    parts = split_path(target)
    if parts[0] != "provenance" or len(parts) == 1:
        return parts
    rest = target.partition(".")[2]
    known = document.tree.get("provenance")
    held = [name for name in known if f"{rest}.".startswith(f"{name}.")] if isinstance(known, dict) else []
    prefix = max(held, key=len, default=rest)
    below = rest[len(prefix) + 1 :]
    return ("provenance", prefix, *(split_path(below) if below else ()))


def _put(tree: dict[str, Plain], path: Path, value: Plain) -> dict[str, Plain]:
    """Copy a tree with one value changed, added or (None) removed; what does not lead there is shared with it."""
    copy = dict(tree)
    holder: Plain = copy
    for depth, name in enumerate(path[:-1]):
        if value is not None and isinstance(holder, dict):
            if _may_be_made(path[: depth + 1], holder):
                holder[name] = {}
            elif _is_bare_tactic(path[: depth + 1], holder.get(name), path[depth + 1]):
                holder[name] = {path[depth + 1]: {}}
        holder = _own_child(holder, name, path[:depth])
    name = path[-1]
    if value is None or isinstance(holder, list):
        _child(holder, name, path[:-1])
    if isinstance(holder, list):
        if value is None:
            raise UsageError(f"--set: an item of a list cannot be removed; set {format_path(path[:-1])} whole")
        holder[int(name)] = value
    elif not isinstance(holder, dict):
        raise _nothing_in(path[:-1], name, holder)
    elif value is None:
        del holder[name]
    else:
        holder[name] = value
    return copy


def _is_bare_tactic(path: Path, value: Plain, below: str) -> bool:
    """Tell whether a tactic stands as its name alone, and what is set lies below that name: one of its parameters."""
    holds_tactic = path[-1] == "tactic" and path[:-2] in (("parties",), ("talks", "envoys"))
    return holds_tactic and value == below


def _may_be_made(path: Path, holder: dict[str, Plain]) -> bool:
    """Tell whether a missing mapping can be meant: the format knows its name, or leaves it free and it is no slip."""
    name, known = path[-1], known_keys(path[:-1])
    if name in holder or known:
        return name in known and name not in holder
    return bool(name) and not nearest(name, holder)


def _without_stray_provenance(tree: dict[str, Plain], path: Path) -> dict[str, Plain]:
    """Drop the provenance of what is no longer there below a path."""
    provenance = {} if path[0] == "provenance" else _provenance(tree)
    stray = [
        name for name in provenance if split_path(name)[: len(path)] == path and not _stands(split_path(name), tree)
    ]
    kept = {name: entry for name, entry in provenance.items() if name not in stray}
    return {**tree, "provenance": kept} if stray else tree


def _provenance(tree: dict[str, Plain]) -> dict[str, Plain]:
    held = tree.get("provenance")
    return held if isinstance(held, dict) else {}


def _stands(path: Path, tree: Plain) -> bool:
    """Tell whether there is anything at a path."""
    for name in path:
        if not isinstance(tree, dict) or name not in tree:
            return False
        tree = tree[name]
    return True


def _own_child(holder: Plain, name: str, path: Path) -> Plain:
    """Put a copy of a child in its place, to be changed."""
    child = _child(holder, name, path)
    if isinstance(child, dict | list):
        child = child.copy()
    if isinstance(holder, dict):
        holder[name] = child
    elif isinstance(holder, list):
        holder[int(name)] = child
    return child


def _child(holder: Plain, name: str, path: Path) -> Plain:
    if isinstance(holder, dict) and name in holder:
        return holder[name]
    if isinstance(holder, list) and name in map(str, range(len(holder))):
        item: Plain = holder[int(name)]
        return item
    raise _nothing_in(path, name, holder)


def _nothing_in(path: Path, name: str, holder: Plain) -> UsageError:
    """Say what is there instead, nearest first."""
    where = format_path(path) or "the scenario"
    if not isinstance(holder, dict | list):
        return UsageError(f"--set: {where} is a single value, so there is no {name!r} in it")
    known = list(holder) if isinstance(holder, dict) else [str(index) for index in range(len(holder))]
    close = nearest(name, known)
    hint = f"did you mean {format_path((*path, close))}?" if close else f"known there: {', '.join(known[:8])}"
    return UsageError(f"--set: there is no {name!r} in {where}; {hint}")


def splice(document: Document, path: Path, text: str) -> str:
    """Give the text of a document's file with one value replaced, all else as it was.

    Raises
    ------
    UsageError
        If the value stands in another file (a base) or nowhere.

    Examples
    --------
    >>> from negsim.scenario.reader import read_document
    >>> document = read_document("no_deal: 120  # asked twice", "sale.yaml")
    >>> splice(document, ("no_deal",), "100..140")
    'no_deal: 100..140  # asked twice'
    """
    mark = document.marks.get(path)
    if mark is None:
        raise UsageError(f"{document.file} has no {format_path(path)}")
    if mark.value.file != document.file:
        raise UsageError(f"{format_path(path)} stands in {mark.value.file}, not in {document.file}")
    return document.text[: mark.start] + text + document.text[mark.end :]
