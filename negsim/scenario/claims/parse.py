"""The text of a claim to a `Claim`, or to everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from negsim.records import dataclass
from negsim.scenario.claims.changes import read_change
from negsim.scenario.claims.measures import MEASURES
from negsim.scenario.claims.naming import ClaimNames, read_measures
from negsim.scenario.claims.tree import Claim, Measure, Scope
from negsim.scenario.conditions.comparing import NumbersChecker
from negsim.scenario.conditions.dotted import tokenize_dotted
from negsim.scenario.conditions.findings import leaves
from negsim.scenario.conditions.flaws import Flaw, list_known, quote
from negsim.scenario.conditions.names import IssueNames, Names
from negsim.scenario.conditions.parse import MAX_LENGTH, MAX_TOKENS, parse_condition
from negsim.scenario.conditions.syntax import Expression, Word, parse
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.words import nearest

__all__ = ["ClaimNames", "parse_claim"]

_EVERY = re.compile(
    r"\s*for\s+every\s+(?:(?P<world>world)(?!\s+(?:in|of)\b)|outcome\s+in\s+(?:the\s+)?zone)\b\s*,?", re.IGNORECASE
)
_SLIP = re.compile(
    r"\s*(?:(?:for\s+)?(?:all|each|any|every)|in\s+(?:all|each|every|any))\s+(?:the\s+)?"
    r"(?:worlds?|outcomes?|deals?)(?:\s+(?:in|of)\s+(?:the\s+)?zone)?\b\s*,?",
    re.IGNORECASE,
)
_BEGUN = re.compile(r"\s*for(?:\s+\w+){1,4}\s*,?", re.IGNORECASE)
_CALLED = re.compile(r"(\w+)\s*$")
_WANTED = "a result, a number or '('"


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a claim, from ``start``."""

    text: str
    start: int

    def moved(self, flaws: Collection[Flaw]) -> tuple[Flaw, ...]:
        """Let flaws of the stretch point into the whole."""
        return tuple(Flaw(one.code, one.message, one.start + self.start, one.length, one.help) for one in flaws)


def parse_claim(text: str, names: ClaimNames) -> Claim | tuple[Flaw, ...]:
    """Read a claim.

    Parameters
    ----------
    text : str
        As written.
    names : ClaimNames
        What it may name.

    Returns
    -------
    Claim or tuple of Flaw
        The typed claim, or every flaw that was found, in the order of the text. Any text gives one of the two.

    Examples
    --------
    >>> names = ClaimNames([IssueNames("price", "categorical", ("low", "high"))], ("buyer",))
    >>> parse_claim("for every world, zone_size > 3", names).scope
    <Scope.WORLD: 'every world'>
    >>> parse_claim("p_zones > 0.5", names)[0].help
    'did you mean p_zone?'
    """
    if not text.strip():
        return (Flaw("NS311", "the claim is empty", 0, max(1, len(text)), "say what must hold: p_zone > 0.5"),)
    if len(text) > MAX_LENGTH:
        message = f"the claim has {len(text)} characters; {MAX_LENGTH} is the most"
        return (Flaw("NS306", message, MAX_LENGTH, len(text) - MAX_LENGTH, "state it as several"),)
    every = _EVERY.match(text)
    slip = None if every else _SLIP.match(text) or _BEGUN.match(text)
    if slip is not None:
        known = "'for every world' or 'for every outcome in zone'"
        begun = " ".join(slip.group().strip(" ,").split())
        return (Flaw("NS311", f"claims do not begin with '{begun}'", *_span(slip), f"write {known}"),)
    rest = _Part(text[every.end() :], every.end()) if every else _Part(text, 0)
    if not rest.text.strip():
        return (Flaw("NS311", "the claim ends before it says what must hold", *_span(every), "go on: zone_size > 3"),)
    if every is not None and (again := _BEGUN.match(rest.text)):
        return rest.moved((Flaw("NS311", "a claim begins with 'for' once", *_span(again), "leave one of them out"),))
    if every is not None and every["world"] is None:
        return _of_outcomes(text, rest, names)
    return _of_worlds(text, rest, Scope.WORLD if every else Scope.FILE, names)


