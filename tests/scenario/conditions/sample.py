"""The issues that the tests of conditions use, as a scenario has them and as conditions see them."""

from collections.abc import Sequence
from fractions import Fraction

from negsim.scenario.conditions import Condition, Flaw, IssueNames, parse_condition
from negsim.scenario.conditions.tree import OptionIn
from negsim.scenario.types import Issue, IssueKind

IN_ZONE = Condition("region == zone", OptionIn("region", (1,)), ("region",))


def _issue(name: str, kind: IssueKind, choices: str, unit: str = "", *, conditional: bool = False) -> Issue:
    options = tuple(choices.split())
    levels = tuple(map(Fraction, options)) if kind is IssueKind.NUMERIC else ()
    return Issue(name, name, kind, options, options, levels, unit, IN_ZONE if conditional else None)


ISSUES = (
    _issue("region", IssueKind.ORDERED, "line zone part full"),
    _issue("force", IssueKind.CATEGORICAL, "nobody un us", conditional=True),
    _issue("years", IssueKind.NUMERIC, "0 5 10", "years"),
    _issue("aid", IssueKind.NUMERIC, "-0.5 0.1 0.3", "EUR bn"),
    _issue("term", IssueKind.NUMERIC, "1 2.5", "months", conditional=True),
    _issue("phase", IssueKind.ORDERED, "early middle late", conditional=True),
)
NAMES = tuple(IssueNames(i.id, str(i.kind), i.options, i.levels, i.unit, i.when is not None) for i in ISSUES)


def parsed(text: str, names: Sequence[IssueNames] = NAMES) -> Condition:
    """The condition that a text must be."""
    found = parse_condition(text, names)
    assert isinstance(found, Condition), f"{text!r}: {found}"
    return found


def flaws_of(text: str, names: Sequence[IssueNames] = NAMES) -> tuple[Flaw, ...]:
    """The flaws that a text must have."""
    found = parse_condition(text, names)
    assert not isinstance(found, Condition), f"{text!r} was accepted"
    return found
