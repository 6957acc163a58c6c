"""What blocks the rest, as text: red lines and no-deal values one by one, what it would take, how far parties are."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.report.names import Names, actors_in_order
from negsim.report.page import Column, Page
from negsim.report.phrases import option_title
from negsim.report.words import count, percent_with_interval, points_with_spread, short_percent
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined, number_text
from negsim.zone.findings import (
    Blocks,
    LineBlock,
    MinimalSet,
    NearOutcome,
    NearParty,
    NoDealBlock,
    Shortfall,
    TotalShortfall,
)

__all__ = ["chief_block", "concessions", "terms", "write_blocks"]

_MOST_SETS = 5
_BAR, _ESTIMATE = 10, 18
_SHARE, _LACKS, _NARROWEST_PARTY = 9, 24, 12


def chief_block(blocks: Blocks, scenario: Scenario) -> str:
    """Name in a sentence the constraint that opens most worlds if it falls alone; nothing where every world has a zone.

    Where another party's comes near it, that is named too: which of two red lines that exclude each other opens a few
    worlds more says little about either side.
    """
    if not blocks.n_without:
        return ""
    names = Names(scenario)
    found: list[LineBlock | NoDealBlock] = [*blocks.lines, *blocks.no_deal]
    found.sort(key=lambda block: -block.gain.estimate)
    if not found or found[0].gain.estimate == 0:
        chief = blocks.minimal[0]
        share = percent_with_interval(chief.share)
        lines = "no single red line and " if blocks.lines else ""
        alone = f"{lines}no single no-deal value {_lowered(blocks.no_deal[0].points)} lower"
        others = "any of them" if blocks.n_without == blocks.n_worlds else "any of the others"
        return (
            f"{alone[0].upper()}{alone[1:]} opens {others}; most often, in {share} of them, it takes"
            f" {concessions(chief, names)}."
        )
    chief_one = found[0]
    near = [one for one in found if one.party != chief_one.party and one.gain.estimate >= chief_one.gain.estimate / 2]
    further = f"; next comes {_without(near[0], names)}" if near else ""
    return f"The largest single obstacle is {_without(chief_one, names)}{further}."


def _without(block: LineBlock | NoDealBlock, names: Names) -> str:
    """Name a block, and say how many worlds would have a zone without it."""
    if isinstance(block, LineBlock):
        line = names.of(block.party, f"red line {names.red_line(block.party, block.red_line)}")
        return f"{line} (without it {short_percent(block.p_without)})"
    lower = f"{_lowered(block.points)} lower, {short_percent(block.p_lower)}"
    return f"{names.of(block.party, 'no-deal value')} ({lower})"


def _lowered(points: float) -> str:
    return f"{number_text(points)} point{'' if points == 1 else 's'}"


def concessions(minimal: MinimalSet, names: Names) -> str:
    """Say what it would take: who gives up which red lines, who makes do with how many points less."""
    lines: dict[str, list[str]] = {}
    for party, red_line in minimal.red_lines:
        lines.setdefault(party, []).append(names.red_line(party, red_line))
    parts = {party: [f"giving up {joined(given)}"] for party, given in lines.items()}
    for conceded in minimal.no_deal:
        parts.setdefault(conceded.party, []).append(f"content with {points_with_spread(conceded.points)} less")
    told = [f"{names.within[party]} {' and '.join(giving)}" for party, giving in parts.items()]
    return joined(told, last="and also")


def write_blocks(page: Page, blocks: Blocks, n_worlds: int, scenario: Scenario) -> None:
    """Put on a page what blocks; nothing where every world looked at, of so many drawn, has a zone."""
    if not blocks.n_without:
        return
    names = Names(scenario)
    page.heading("What blocks the rest")
    _write_single(page, blocks, n_worlds, names)
    _write_sets(page, blocks, names)
    _write_shortfalls(page, blocks, names, scenario)
    if blocks.total is not None:
        page.blank()
        page.paragraph(_total_sentence(blocks.total))
    _write_nearest(page, blocks.nearest, names, scenario)


def _write_single(page: Page, blocks: Blocks, n_worlds: int, names: Names) -> None:
    which = "" if blocks.n_worlds == n_worlds else "the first "
    have = "has" if blocks.n_without == 1 else "have"
    first = f"Of {which}{count(blocks.n_worlds, 'world')} {blocks.n_without:,} {have} no zone. "
    points = _lowered(blocks.no_deal[0].points)
    either = "without one red line, or " if blocks.lines else ""
    page.paragraph(f"{first}How many more would have a zone {either}with one no-deal value {points} lower:")
    rows = [
        (block.gain, f"{names.party[block.party]}: {names.red_line(block.party, block.red_line)}")
        for block in blocks.lines
    ]
    rows += [(block.gain, f"{names.party[block.party]}: no-deal value") for block in blocks.no_deal]
    rows.sort(key=lambda row: -row[0].estimate)
    telling = [(gain, name) for gain, name in rows if gain.estimate > 0]
    page.blank()
    if telling:
        width = page.style.width - 2 - _BAR - _ESTIMATE - 4
        columns = [
            Column("Alone", width=width),
            Column("More", bars=True, width=_BAR),
            Column("of all worlds", width=_ESTIMATE),
        ]
        cells = [[name, page.bar(gain.estimate, _BAR), percent_with_interval(gain)] for gain, name in telling]
        page.table(columns, cells, indent=2)
    idle = [name for gain, name in rows if gain.estimate == 0]
    if idle:
        page.paragraph(f"Nothing alone: {'; '.join(idle)}.", 2)


def _write_sets(page: Page, blocks: Blocks, names: Names) -> None:
    page.blank()
    page.paragraph(
        "What it would take in the worlds without a zone: the smallest sets of red lines and points. A world can have"
        " several, any one of which is enough. Points are the median of the least that would do, with the middle 80 %."
    )
    page.blank()
    for minimal in blocks.minimal[:_MOST_SETS]:
        page.item(f"in {percent_with_interval(minimal.share)} of them it would take {concessions(minimal, names)}")
    if blocks.n_minimal > _MOST_SETS:
        page.paragraph(f"({blocks.n_minimal - _MOST_SETS:,} more sets occur; see --format json.)", 2)


def _write_shortfalls(page: Page, blocks: Blocks, names: Names, scenario: Scenario) -> None:
    page.heading("How far apart")
    page.paragraph(
        "How far each party is, in the worlds without a zone, from the best that all others would accept: it only lacks"
        " points, by so many; or its own red lines stand in the way; or the others accept nothing together."
    )
    by_party = {shortfall.party: shortfall for shortfall in blocks.shortfalls}
    told = [(names.party[one.id], by_party[one.id]) for one in actors_in_order(scenario) if one.id in by_party]
    page.blank()
    width = page.style.width - 2 - 3 * _SHARE - _LACKS - 5 * 2
    if width < _NARROWEST_PARTY:
        for title, one in told:
            page.item(_shortfall_sentence(title, one))
        return
    columns = [
        Column("Party", width=width),
        Column("Points alone", figures=True, width=_SHARE),
        Column("It lacks", width=_LACKS),
        Column("Own red lines", figures=True, width=_SHARE),
        Column("The others", figures=True, width=_SHARE),
    ]
    page.table(columns, [_shortfall_row(title, one) for title, one in told], indent=2)


def _shortfall_row(title: str, one: Shortfall) -> list[str]:
    lacks = points_with_spread(one.points) if one.points else ""
    return [title, short_percent(one.short), lacks, short_percent(one.own_lines), short_percent(one.others)]


def _shortfall_sentence(title: str, one: Shortfall) -> str:
    """Say a row in words, where the page is too narrow for the table."""
    lacks = f", by {points_with_spread(one.points)}" if one.points else ""
    return (
        f"{title}: points alone {short_percent(one.short)}{lacks}; own red lines {short_percent(one.own_lines)}; the"
        f" others {short_percent(one.others)}"
    )


def _total_sentence(total: TotalShortfall) -> str:
    """Say what all parties together lack, and that this adds up what does not compare."""
    share = percent_with_interval(total.share)
    first = f"Some outcome crosses no real red line in {share} of the worlds without a zone"
    if total.points is None:
        return f"{first}."
    lack = points_with_spread(total.points)
    return (
        f"{first}; at the best one all parties together lack {lack}. This compares points between parties, which"
        " values do not warrant."
    )


def _write_nearest(page: Page, nearest: Sequence[NearOutcome], names: Names, scenario: Scenario) -> None:
    """Tell the outcomes nearest to a zone: the first in full, the others as differences from it."""
    if not nearest:
        return
    page.heading("Nearest to a deal")
    page.paragraph(
        "Outcomes that violate as little as any in worlds without a zone: none violates only a part of the same red"
        " lines and no-deal values, and a party left short lacks the least that would do, within a point. Outcome 1 is"
        " that in most of them, each further one where none above is."
    )
    page.blank()
    first = nearest[0]
    for rank, outcome in enumerate(nearest, start=1):
        adds = "" if rank == 1 else f"; {percent_with_interval(outcome.new)} where none above is"
        page.item(f"Nearest in {percent_with_interval(outcome.share)} of them{adds}.", f"{rank}.")
        if rank > 1:
            page.paragraph("As outcome 1, but", 5)
        page.pairs(terms(outcome.options, first.options if rank > 1 else (), scenario), indent=5)
        views = {party.party: party for party in outcome.parties}
        for actor in actors_in_order(scenario):
            if actor.id in views:
                page.paragraph(_obstacle(views[actor.id], names), 5)


def terms(
    options: Sequence[tuple[str, str]], but: Sequence[tuple[str, str]], scenario: Scenario
) -> list[tuple[str, str]]:
    """Name the options of an outcome, those it shares with another left out, as pairs of titles."""
    issues = {issue.id: issue for issue in scenario.issues}
    return [
        (issues[issue].title, option_title(issues[issue], option))
        for issue, option in options
        if (issue, option) not in but
    ]


def _obstacle(party: NearParty, names: Names) -> str:
    """Say what stands between one party and an outcome."""
    says = [f"{names.red_line(party.party, line)} real in {short_percent(real)}" for line, real in party.crossed]
    if party.points is not None:
        says.append(f"short in {short_percent(party.short)}, by {points_with_spread(party.points)}")
    told = f"; {'; '.join(says)}" if says else ""
    return f"{names.party[party.party]}: acceptable in {short_percent(party.p_accept)} of them{told}."
