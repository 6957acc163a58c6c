"""Whole scenarios, and issues, parties and conditions by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from negsim.errors import UsageError
from negsim.model.structure import MAX_ISSUES
from negsim.scenario.types import Issue, IssueKind, Party, Scenario
from negsim.scenario.writer import to_plain
from negsim.testing import documents as plain
from negsim.testing.bargaining import bargained
from negsim.testing.bounds import check_bounds
from negsim.testing.outcomes import has_outcomes
from negsim.testing.sheets import told
from negsim.testing.stakes import with_stakes
from negsim.testing.talks import scheduled

__all__ = ["conditions", "issues", "parties", "scenarios"]


def scenarios(  # noqa: PLR0913 - each is a bound or a block of the file, by its name
    *,
    min_issues: int = 1,
    max_issues: int = 4,
    min_parties: int = 2,
    max_parties: int = 3,
    min_options: int = 1,
    max_options: int = 4,
    conditional: bool = True,
    rules: bool = True,
    red_lines: bool = True,
    adjustments: bool = True,
    guarantors: bool = True,
    quorum: bool = True,
    stakes: bool = False,
    bargaining: bool = False,
    talks: bool = False,
    sheets: bool = False,
) -> st.SearchStrategy[Scenario]:
    """Draw scenarios with issues of all kinds, uncertain quantities, and at least one outcome that the rules allow.

    Shrinks to two parties and one issue with one option. What is set to False is never there; what is True may be.

    Parameters
    ----------
    min_issues, max_issues : int
        At most 60.
    min_parties, max_parties : int
        Signatories; guarantors and mediators come on top.
    min_options, max_options : int
        Options or levels of an issue. A scale has at least two levels, so there is none where ``max_options`` is 1.
    conditional : bool
        Issues that arise only under a condition (``when``).
    rules : bool
        A rule.
    red_lines, adjustments : bool
        Red lines, hard or perhaps bluffs; points that hang on conditions.
    guarantors : bool
        A guarantor who consents where a condition holds.
    quorum : bool
        Agreement by a quorum, perhaps with vetoes.
    stakes : bool
        What no deal and a deal may lead to: a war, lotteries, durability, sacred values, levers, ratifiers. It needs
        two parties.
    bargaining : bool
        A protocol, tactics, walking out.
    talks : bool
        A calendar of talks with events and observations.
    sheets : bool
        What is told to those alone who play a party.

    Raises
    ------
    UsageError
        If nothing lies within a pair of bounds, or stakes have too few parties.
    """
    check_bounds("issues", min_issues, max_issues, most=MAX_ISSUES)
    check_bounds("parties", min_parties, max_parties)
    check_bounds("options", min_options, max_options)
    if stakes and min_parties < 2:
        raise UsageError(f"cannot have stakes=True with min_parties={min_parties}: a war has two sides")
    extras = plain.Extras(
        conditional=conditional, rules=rules, red_lines=red_lines, adjustments=adjustments, guarantors=guarantors,
        quorum=quorum,
    )  # fmt: skip
    drawn = plain.documents(
        min_issues=min_issues,
        max_issues=max_issues,
        min_parties=min_parties,
        max_parties=max_parties,
        n_options=(min_options, max_options),
        extras=extras,
    )
    if stakes:
        drawn = with_stakes(drawn)
    if bargaining:
        drawn = bargained(drawn)
    if talks:
        drawn = scheduled(drawn)
    if sheets:
        drawn = told(drawn)
    return drawn.map(_possible)


def _possible(document: plain.Document) -> Scenario:
    """Read a document; a rule that leaves no outcome is turned round, and leaves all then."""
    scenario = plain.scenario_of(document)
    if not scenario.rules or has_outcomes(scenario):
        return scenario
    (rule,) = document["rules"]
    turned = {rule: {"require": f"not ({document['rules'][rule]['require']})"}}
    return plain.scenario_of(document | {"rules": turned})


def issues(
    *,
    id: str = "issue",
    kinds: Sequence[IssueKind | str] = tuple(IssueKind),
    min_options: int = 1,
    max_options: int = 4,
) -> st.SearchStrategy[Issue]:
    """Draw issues that arise in every deal.

    Parameters
    ----------
    id : str
        Of every issue drawn; issues of one scenario have different ones.
    kinds : sequence of IssueKind
        What they are drawn from; the first is what is shrunk to.
    min_options, max_options : int
        Options, or levels of a scale, of which there are at least two.

    Raises
    ------
    UsageError
        If there are no such issues.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(issues(kinds=["numeric"]), lambda issue: len(issue.options) > 2).options
    ('0', '1', '2')
    """
    check_bounds("options", min_options, max_options)
    wanted = tuple(dict.fromkeys(str(IssueKind(kind)) for kind in kinds))
    if max_options == 1:
        wanted = tuple(kind for kind in wanted if kind != IssueKind.NUMERIC)
    if not wanted:
        raise UsageError(f"there are no issues with kinds={[*map(str, kinds)]} and max_options={max_options}")
    drawn = plain.document_of_issues(max_issues=1, kinds=wanted, n_options=(min_options, max_options))
    return drawn.map(lambda block: _in_file({id: next(iter(block.values()))}).issues[0])


def parties(
    issues: Sequence[Issue], *, id: str = "party", red_lines: bool = True, adjustments: bool = True
) -> st.SearchStrategy[Party]:
    """Draw signatories that care about given issues.

    Parameters
    ----------
    issues : sequence of Issue
        Of a scenario, in declared order, with all that their ``when`` names.
    id : str
        Of every party drawn.
    red_lines, adjustments : bool
        Whether there may be any.

    Raises
    ------
    UsageError
        If there are no issues, or one hangs on an issue that is not among them.

    Examples
    --------
    >>> from hypothesis import find
    >>> from negsim.scenario import Issue, IssueKind
    >>> price = Issue("price", "Price", IssueKind.CATEGORICAL, ("low", "high"), ("Low", "High"))
    >>> party = find(parties([price], id="buyer"), lambda party: True)
    >>> party.demands[0].stated, party.no_deal
    (('low',), Constant(value=0.0))
    """
    if not issues:
        raise UsageError("a party needs an issue to care about, and issues is empty")
    known = {issue.id for issue in issues}
    for issue in issues:
        missing = sorted(set(issue.when.issues) - known) if issue.when else []
        if missing:
            raise UsageError(f"issue {issue.id} hangs on {missing[0]}, which is not among issues: {', '.join(known)}")
    block = _block(issues)
    drawn = plain.parties_over(block, extras=plain.Extras(red_lines=red_lines, adjustments=adjustments))
    return drawn.map(lambda party: _in_file(block, {id: party}).parties[0])


def conditions(scenario: Scenario) -> st.SearchStrategy[str]:
    """Draw conditions on the issues of a scenario, as a file has them.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    strategy of str
        Such as ``price >= 30``; one or two comparisons.

    Examples
    --------
    >>> from hypothesis import find
    >>> from negsim.scenario import Issue, IssueKind
    >>> price = Issue("price", "Price", IssueKind.CATEGORICAL, ("low", "high"), ("Low", "High"))
    >>> find(conditions(Scenario("sale", "A sale", (price,), ())), lambda text: True)
    'price == low'
    """
    return plain.conditions(_block(scenario.issues))


def _block(issues: Sequence[Issue]) -> plain.Document:
    """Write issues as a file has them."""
    block = to_plain(Scenario("some", "Some issues", tuple(issues), ()))["issues"]
    return dict(block) if isinstance(block, dict) else {}


def _in_file(issues: plain.Document, parties: plain.Document | None = None) -> Scenario:
    """Read blocks as parts of a scenario; without parties there is one that asks for nothing."""
    held = parties or {"anyone": {"title": "Anyone"}}
    return plain.scenario_of({"negsim": 1, "id": "some", "title": "Some", "issues": issues, "parties": held})
