"""What would change how talks go, as text: the what-ifs of a scenario that were asked, and those that were not."""

from __future__ import annotations

from negsim.model.estimates import Estimate
from negsim.report.page import Column, Page
from negsim.report.talks_names import TalksNames
from negsim.report.words import points_with_interval, short_percent
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined
from negsim.talks.result import TalksResult, WhatIfFound

__all__ = ["write_what_ifs"]

_SHARE, _FIGURE, _NARROWEST = 5, 17, 16

_NOTHING = "–"


def write_what_ifs(page: Page, result: TalksResult, scenario: Scenario) -> None:
    """Set what each what-if changes, in the same worlds; name those that nobody asked for."""
    held = scenario.talks.what_if if scenario.talks else ()
    if not held and not result.what_ifs:
        return
    page.heading("What would change it")
    asked = {one.id for one in result.what_ifs}
    if result.what_ifs:
        _write_asked(page, result, scenario)
    unasked = [one.id for one in held if one.id not in asked]
    if unasked:
        if asked:
            page.blank()
        each = "One more of the file" if asked and len(unasked) == 1 else "More of the file" if asked else "In the file"
        ask = f"--what-if {unasked[0]}" if len(unasked) == 1 else "--what-if NAME or --what-if all"
        page.paragraph(f"{each}: {joined(unasked)}. {ask} tells what it changes.")


def _write_asked(page: Page, result: TalksResult, scenario: Scenario) -> None:
    by_deadline = result.p_by_deadline is not None
    page.paragraph(
        "What would be otherwise from the day after now on, in the same worlds:"
        f" P(agreement){' by the deadline and' if by_deadline else ''} by the end of the calendar, P(no zone at any"
        " session), and beside each its change in percentage points. A star marks what is more than chance: the"
        " interval excludes 0."
    )
    page.blank()
    names = TalksNames(scenario)
    n_figures = 2 + by_deadline
    width = page.style.width - 2 - n_figures * (_FIGURE + 2)
    if width >= _NARROWEST:
        page.table(_columns(width, by_deadline=by_deadline), _rows(result, names), indent=2)
    else:
        for one in result.what_ifs:
            page.item(_sentence(one, names))
    for one in result.what_ifs:
        if one.about:
            page.item(f"{_title(one, names)}: {one.about}")


def _columns(width: int, *, by_deadline: bool) -> list[Column]:
    headings = [*(["By deadline"] if by_deadline else []), "By the end", "No zone"]
    return [Column("", width=width), *(Column(heading, width=_FIGURE) for heading in headings)]


def _rows(result: TalksResult, names: TalksNames) -> list[list[str]]:
    """Give the calendar as it stands first, then each what-if beside it."""
    shares = (result.p_by_deadline, result.p_agreement, result.impossible)
    rows = [["As it stands", *(short_percent(share).rjust(_SHARE) for share in shares if share is not None)]]
    for one in result.what_ifs:
        told = [
            f"{short_percent(figure).rjust(_SHARE)} {_change(change)}"
            for figure, change in _figures(one)
            if figure is not None
        ]
        rows.append([_title(one, names), *told])
    return rows


def _figures(one: WhatIfFound) -> tuple[tuple[Estimate | None, Estimate | None], ...]:
    return (
        (one.p_by_deadline, one.change_by_deadline),
        (one.p_agreement, one.change),
        (one.p_impossible, one.change_impossible),
    )


def _title(one: WhatIfFound, names: TalksNames) -> str:
    name = one.title or names.what_if(one.id)
    return f"{name[:1].upper()}{name[1:]}"


def _change(difference: Estimate | None) -> str:
    if difference is None:
        return _NOTHING
    return f"{points_with_interval(difference)}{' *' if difference.excludes_zero else ''}"


def _sentence(one: WhatIfFound, names: TalksNames) -> str:
    """Say a row in words, where the page is too narrow for the table."""
    kinds = ("by the deadline", "by the end", "no zone")
    said = [
        f"{kind} {short_percent(figure)}, {_change(change)}"
        for kind, (figure, change) in zip(kinds, _figures(one), strict=True)
        if figure is not None
    ]
    return f"{_title(one, names)}: {'; '.join(said)}"
