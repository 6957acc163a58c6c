"""Starting from another file: ``base:`` names it, and this file says only what is different."""

from __future__ import annotations

import os.path
from collections.abc import Callable

from negsim.errors import Path, Place, Problem, ScenarioError
from negsim.scenario.marks import Document, Mark, Marks, Plain, walk

__all__ = ["merge_base"]

_MAX_CHAIN = 16

_STAKES: tuple[Path, ...] = (
    ("demands", "*"),
    ("priorities", "*"),
    ("values", "*", "*"),
    ("red_lines", "*", "firmness"),
    ("red_lines", "*", "audience_cost"),
    ("adjustments", "*", "amount"),
    ("no_deal",),
    ("discount_rate",),
)
_LEAVES: tuple[Path, ...] = (
    *(("parties", "*", *leaf) for leaf in _STAKES),
    *(("parties", "*", "ratifiers", "*", *leaf) for leaf in _STAKES),
    ("parties", "*", "good_faith"),
    ("parties", "*", "sacred", "*", "offence"),
    ("parties", "*", "sacred", "*", "relief"),
    ("parties", "*", "levers", "*", "stick"),
    ("parties", "*", "levers", "*", "carrots", "*", "points"),
    ("parties", "*", "levers", "*", "guarantee", "credibility"),
    ("parties", "*", "tactic"),
    ("parties", "*", "walks_out_below"),
    ("parties", "*", "sheet", "interests"),
    ("parties", "*", "sheet", "may_say"),
    ("issues", "*", "options"),
    ("agreement", "vetoes"),
    ("war", "sides", "*", "collapse"),
    ("durability", "breakers", "*", "hazard"),
    ("durability", "supports", "*", "credibility"),
    ("durability", "power_shifts", "*", "by"),
    ("durability", "power_shifts", "*", "points", "*"),
    ("durability", "remedies", "*", "takes_away"),
    ("side_payments", "at_most"),
    ("side_payments", "worth", "*"),
    ("protocol", "breakdown"),
    ("protocol", "order"),
    ("talks", "envoys", "*", "tactic"),
    ("talks", "envoys", "*", "sidesteps"),
    ("talks", "sessions", "*", "mismatch"),
    ("talks", "sessions", "*", "agenda"),
    ("talks", "deadline"),
    ("talks", "events", "*", "rate"),
    ("talks", "events", "*", "delay"),
    ("talks", "events", "*", "chance"),
    ("talks", "events", "*", "unless_serious", "*"),
    ("talks", "events", "*", "effects", "*"),
    ("talks", "reciprocity", "*", "chance"),
    ("talks", "reciprocity", "*", "delay"),
    ("talks", "partial_agreements", "*", "sessions"),
    ("talks", "partial_agreements", "*", "chance"),
    ("talks", "partial_agreements", "*", "unless_serious", "*"),
    ("talks", "partial_agreements", "*", "in_return", "*"),
    ("talks", "partial_agreements", "*", "effects", "*"),
    ("talks", "counsel", "*", "bias"),
    ("talks", "counsel", "*", "war_cost"),
    ("talks", "observed", "*"),
    ("talks", "what_if", "*", "effects", "*"),
    ("ties", "*", "between"),
    ("provenance", "*"),
)
"""Where one value replaces another whole: half of one distribution and half of another make no sense."""

Read = Callable[[str], Document]


def merge_base(document: Document, read: Read) -> Document:
    """Put the files that ``base:`` names, each relative to the file naming it, under a document.

    Mappings are merged key by key; ``null`` removes a key of the base; anything else replaces what was there. Of which
    expectation a base is a counterexample is not taken over.

    Parameters
    ----------
    document : Document
        The file that was asked for.
    read : callable
        Reads the file of a given name; may raise `ScenarioError` or `OSError`.

    Returns
    -------
    Document
        Without the key ``base``; every value has its mark in the file that says it. A ``null`` that removes nothing is
        left for the check of shapes, which reports it with all else.

    Raises
    ------
    ScenarioError
        If a base cannot be read (NS220) or rests on itself (NS221).

    Examples
    --------
    >>> from negsim.scenario.reader import read_document
    >>> files = {"sale.yaml": "{title: A sale, id: sale}"}
    >>> document = read_document("{base: sale.yaml, id: dear_sale}", "dear.yaml")
    >>> merge_base(document, lambda name: read_document(files[name], name)).tree
    {'title': 'A sale', 'id': 'dear_sale'}
    """
    return _merge_chain(document, read, (os.path.normpath(document.file),))


