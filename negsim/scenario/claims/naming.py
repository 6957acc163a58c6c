"""The names in a claim: results with their brackets, parties, conditions within, and paths."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from negsim.errors import Path
from negsim.scenario.claims.measures import MEASURES, MeasureKind
from negsim.scenario.claims.tree import Measure, Scope
from negsim.scenario.conditions.findings import leaves
from negsim.scenario.conditions.flaws import Flaw, list_known, quote
from negsim.scenario.conditions.names import IssueNames, Names
from negsim.scenario.conditions.parse import parse_condition
from negsim.scenario.conditions.syntax import Expression, Word
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.words import nearest

__all__ = ["QUANTITY", "ClaimNames", "read_measures"]

QUANTITY = "quantity"
"""What a measure is called that is the value of a quantity."""

_CALL = re.compile(r"(?P<name>\w+)\s*\((?P<inside>.*)\)", re.DOTALL)


class ClaimNames:
    """All that the claims of a scenario may name.

    Parameters
    ----------
    issues : sequence of IssueNames, or Names
        For the conditions within.
    actors : collection of str
        The ids of parties and of who ratifies for them.
    quantities : mapping of str to Path
        Quantities by their paths as written.
    parts : mapping of str to Path
        All else of the file that has a path, for what can be dropped or become something else.
    lines : mapping of str to Path
        Red lines and rules.
    """

    def __init__(
        self,
        issues: Sequence[IssueNames] | Names,
        actors: Collection[str] = (),
        quantities: Mapping[str, Path] | None = None,
        parts: Mapping[str, Path] | None = None,
        lines: Mapping[str, Path] | None = None,
    ) -> None:
        self.issues = issues if isinstance(issues, Names) else Names(issues)
        self.actors = tuple(actors)
        self.quantities = quantities or {}
        self.parts = parts or {}
        self.lines = lines or {}

    @property
    def words(self) -> Collection[str]:
        """Names that may look like several words: paths with numbers in them."""
        return self.quantities.keys()


def read_measures(
    root: Expression, text: str, scope: Scope, names: ClaimNames
) -> tuple[dict[str, Measure], tuple[Flaw, ...]]:
    """Read every name of a claim: what each measures, by how it is written, and all that is wrong with them."""
    found: dict[str, Measure] = {}
    flaws: list[Flaw] = []
    for word in leaves(root):
        if isinstance(word, Word) and word.text not in found:
            read = _read(word, scope, names)
            if isinstance(read, Measure):
                found[word.text] = read
            else:
                flaws += read
    return found, tuple(flaws)


def _read(word: Word, scope: Scope, names: ClaimNames) -> Measure | Sequence[Flaw]:
    call = _CALL.fullmatch(word.text)
    name = call["name"] if call else word.text
    kind = MEASURES.get(name)
    if kind is None:
        return _read_quantity(word, scope, names)
    if scope not in kind.scopes:
        return [_out_of_scope(word, name, kind, scope)]
    if not kind.arguments:
        return Measure(word.text, name)
    if call is None:
        return [_flaw(word, f"{name} needs to know what of", f"write {name}{kind.example}")]
    return _read_call(word, call, name, kind, names)


def _flaw(word: Word, message: str, help_: str = "", code: str = "NS310") -> Flaw:
    return Flaw(code, message, word.start, word.end - word.start, help_)


def _out_of_scope(word: Word, name: str, kind: MeasureKind, scope: Scope) -> Flaw:
    if scope is Scope.WORLD:
        return _flaw(word, f"{name} is a share of all worlds, and not of one", f"in every world, write {kind.other}")
    help_ = f"write {kind.other}, or begin with 'for every world,'"
    return _flaw(word, f"{name} holds in some worlds and not in others", help_)


def _read_quantity(word: Word, scope: Scope, names: ClaimNames) -> Measure | Sequence[Flaw]:
    path = names.quantities.get(word.text)
    if path is None:
        return [_flaw(word, f"there is no result {quote(word.text)}", _suggest(word.text, scope, names))]
    if scope is Scope.FILE:
        help_ = "begin with 'for every world,'"
        return [_flaw(word, f"{word.text} differs from world to world", help_)]
    return Measure(word.text, QUANTITY, path=path)


def _suggest(word: str, scope: Scope, names: ClaimNames) -> str:
    results = [name for name, kind in MEASURES.items() if scope in kind.scopes]
    if "." in word:
        near = nearest(word, names.quantities) or next(
            (path for path in names.quantities if path.endswith(f".{word}")), ""
        )
        return f"did you mean {near}?" if near else "`negsim show` lists the quantities of a scenario"
    near = nearest(word, results)
    if near:
        return f"did you mean {near}?"
    if word in names.issues.issues:
        return f"conditions on issues stand in brackets: p_option({word} == ...), or after 'for every outcome in zone,'"
    return list_known([name + MEASURES[name].example for name in results])


def _read_call(
    word: Word, call: re.Match[str], name: str, kind: MeasureKind, names: ClaimNames
) -> Measure | Sequence[Flaw]:
    quotes = (word.end - word.start - len(word.text)) // 2
    inside, offset = call["inside"], word.start + quotes + call.start("inside")
    if kind.arguments == ("line",):
        return _with_line(word, inside, name, names)
    party = ""
    if kind.arguments[0] == "party":
        first, comma, rest = inside.partition(",")
        party = first.strip()
        if party not in names.actors:
            help_ = f"did you mean {near}?" if (near := nearest(party, names.actors)) else list_known(names.actors)
            place = offset + len(first) - len(first.lstrip())
            return [Flaw("NS310", f"there is no party {quote(party)}", place, max(1, len(party)), help_)]
        if not comma:
            return Measure(word.text, name, party)
        inside, offset = rest, offset + len(first) + 1
    condition = _condition(inside, offset, names)
    return Measure(word.text, name, party, condition) if isinstance(condition, Condition) else condition


def _with_line(word: Word, inside: str, name: str, names: ClaimNames) -> Measure | Sequence[Flaw]:
    written = inside.strip()
    path = names.lines.get(written)
    if path is not None:
        return Measure(word.text, name, path=path)
    near = nearest(written, names.lines) or next((one for one in names.lines if one.endswith(f".{written}")), "")
    help_ = f"did you mean {near}?" if near else list_known(tuple(names.lines))
    return [_flaw(word, f"there is no red line or rule {quote(written)}", help_)]


def _condition(text: str, offset: int, names: ClaimNames) -> Condition | Sequence[Flaw]:
    """Read a condition in brackets, where a lone ``=`` is as good as ``==``."""
    doubled = [k for k, c in enumerate(text) if c == "=" and _is_lone(text, k)]
    written = "".join("==" if k in doubled else c for k, c in enumerate(text))
    found = parse_condition(written, names.issues)
    if isinstance(found, Condition):
        return found
    places = [k for k, c in enumerate(text) for _ in range(1 + (k in doubled))]
    places.append(len(text))
    return [_moved(flaw, places, offset) for flaw in found]


def _is_lone(text: str, k: int) -> bool:
    return text[k - 1 : k] not in ("=", "<", ">", "!") and text[k + 1 : k + 2] not in ("=", "<", ">", "!")


def _moved(flaw: Flaw, places: Sequence[int], offset: int) -> Flaw:
    """Let a flaw point to where a condition stands in its claim, before signs were doubled in it."""
    start = places[min(flaw.start, len(places) - 1)]
    end = places[min(flaw.start + flaw.length, len(places) - 1)]
    return Flaw(flaw.code, flaw.message, offset + start, max(1, end - start), flaw.help)
