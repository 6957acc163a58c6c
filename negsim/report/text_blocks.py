"""What blocks the rest, as text: red lines and no-deal values one by one, what it would take, how far parties are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from negsim.model.estimates import Spread
from negsim.report.page import Column, Page
from negsim.report.phrases import parties_in_order
from negsim.report.words import count, percent_with_interval, short_percent
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined, number_text
from negsim.zone.findings import Blocks, LineBlock, MinimalSet, NoDealBlock, Shortfall

__all__ = ["chief_block", "concessions", "points_text", "spread_text", "write_blocks"]

_MOST_SETS = 5
_BAR = 10
_SHARE, _LACKS, _NARROWEST_PARTY = 9, 20, 12


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
        others = "any" if blocks.n_without == blocks.n_worlds else "the others"
        return f"Nothing alone opens {others}; most often, in {share} of them, it takes {concessions(chief, names)}."
    chief_one = found[0]
    near = [one for one in found if one.party != chief_one.party and one.gain.estimate >= chief_one.gain.estimate / 2]
    further = f"; next comes {_without(near[0], names)}" if near else ""
    return f"The largest single obstacle is {_without(chief_one, names)}{further}."


def _without(block: LineBlock | NoDealBlock, names: Names) -> str:
    """Name a block, and say how many worlds would have a zone without it."""
    if isinstance(block, LineBlock):
        share = short_percent(block.p_without)
        return (
            f"{names.party[block.party]}'s red line {names.red_line(block.party, block.red_line)} (without it {share})"
        )
    lower = f"{points_text(block.points)} lower, {short_percent(block.p_lower)}"
    return f"{names.party[block.party]}'s no-deal value ({lower})"


class Names:
    """What parties and red lines are called."""

    def __init__(self, scenario: Scenario) -> None:
        self.party: Mapping[str, str] = {party.id: party.title for party in scenario.parties}
        self._lines = {(party.id, line.id): line for party in scenario.parties for line in party.red_lines}

    def red_line(self, party: str, red_line: str) -> str:
        """Quote the title of a red line, or its id if it has none."""
        line = self._lines[party, red_line]
        return f"“{line.title or line.id}”"


def points_text(points: float) -> str:
    """Say how many points.

    >>> points_text(5.0), points_text(1.25), points_text(0.004)
    ('5 points', '1.2 points', 'under 0.1 points')
    """
    if 0 < points < 0.05:
        return "under 0.1 points"
    text = number_text(round(points, 1))
    return f"{text} point{'' if text == '1' else 's'}"


def spread_text(spread: Spread) -> str:
    """Say points as a median, with the middle 80 % where that says more.

    >>> spread_text(Spread(1.0, 2.5, 8.0)), spread_text(Spread(2.0, 2.0, 2.0))
    ('2.5 points (1–8)', '2 points')
    """
    low, high = (number_text(round(end, 1)) for end in (spread.p10, spread.p90))
    return points_text(spread.median) + ("" if low == high else f" ({low}–{high})")


def concessions(minimal: MinimalSet, names: Names) -> str:
    """Say what it would take: who gives up which red lines, who makes do with how many points less."""
    lines: dict[str, list[str]] = {}
    for party, red_line in minimal.red_lines:
        lines.setdefault(party, []).append(names.red_line(party, red_line))
    parts = {party: [f"giving up {joined(given)}"] for party, given in lines.items()}
    for conceded in minimal.no_deal:
        parts.setdefault(conceded.party, []).append(f"content with {spread_text(conceded.points)} less")
    told = [f"{names.party[party]} {' and '.join(giving)}" for party, giving in parts.items()]
    return joined(told, last="and also")


def write_blocks(page: Page, blocks: Blocks, scenario: Scenario) -> None:
    """Put on a page what blocks; nothing where every world has a zone."""
    if not blocks.n_without:
        return
    names = Names(scenario)
    page.heading("What blocks the rest")
    _write_single(page, blocks, names)
    _write_sets(page, blocks, names)
    _write_shortfalls(page, blocks.shortfalls, names, scenario)


def _write_single(page: Page, blocks: Blocks, names: Names) -> None:
    first = "" if blocks.n_worlds < 2 else f"Of {count(blocks.n_worlds, 'world')} {blocks.n_without:,} have no zone. "
    points = points_text(blocks.no_deal[0].points)
    page.paragraph(
        f"{first}How many more worlds would have one without one red line, or with one no-deal value {points} lower:"
    )
    rows = [
        (block.gain, f"{names.party[block.party]}: {names.red_line(block.party, block.red_line)}")
        for block in blocks.lines
    ]
    rows += [(block.gain, f"{names.party[block.party]}: no-deal value") for block in blocks.no_deal]
    rows.sort(key=lambda row: -row[0].estimate)
    telling = [(gain, name) for gain, name in rows if gain.estimate > 0]
    page.blank()
    if telling:
        width = page.style.width - 2 - _BAR - 16 - 4
        columns = [
            Column("Alone", width=width),
            Column("More", bars=True, width=_BAR),
            Column("of all worlds", width=16),
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
        " several. Points are the median of the least that would do, with the middle 80 %."
    )
    page.blank()
    for minimal in blocks.minimal[:_MOST_SETS]:
        page.item(f"in {percent_with_interval(minimal.share)} of them it would take {concessions(minimal, names)}")
    if blocks.n_minimal > _MOST_SETS:
        page.paragraph(
            f"({blocks.n_minimal - _MOST_SETS:,} more; --format json has the {len(blocks.minimal)} first.)", 2
        )


def _write_shortfalls(page: Page, shortfalls: Sequence[Shortfall], names: Names, scenario: Scenario) -> None:
    page.blank()
    page.paragraph(
        "How far each party is, in the worlds without a zone, from the best that all others would accept: it only lacks"
        " points, by so many; or its own red lines stand in the way; or the others accept nothing together."
    )
    by_party = {shortfall.party: shortfall for shortfall in shortfalls}
    told = [(party.title, by_party[party.id]) for party in parties_in_order(scenario) if party.id in by_party]
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
    lacks = spread_text(one.points) if one.points else ""
    return [title, short_percent(one.short), lacks, short_percent(one.own_lines), short_percent(one.others)]


def _shortfall_sentence(title: str, one: Shortfall) -> str:
    """Say a row in words, where the page is too narrow for the table."""
    lacks = f", by {spread_text(one.points)}" if one.points else ""
    return (
        f"{title}: points alone {short_percent(one.short)}{lacks}; own red lines {short_percent(one.own_lines)}; the"
        f" others {short_percent(one.others)}"
    )