def _merge_chain(document: Document, read: Read, chain: tuple[str, ...]) -> Document:
    own, own_marks = _without_key(document, "base")
    tree, marks, problems, unread = own, own_marks, document.problems, document.unread
    if "base" in document.tree:
        under = _read_base(document, read, chain)
        marks, problems, unread = {}, (*problems, *under.problems), unread | under.unread
        # What the base is a counterexample of, this file is none of.
        below, _ = _without_key(under, "counterexample")
        tree = _merge((), below, own, (under.marks, own_marks), marks)
    return Document(document.file, document.text, tree, marks, problems, unread)


def _without_key(document: Document, key: str) -> tuple[dict[str, Plain], dict[Path, Mark]]:
    tree = {name: value for name, value in document.tree.items() if name != key}
    return tree, {path: mark for path, mark in document.marks.items() if path[:1] != (key,)}


def _read_base(document: Document, read: Read, chain: tuple[str, ...]) -> Document:
    """Read the base of a document, with its own bases under it."""
    name = document.tree["base"]
    place = document.marks["base",].value
    if not isinstance(name, str) or not name.strip() or os.path.isabs(name):
        message = "the base must be named as a file relative to this one"
        raise ScenarioError((_problem("NS220", message, place, "such as base: other.scenario.yaml"),))
    file = os.path.normpath(os.path.join(os.path.dirname(document.file), name))
    if file in chain:
        message = f"{name} rests on this file itself"
        raise ScenarioError((_problem("NS221", message, place, " -> ".join((*chain[chain.index(file) :], file))),))
    if len(chain) == _MAX_CHAIN:
        message = f"more than {_MAX_CHAIN} files rest on each other"
        raise ScenarioError((_problem("NS221", message, place, "name a base nearer to the bottom"),))
    return _merge_chain(_read_file(read, file, place), read, (*chain, file))


def _read_file(read: Read, file: str, place: Place) -> Document:
    try:
        return read(file)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ScenarioError((_problem("NS220", f"the base {file} cannot be read: {reason}", place),)) from None
    except ScenarioError as error:
        first = error.problems[0]
        unread = _problem("NS220", f"the base {file} cannot be read: {first.message}", place)
        raise ScenarioError((unread, *(p for p in error.problems if p.code != "NS117"))) from None


def _problem(code: str, message: str, place: Place, hint: str = "") -> Problem:
    return Problem(code, message, ("base",), place, hint)


def _merge(
    path: Path,
    under: dict[str, Plain],
    over: dict[str, Plain],
    their_marks: tuple[Marks, Marks],
    marks: dict[Path, Mark],
) -> dict[str, Plain]:
    """Merge two mappings that stand at ``path``, and collect the marks of what is kept."""
    under_marks, over_marks = their_marks
    marks[path] = over_marks[path]
    merged: dict[str, Plain] = {}
    for key in (*under, *(key for key in over if key not in under)):
        child = (*path, key)
        below, above = under.get(key), over.get(key)
        if key not in over:
            merged[key] = below
            _copy_marks(child, below, under_marks, marks)
        elif key in under and above is None:
            continue
        elif isinstance(below, dict) and isinstance(above, dict) and not _is_leaf(child):
            merged[key] = _merge(child, below, above, their_marks, marks)
        else:
            merged[key] = above
            _copy_marks(child, above, over_marks, marks)
    return merged


def _is_leaf(path: Path) -> bool:
    return any(
        len(leaf) == len(path) and all(want in ("*", name) for want, name in zip(leaf, path, strict=True))
        for leaf in _LEAVES
    )


def _copy_marks(path: Path, value: Plain, source: Marks, target: dict[Path, Mark]) -> None:
    for below, _ in walk(path, value):
        target[below] = source[below]
