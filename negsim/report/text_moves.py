"""What moves P(zone), as text: quantities, red lines real or bluffs, and what the model takes for granted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from negsim.errors import format_path
from negsim.model.estimates import Estimate
from negsim.report.columns import GAP
from negsim.report.names import Names
from negsim.report.page import Column, Page
from negsim.report.paths import path_words
from negsim.report.words import count, points_with_interval, short_percent
from negsim.scenario.inventory import list_quantities
from negsim.scenario.types import Scenario
from negsim.scenario.words import number_text
from negsim.zone.result import CoinMove, Move, StructuralMove, ZoneResult

__all__ = ["write_moves", "write_tornado"]

_MOST = 10
"""Quantities shown, and red lines."""

_INDENT, _SIDE, _POINTS = 2, 6, 19

_LEAST_SCALE = 0.1
"""Differences below ten points are not drawn as if they were large."""

_ALTERNATIVES = {
    ("value_shape", "step"): "if a miss of a demand, however near, is worth nothing",
    ("value_shape", "concave"): "if a near miss of a demand is worth almost as much as meeting it",
    ("irrelevant", "worst"): "if an issue that does not arise is worth as much as its worst option",
    ("irrelevant", "best"): "if an issue that does not arise is worth as much as its best option",
    ("option", "inside"): "if every war and lottery is what goes on while talks last",
    ("option", "outside"): "if every war and lottery is something to be taken up instead of talks",
}
"""In words, the alternatives that a finding may hold."""

_Row = tuple[Estimate, str, str]
"""A difference, what it belongs to in words, and the path to write below (or nothing)."""


def write_moves(page: Page, result: ZoneResult, scenario: Scenario) -> None:
    """Put the section on a page, unless there is nothing that could move."""
    if not (result.moves or result.coins or result.structure):
        return
    page.heading("What moves it")
    quantities, coins = _quantity_rows(result.moves, scenario), _coin_rows(result.coins, scenario)
    structure = [_structure_row(move) for move in result.structure]
    shown = [abs(found.estimate) for rows in (quantities, coins, structure) for found, _, _ in rows]
    scale = max([_LEAST_SCALE, *shown])
    if result.moves:
        _write_quantities(page, result.moves, quantities, scale)
    if result.moves and result.coins:
        page.blank()
    if result.coins:
        _write_coins(page, result.coins, coins, scale)
    if result.structure:
        if result.moves or result.coins:
            page.blank()
        page.paragraph(
            "What the model takes for granted: P(zone) if it were otherwise, less P(zone) as the scenario stands, in"
            f" the same {count(result.structure[0].n_worlds, 'world')}."
        )
        write_tornado(page, structure, scale, "P(zone) otherwise")


def _write_quantities(page: Page, moves: Sequence[Move], rows: Sequence[_Row], scale: float) -> None:
    page.paragraph(
        "P(zone) among the worlds with a quantity in its top fifth, less P(zone) among those with it in its bottom"
        " fifth, in percentage points. A bar to the right: a zone is more frequent where the quantity is high."
    )
    page.paragraph(
        "Worlds are sorted here, not changed: quantities that the scenario ties together differ together, and no"
        " figure says what would follow if one were set. For that, --set takes the path below it."
    )
    page.blank()
    page.paragraph(
        f"{_standing(moves, 'quantity', 'quantities')} To stand out is to differ by more than chance makes of the"
        " largest of all that are compared; by chance alone one interval in 20 leaves out 0."
    )
    write_tornado(page, rows, scale, "P(zone) where it is low and high")


def _write_coins(page: Page, coins: Sequence[CoinMove], rows: Sequence[_Row], scale: float) -> None:
    page.paragraph(
        "Red lines: P(zone) among the worlds in which one is real, less P(zone) among those in which it is a bluff. Its"
        " firmness, above, counts by way of this alone and so by less."
    )
    page.blank()
    page.paragraph(_standing(coins, "red line that may be a bluff", "red lines that may be bluffs"))
    write_tornado(page, rows, scale, "P(zone) where it is a bluff and real")


def _standing(moves: Sequence[Move] | Sequence[CoinMove], noun: str, plural: str) -> str:
    """Say how many stand out, how many of those are shown, and how many might seem to."""
    found = [move.difference for move in moves if move.difference is not None]
    if not found:
        return f"Of {count(len(moves), noun, plural)} none can be compared in the worlds drawn."
    n_out = sum(move.stands_out for move in moves)
    n_seeming = sum(difference.excludes_zero for difference in found)
    some = "none stands out" if n_out == 0 else f"{n_out} {'stands' if n_out == 1 else 'stand'} out"
    largest = f" (the largest {_MOST} are shown)" if n_out > _MOST else ""
    seeming = f"the 95 % interval leaves out 0 for {n_seeming or 'none'}"
    return f"Of {count(len(moves), noun, plural)} {some}{largest}; {seeming}."


def write_tornado(
    page: Page,
    rows: Sequence[_Row],
    scale: float,
    heading: str,
    *,
    difference: str = "Points",
    figure: Callable[[Estimate], str] = points_with_interval,
) -> None:
    """Draw the rows of one tornado, all with the same columns and the headings once; bars are shares of a scale."""
    if not rows:
        return
    bars = 2 * _SIDE + 1
    columns = [
        Column("", bars=True, width=bars),
        Column(difference, width=_POINTS),
        Column(heading, width=page.style.width - _INDENT - bars - _POINTS - 2 * GAP),
    ]
    page.blank()
    page.table(columns, [], indent=_INDENT)
    for found, words, path in rows:
        drawn = page.two_sided_bar(found.estimate / scale, _SIDE)
        page.table(columns, [[drawn, figure(found), words]], indent=_INDENT, header=False)
        if path:
            page.paragraph(path, 2 * _INDENT, style="dim")


def _quantity_rows(moves: Sequence[Move], scenario: Scenario) -> list[_Row]:
    names = {format_path(named.path): path_words(named.path, scenario) for named in list_quantities(scenario)}
    rows = []
    for move in [move for move in moves if move.stands_out][:_MOST]:
        if move.difference is None or move.p_low is None or move.p_high is None:  # what stands out has all three
            continue
        low = f"{short_percent(move.p_low)} below {_figure(move.low_below)}"
        high = f"{short_percent(move.p_high)} above {_figure(move.high_above)}"
        rows.append((move.difference, f"{_capital(names[move.path])}: {low}, {high}", move.path))
    return rows


def _coin_rows(coins: Sequence[CoinMove], scenario: Scenario) -> list[_Row]:
    names = Names(scenario)
    rows = []
    for coin in [coin for coin in coins if coin.stands_out][:_MOST]:
        if coin.difference is None or coin.p_bluff is None or coin.p_real is None:  # what stands out has all three
            continue
        shares = f"{short_percent(coin.p_bluff)} a bluff, {short_percent(coin.p_real)} real"
        line = f"{names.red_line(coin.party, coin.red_line)} ({names.party[coin.party]})"
        rows.append((coin.difference, f"{line}: {shares}", ""))
    return rows


def _structure_row(move: StructuralMove) -> _Row:
    return move.difference, f"{short_percent(move.p_zone)} {_ALTERNATIVES[move.assumption, move.alternative]}", ""


def _figure(value: float) -> str:
    """Write a limit with three figures."""
    return number_text(float(f"{value:.3g}"))


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
