"""What bargaining gives each party, and what it would change if one were tougher or softer, as text."""

from __future__ import annotations

from negsim.bargaining.result import BargainResult, PartyOutcome, TacticChange
from negsim.model.estimates import Estimate
from negsim.report.names import Names
from negsim.report.page import Column, Page
from negsim.report.words import mean_with_interval, points_with_interval, share_with_spread, spread_alone
from negsim.scenario.types import Scenario

__all__ = ["write_changes", "write_gains"]

_GAIN, _SHARE, _NARROWEST = 20, 18, 12
_HOW, _POINTS, _MEAN = 7, 24, 24

_NOTHING = "–"


def write_gains(page: Page, result: BargainResult, scenario: Scenario) -> None:
    """Say what each party gets where they agree; nothing where they never do."""
    if all(one.gain is None for one in result.parties):
        return
    page.heading("What each gets where they agree")
    unsaid = "" if scenario.agreement.quorum is None else ", which is not said under a quorum"
    page.paragraph(
        "Points over no deal, on each party's own scale, which do not compare between parties; that"
        f" as a share of the most it could get from a deal that suits all{unsaid}; and how much more it could have"
        " while nobody had less. Medians, with the middle 80 %."
    )
    names = Names(scenario).party
    width = page.style.width - 2 - 2 * _GAIN - _SHARE - 3 * 2
    page.blank()
    if width < _NARROWEST:
        for one in result.parties:
            page.item(_gain_sentence(one, names[one.party]))
        return
    columns = [
        Column("Party", width=width),
        Column("Over no deal", width=_GAIN),
        Column("Of the most", width=_SHARE),
        Column("More to be had", width=_GAIN),
    ]
    page.table(columns, [[names[one.party], *_gain_cells(one)] for one in result.parties], indent=2)


def _gain_cells(one: PartyOutcome) -> list[str]:
    """Say the figures of a party; no share where a quorum decides."""
    return [
        spread_alone(one.gain) if one.gain else _NOTHING,
        share_with_spread(one.share) if one.share else _NOTHING,
        spread_alone(one.spare) if one.spare else _NOTHING,
    ]


def _gain_sentence(one: PartyOutcome, name: str) -> str:
    """Say a row in words, where the page is too narrow for the table."""
    gain, share, spare = _gain_cells(one)
    return f"{name}: {gain} over no deal; {share} of the most; {spare} more to be had"


def write_changes(page: Page, result: BargainResult, scenario: Scenario) -> None:
    """Say what it would change if one party were tougher or softer."""
    page.heading("If one were tougher or softer")
    page.paragraph(
        "A tougher party asks at every moment for the square root, a softer one for the square, of the share that its"
        " tactic asks for: of the way from the least it accepts to the most it can get. All else is as it was, in the"
        " same worlds. P(agreement) changes by percentage points, its mean gain over no deal by points, no agreement"
        " counted as 0. A star marks what is more than chance: the interval excludes 0."
    )
    names = Names(scenario).party
    width = page.style.width - 2 - _HOW - _POINTS - _MEAN - 3 * 2
    page.blank()
    if width < _NARROWEST:
        for change in result.changes:
            page.item(_change_sentence(change, names[change.party]))
        return
    columns = [
        Column("Party", width=width),
        Column("", width=_HOW),
        Column("P(agreement)", width=_POINTS),
        Column("Its gain", width=_MEAN),
    ]
    rows = [
        [names[change.party] if change.change == "tougher" else "", change.change, *_change_cells(change)]
        for change in result.changes
    ]
    page.table(columns, rows, indent=2)


def _change_cells(change: TacticChange) -> list[str]:
    agreement = points_with_interval(change.p_agreement)
    return [f"{agreement}{_star(change.p_agreement)}", f"{mean_with_interval(change.gain)}{_star(change.gain)}"]


def _star(difference: Estimate) -> str:
    return " *" if difference.excludes_zero else ""


def _change_sentence(change: TacticChange, name: str) -> str:
    agreement, gain = _change_cells(change)
    return f"{name} {change.change}: P(agreement) {agreement}, its gain {gain}"
