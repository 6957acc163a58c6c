"""A frontier as text: its points in one world, or what two parties can both attain over many."""

from __future__ import annotations

from negsim.report.names import Names
from negsim.report.page import Column, Page
from negsim.report.phrases import option_title
from negsim.report.words import count, evenly, percent_with_interval, points, signed_points, spread_alone
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined, number_text
from negsim.zone.frontiers_result import (
    Attainable,
    AttainableLevel,
    Frontier,
    FrontierPoint,
    SolutionChoice,
    SolutionPoint,
    WorldFrontier,
)

__all__ = ["write_frontier"]

_MOST_SHOWN = 12
_LEVEL, _SHARE, _NARROWEST = 10, 21, 12


def write_frontier(page: Page, frontier: Frontier, scenario: Scenario) -> None:
    """Put a frontier on a page."""
    names = Names(scenario)
    if isinstance(frontier.found, WorldFrontier):
        _write_world(page, frontier.found, frontier.parties, names, scenario)
    else:
        _write_attainable(page, frontier.found, frontier.parties, names)


def _write_world(page: Page, found: WorldFrontier, parties: tuple[str, ...], names: Names, scenario: Scenario) -> None:
    """Say the first point in full and the next ones as differences from it."""
    page.heading(f"The frontier of {joined([names.party[party] for party in parties])} in world {found.world:,}")
    page.paragraph(
        "The efficient points: of the outcomes that cross no real red line of theirs in this world, those at which none"
        " of them can gain without another's loss, whatever the other parties say. Points are on each party's own scale"
        " of 0 to 100 and do not compare between parties; in brackets what they are over no deal."
    )
    page.blank()
    page.pairs(_circumstances(found, parties, names))
    page.blank()
    if not found.points:
        page.paragraph("Every outcome crosses a real red line of theirs here, so that no point is left.")
        return
    first = found.points[0]
    for number in _shown(found):
        point = found.points[number - 1]
        page.item(_point(point, number, found, parties, names), f"{number}.")
        if number > 1:
            page.paragraph("As point 1, but", 5)
        before = () if number == 1 else first.options
        page.pairs(_terms(point, before, scenario), indent=5)
    _write_left_out(page, found)


def _circumstances(found: WorldFrontier, parties: tuple[str, ...], names: Names) -> list[tuple[str, str]]:
    """Say what holds in the world: no-deal values, red lines, the zone and what solutions choose in it."""
    no_deal = [f"{names.party[party]} {points(value)}" for party, value in found.no_deal]
    said = [
        ("No deal is worth", f"{joined(no_deal)} points"),
        ("Real red lines", _lines(found, names, real=True)),
        ("Bluffs", _lines(found, names, real=False)),
        ("Zone", _zone(found)),
        *((solution.title, _choice(solution, parties, names)) for solution in found.solutions),
    ]
    compared = [solution.title for solution in found.solutions if solution.compares_points]
    if compared:
        said.append(("", f"{joined(compared)}: compares points between parties, which values do not warrant."))
    return [(name, text) for name, text in said if text]


def _zone(found: WorldFrontier) -> str:
    if found.has_zone is None:
        return "not known: too many combinations of issues are efficient for all who must agree"
    return "some outcome is in it" if found.has_zone else "none in this world"


def _lines(found: WorldFrontier, names: Names, *, real: bool) -> str:
    """List the red lines that are real, or bluffs, by party."""
    held: dict[str, list[str]] = {}
    for line in found.lines:
        if line.real == real:
            held.setdefault(line.party, []).append(names.red_line(line.party, line.red_line))
    return "; ".join(f"{names.party[party]}: {', '.join(lines)}" for party, lines in held.items())


def _choice(solution: SolutionChoice, parties: tuple[str, ...], names: Names) -> str:
    """Say which points a solution chooses, or, where these are not on the frontier, what signatories gain."""
    return "; or ".join(_chosen(point, parties, names) for point in solution.points)


def _chosen(point: SolutionPoint, parties: tuple[str, ...], names: Names) -> str:
    if point.number is not None:
        return f"point {point.number:,}"
    gains = joined([f"{names.party[party]} {signed_points(value)}" for party, value in point.gains])
    # Where a party of the frontier does not sign, a solution does not settle what it gains.
    all_sign = set(parties) <= {party for party, _ in point.gains}
    return f"{gains} over no deal{', at none of these points' if all_sign else ''}"


def _shown(found: WorldFrontier) -> list[int]:
    """Choose points to show, by number: those that solutions choose, and others evenly spread."""
    numbers = range(1, len(found.points) + 1)
    chosen = [number for number in numbers if found.chosen_by(number)][: _MOST_SHOWN - 1]
    others = [number for number in numbers if number not in chosen]
    return sorted({*chosen, *evenly(others, _MOST_SHOWN - len(chosen)), 1})


def _point(point: FrontierPoint, number: int, found: WorldFrontier, parties: tuple[str, ...], names: Names) -> str:
    worth = [
        f"{names.party[party]} {points(utility)} ({signed_points(gain)})"
        for party, utility, gain in zip(parties, point.utility, point.gain, strict=True)
    ]
    said = [f"{joined(worth)}."]
    if point.in_zone is not None:
        said.append("In the zone." if point.in_zone else "Not in the zone.")
    chosen_by = [solution.title for solution in found.chosen_by(number)]
    if chosen_by:
        said.append(f"Chosen by {joined(chosen_by)}.")
    if point.n_outcomes > 1:
        said.append(f"One of {count(point.n_outcomes, 'outcome')} with these utilities:")
    return " ".join(said)


def _terms(point: FrontierPoint, before: tuple[tuple[str, str], ...], scenario: Scenario) -> list[tuple[str, str]]:
    """Give the terms of an outcome that are not among those of another."""
    return [
        (issue.title, option_title(issue, option))
        for issue, (_, option) in zip(scenario.issues, point.options, strict=True)
        if (issue.id, option) not in before
    ]


def _write_left_out(page: Page, found: WorldFrontier) -> None:
    n_shown = len(_shown(found))
    if n_shown == found.n_points:
        return
    where = "--format json has all, --rows frontier too"
    if len(found.points) < found.n_points:
        where = f"--format json has {len(found.points):,}, --rows frontier too"
    page.blank()
    page.paragraph(f"({n_shown} of {count(found.n_points, 'point')}; {where}.)")


def _write_attainable(page: Page, found: Attainable, parties: tuple[str, ...], names: Names) -> None:
    first, second = (names.party[party] for party in parties)
    page.heading(f"What {first} and {second} can both attain")
    page.paragraph(
        f"In the first {count(found.n_worlds, 'world')}, among the outcomes that cross no real red line of either,"
        f" whatever the other parties say: if {first} is to gain so many points over no deal, in how many worlds that"
        f" can be had; the most that {second} can gain over no deal in these, in points: the median, and in brackets"
        " the middle 80 %; and in how many of all worlds that is 0 or more, so that both accept. Points do not compare"
        " between parties."
    )
    width = max(_NARROWEST, page.style.width - _LEVEL - 2 * _SHARE - 3 * 2)
    columns = [
        Column(f"{first} gains at least", width=_LEVEL),
        Column("Can be had in", width=_SHARE),
        Column(f"{second} then gains at most", width=width),
        Column("Both accept in", width=_SHARE),
    ]
    page.blank()
    page.table(columns, [_level(level) for level in found.levels])


def _level(level: AttainableLevel) -> list[str]:
    return [
        number_text(level.at_least),
        percent_with_interval(level.p_reach),
        spread_alone(level.most) if level.most else "",
        percent_with_interval(level.p_both),
    ]