def _span(match: re.Match[str] | None) -> tuple[int, int]:
    assert match is not None
    stripped = match.group().lstrip()
    return match.end() - len(stripped), len(stripped.rstrip(" ,"))


def _of_outcomes(text: str, rest: _Part, names: ClaimNames) -> Claim | tuple[Flaw, ...]:
    found = parse_condition(rest.text, names.issues)
    if not isinstance(found, Condition):
        return rest.moved(found)
    return Claim(text, Scope.OUTCOME, condition=found)


def _of_worlds(text: str, rest: _Part, scope: Scope, names: ClaimNames) -> Claim | tuple[Flaw, ...]:
    changed = read_change(rest.text, names)
    if isinstance(changed, Flaw):
        return rest.moved((changed,))
    before = _Part(rest.text[: changed.start], rest.start) if changed else rest
    tree = _tree(before.text, names)
    if isinstance(tree, tuple):
        return before.moved(tree)
    measures, flaws = read_measures(tree, before.text, scope, names)
    if not flaws:
        flaws = _type_flaws(before.text, tree, measures, number=changed is not None)
    if flaws:
        return before.moved(flaws)
    if changed is None:
        return Claim(text, scope, tree, tuple(measures.values()))
    return Claim(text, scope, tree, tuple(measures.values()), changed.trend, changed.change)


def _tree(text: str, names: ClaimNames) -> Expression | tuple[Flaw, ...]:
    """Parse a stretch; calls and dotted names are words in it."""
    calls = [name for name, kind in MEASURES.items() if kind.arguments]
    tokens, flaws = tokenize_dotted(text, names.words, calls)
    if len(tokens) - 1 > MAX_TOKENS:
        message = f"the claim has {len(tokens) - 1} words and signs; {MAX_TOKENS} is the most"
        return (Flaw("NS306", message, 0, len(text), "state it as several"),)
    if len(tokens) <= 1 or flaws:
        return flaws or (Flaw("NS311", "the claim says nothing here", 0, max(1, len(text)), "such as p_zone"),)
    # Units are all that the parser asks of names, and "%" is the one unit here.
    root = parse(text, tokens, Names([IssueNames("p_zone", "numeric", unit="%")]), _WANTED)
    return (_misspelt_call(text, root, calls) or root,) if isinstance(root, Flaw) else root


def _misspelt_call(text: str, flaw: Flaw, calls: Sequence[str]) -> Flaw | None:
    """Tell of a bracket that cannot stand behind a word that no result with brackets has that name."""
    called = _CALLED.search(text[: flaw.start]) if text[flaw.start : flaw.start + 1] == "(" else None
    if called is None:
        return None
    near = nearest(called[1], calls)
    help_ = f"did you mean {near}?" if near else list_known(calls)
    return Flaw("NS310", f"there is no result {quote(called[1])}", called.start(), len(called[1]), help_)


def _type_flaws(text: str, root: Expression, measures: dict[str, Measure], *, number: bool) -> tuple[Flaw, ...]:
    """Judge types: a condition is wanted, or a number where something changes it."""
    holds = {word for word, one in measures.items() if one.name in MEASURES and MEASURES[one.name].holds}
    numbers = {word: () for word in measures if word not in holds}
    checker = NumbersChecker(text, numbers, flags=holds, whose="a claim", code="NS304")
    if not number:
        checker.condition(root)
    elif isinstance(root, Word) and root.text in holds:
        pass  # That something holds goes up where it did not hold before.
    else:
        checker.number(root)
    if not checker.flaws and not any(isinstance(leaf, Word) for leaf in leaves(root)):
        message = "the claim names no result"
        return (Flaw("NS304", message, root.start, root.end - root.start, "compare a result: p_zone > 0.5"),)
    return tuple(sorted(checker.flaws, key=lambda flaw: (flaw.start, flaw.length)))
