"""The debrief of a match, as text: what it came to, what was left on the table, who bluffed, how others did."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.bargaining.told import Start
from negsim.report.names import Names
from negsim.report.page import Column, Page
from negsim.report.text_play import deal_terms
from negsim.report.text_play_sheet import own_points, points_words
from negsim.report.words import count, exact_percent
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined, number_text
from negsim.teaching.playing.debrief import Alternative, Debrief, LineTruth
from negsim.teaching.playing.match import Match

__all__ = ["ending_sentence", "write_debrief"]

_BAR, _BINS = 30, 8
_SCORE = 9

_STOPS = {
    "deadline": "Time is up: there is no deal.",
    "breakdown": "The talks broke down: there is no deal.",
    "standstill": "Nobody conceded any more, and the talks ended without a deal.",
    "bad_faith": "There is no deal: somebody without whom there is none did not negotiate in earnest.",
    "no_zone": "Time is up: there is no deal. No deal would have suited all who must agree.",
    "red_line": "Time is up: there is no deal. The last offer crossed a red line that was real.",
}


def ending_sentence(found: Debrief, match: Match) -> str:
    """Say how the talks ended."""
    ending, names = found.ending, Names(match.scenario)
    if ending.stop == "agreed":
        return f"There is a deal, in round {ending.round} of {match.n_rounds}."
    if ending.stop == "walk_out":
        if ending.left == (match.party.id,):
            return f"You left the talks in round {ending.round}: there is no deal."
        leaves = "has" if len(ending.left) == 1 else "have"
        return f"{joined([names.party[one] for one in ending.left])} {leaves} left the talks: there is no deal."
    if ending.stop == "rejected_at_home":
        return (
            f"The deal was signed, but {joined([names.party[one] for one in ending.refused_by])} rejected it at home."
        )
    return _STOPS[ending.stop]


def write_debrief(page: Page, found: Debrief, match: Match) -> None:
    """Put on a page all that a match came to."""
    scenario = match.scenario
    page.headline(ending_sentence(found, match))
    if found.ending.deal:
        page.pairs(deal_terms(found.ending.deal, scenario))
    _write_scores(page, found, scenario)
    _write_left(page, found, scenario)
    _write_frontier(page, found, scenario)
    _write_lines(page, found, match)
    _write_others(page, found, match)
    _write_peers(page, found)
    page.blank()
    page.paragraph(
        "Points of different parties are no common measure: compare each with its own walk-away value alone."
    )


def _write_scores(page: Page, found: Debrief, scenario: Scenario) -> None:
    names = Names(scenario)
    page.heading("Scores")
    columns = [
        Column("", width=page.style.width - 4 * (_SCORE + 2) - 4),
        Column("Points", figures=True, width=_SCORE),
        Column("Without a deal", figures=True, width=_SCORE),
        Column("Gain", figures=True, width=_SCORE),
        Column("Most to be had", figures=True, width=_SCORE),
    ]
    rows = []
    for n, score in enumerate(found.scores):
        most = "–" if score.most is None else own_points(score.most)
        name = f"{names.party[score.party]}{' (you)' if n == 0 else ''}"
        gain = own_points(score.gain)
        rows.append([name, own_points(score.points), own_points(score.no_deal), gain, most])
    page.table(columns, rows, indent=2)
    where = "a deal" if found.is_whole else "one of the deals on the table"
    page.paragraph(
        f"The most to be had is what a party could have got at most in {where} that suits all who must agree.", 2
    )


def _write_left(page: Page, found: Debrief, scenario: Scenario) -> None:
    page.heading("What was left on the table")
    mine = found.scores[0]
    page.paragraph(f"{_among(found)} {found.n_zone:,} {'suits' if found.n_zone == 1 else 'suit'} all who must agree.")
    if not found.n_zone:
        page.paragraph(
            "So there was nothing to be left: no deal was the best that anybody could do."
            if found.is_whole
            else "Whether any of the others would have is not known."
        )
        return
    if not found.agreed:
        page.paragraph(f"You end with {points_words(mine.points)}, your walk-away value.")
        if found.best_offered is not None and found.best_offered > mine.no_deal:
            offered = points_words(found.best_offered)
            page.paragraph(f"The best that you were offered in the talks was worth {offered} to you.")
    elif found.efficient:
        page.paragraph(_nothing_left(found))
        return
    elif not found.suits:
        page.paragraph(_unsuited(found, scenario))
    if not found.n_better:
        return
    better = "in which nobody has less and somebody has more"
    least = "" if found.is_whole else "At least "
    page.paragraph(
        f"{least}{count(found.n_better, 'deal')} {'was' if found.n_better == 1 else 'were'} to be had {better}."
    )
    if found.spare:
        spare = f"{least.lower()}{points_words(found.spare)}"
        page.paragraph(f"You alone could have had {spare} more while nobody else had less.")
    for number, one in enumerate(found.better, 1):
        page.item(_gives(one, found, scenario), f"{number}.")
        changed = tuple(pair for pair in one.options if pair not in found.ending.deal)
        page.pairs(deal_terms(changed, scenario), indent=5)
    if found.agreed and found.better:
        page.paragraph("(Only what differs from your deal is shown.)", 5)


def _among(found: Debrief) -> str:
    """Say of which deals it is told what was left: of all, or of those on the table."""
    if found.is_whole:
        return f"Of {count(found.n_deals, 'possible deal')}"
    return f"Of the {count(found.n_looked, 'deal')} that were on the table, out of {found.n_deals:,} possible ones,"


def _nothing_left(found: Debrief) -> str:
    """Say that no deal was better, of those that were looked through."""
    where = "" if found.is_whole else " on the table"
    more = f"Nothing: no deal{where} that suits all who must agree gives somebody more and nobody less."
    return f"{more} The deal is on the frontier." if found.is_whole else f"{more} Among the others there may be one."


def _unsuited(found: Debrief, scenario: Scenario) -> str:
    """Say for whom a deal that was signed is no better than none, as far as points and own red lines tell."""
    names = Names(scenario)
    crossed = {line.party for line in found.lines if line.real and line.crossed}
    losing = [score.party for score in found.scores if score.gain < 0 or score.party in crossed]
    who = ["you" if one == found.scores[0].party else names.within.get(one, one) for one in losing]
    return (
        f"This deal does not suit all who must agree: no deal would have been better for {joined(who) or 'somebody'}."
    )


def _gives(one: Alternative, found: Debrief, scenario: Scenario) -> str:
    names = Names(scenario)
    parts = [
        f"{'you' if n == 0 else names.within[score.party]} {own_points(points)}"
        for n, (score, points) in enumerate(zip(found.scores, one.points, strict=True))
    ]
    return f"Points: {', '.join(parts)}"


def _write_frontier(page: Page, found: Debrief, scenario: Scenario) -> None:
    if not found.frontier:
        return
    names = Names(scenario)
    page.heading("The frontier")
    some = (
        ""
        if found.n_frontier == len(found.frontier)
        else f" {len(found.frontier)} of {found.n_frontier:,}, evenly spread:"
    )
    which = "Deals" if found.is_whole else "Deals on the table"
    page.paragraph(
        f"{which} that suit all who must agree and of which none is better for somebody and no worse for all others, by"
        f" points, from your best on.{some}"
    )
    page.blank()
    scores = found.scores
    width = max(6, min(16, (page.style.width - 8) // len(scores) - 3))
    columns = [
        Column("You" if n == 0 else names.party[score.party], figures=True, width=width)
        for n, score in enumerate(scores)
    ]
    rows = [[own_points(points) for points in one.points] for one in found.frontier]
    page.table([*columns, Column("", width=2)], [[*row, ""] for row in rows], indent=2)
    if found.agreed:
        here = "on the frontier" if found.is_whole else "on the frontier of the deals on the table"
        where = here if found.efficient else "inside the frontier" if found.suits else "no deal that suits all"
        page.paragraph(f"Your deal: {', '.join(own_points(score.points) for score in scores)}, {where}.", 2)


def _write_lines(page: Page, found: Debrief, match: Match) -> None:
    if not found.lines:
        return
    page.heading("Red lines: real or bluff")
    names, me = Names(match.scenario), match.party.id
    for line in found.lines:
        whose = "You" if line.party == me else names.party[line.party]
        page.item(f"{whose}: {names.red_line(line.party, line.line)} was {' and '.join(_truth(line, me))}.")


def _truth(line: LineTruth, me: str) -> Iterator[str]:
    yield "real" if line.real else "a bluff"
    if line.crossed:
        yield "the deal crosses it"
    elif line.invoked and not line.real and line.party != me:
        yield "you were refused with it"


def _write_others(page: Page, found: Debrief, match: Match) -> None:
    page.heading("How the others bargained")
    names = Names(match.scenario)
    for start in found.starts:
        if start.party != match.party.id:
            name, no_deal = names.party[start.party], points_words(start.no_deal)
            page.item(f"{name}: {_tactic(start)}. No deal was worth {no_deal} to it.")


def _tactic(start: Start) -> str:
    parameters = ", ".join(f"{name.replace('_', ' ')} {number_text(float(f'{v:.3g}'))}" for name, v in start.parameters)
    said = f"the tactic {start.tactic.replace('_', ' ')}"
    return f"{said}, {parameters}" if parameters else said


def _write_peers(page: Page, found: Debrief) -> None:
    peers = found.peers
    if peers is None:
        return
    n, mine = peers.n, found.scores[0].gain
    page.heading("Others in your seat")
    below, equal = peers.share_below(mine), peers.share_equal(mine)
    page.paragraph(
        f"{n:,} simulated negotiators took your seat, each with a tactic of its own, against the same parties in the"
        f" same game. {exact_percent(len(peers.deals) / n, 0)} % of them reached a deal."
    )
    middle, high = peers.quantile(0.5), peers.quantile(0.9)
    # Many gain the same, so that half and a tenth would be said of too few.
    up_to, from_on = peers.share_below(middle) + peers.share_equal(middle), 1 - peers.share_below(high)
    page.paragraph(
        f"Over no deal, {exact_percent(up_to, 0)} % gained {own_points(middle)} points or less, and"
        f" {exact_percent(from_on, 0)} % gained {own_points(high)} or more."
    )
    page.paragraph(
        f"You gained {own_points(mine)}: more than {exact_percent(below, 0)} % of them, as much as"
        f" {exact_percent(equal, 0)} %, less than {exact_percent(max(0.0, 1 - below - equal), 0)} %."
    )
    page.blank()
    rows = [("no deal", n - len(peers.deals), not found.agreed)]
    rows += _histogram(peers.deals, mine if found.agreed else None)
    most = max(n_in for _, n_in, _ in rows)
    columns = [
        Column("Gain", width=16),
        Column("", bars=True, width=_BAR),
        Column("Negotiators", figures=True),
        Column("", width=5),
    ]
    cells = [[label, page.bar(n_in / most, _BAR), f"{n_in:,}", "you" if here else ""] for label, n_in, here in rows]
    page.table(columns, cells, indent=2)


def _histogram(gains: tuple[float, ...], mine: float | None) -> Iterator[tuple[str, int, bool]]:
    """Count gains in even bins of whole points that hold all of them, and the person's own if there is a deal."""
    held = gains if mine is None else (*gains, mine)
    if not held:
        return
    first = int(min(held) // 1)
    width = max(1, -(-int(max(held) - first + 1) // _BINS))
    for k in range(int((max(held) - first) // width) + 1):
        start, end = first + k * width, first + (k + 1) * width
        is_here = mine is not None and start <= mine < end
        yield f"{start} to {end}", sum(start <= gain < end for gain in gains), is_here
