"""The deals of a class as text: who got what, what was left on the table, and which rows could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from negsim.report.page import Column, Page
from negsim.report.words import count
from negsim.teaching.forms import BadRow
from negsim.teaching.grading import Graded, Grading

__all__ = ["bad_row_text", "write_grade"]


def write_grade(page: Page, grading: Grading, version: str, *, names: bool = False) -> None:
    """Write the results of a class, and what they mean; with the other columns of the forms, if asked."""
    page.headline(_headline(grading))
    page.paragraph(f"{grading.scenario.title}. negsim {version}, game of seed {grading.seed}.")
    if grading.rows:
        _write_groups(page, grading)
        if names:
            _write_names(page, grading)
        _write_roles(page, grading)
        _write_notes(page, grading, left_out=() if names else grading.dropped)
    if grading.bad:
        page.heading("Rows that cannot be read")
        for row in grading.bad:
            page.item(bad_row_text(row))


def bad_row_text(row: BadRow) -> str:
    """Name a row that cannot be read, and say what is wrong with it.

    >>> bad_row_text(BadRow(3, "G2", "price", "90 marks", "it must be a number from 0 to 50"))
    "line 3, column price, '90 marks': it must be a number from 0 to 50"
    """
    where = ", ".join((f"line {row.line}", *([f"column {row.column}"] if row.column else [])))
    return f"{where}, {row.value!r}: {row.message}" if row.value else f"{where}: {row.message}"


def _headline(grading: Grading) -> str:
    n = len(grading.rows)
    if not n:
        return "No form could be read."
    agreed = f"{grading.n_agreed} of {count(n, 'group')} agreed"
    return f"{agreed}, {grading.n_on_frontier} on the frontier."


def _write_groups(page: Page, grading: Grading) -> None:
    roles = [one.party for one in grading.roles]
    titles = {party.id: party.title for party in grading.scenario.parties}
    page.heading("Points, and rank in that role")
    columns = [Column("Group"), *(Column(titles[role], figures=True) for role in roles)]
    columns += [Column("Joint", figures=True), Column("Efficiency", figures=True), Column("To frontier", figures=True)]
    page.table(columns, [_row(row, roles) for row in grading.rows])
    for row in grading.rows:
        for text in _remarks(row, titles):
            page.item(f"{row.form.group}: {text}")


def _write_names(page: Page, grading: Grading) -> None:
    for row in grading.rows:
        told = "; ".join(f"{column}: {value}" for column, value in row.form.others if value)
        if told:
            page.item(f"{row.form.group}: {told}")


def _row(row: Graded, roles: list[str]) -> list[str]:
    cells = [f"{_points(row.scores[role].points)} ({row.ranks[role]})" for role in roles]
    efficiency = "–" if row.efficiency is None else f"{100 * row.efficiency:.0f} %"
    if row.options is None:
        return [f"{row.form.group}, no deal", *cells, _points(row.joint), efficiency, "–"]
    far = "–" if row.distance is None else "on it" if row.on_frontier else _points(row.distance)
    return [row.form.group, *cells, _points(row.joint), efficiency, far]


def _points(points: float | None) -> str:
    return "–" if points is None else f"{round(points, 1) + 0.0:g}"


def _remarks(row: Graded, titles: dict[str, str]) -> Iterator[str]:
    for party in row.refusing:
        one = row.scores[party]
        if one.below:
            yield f"{titles[party]} signed {_points(-(one.gain or 0.0))} points below its walk-away value"
        if one.crossed:
            yield f"{titles[party]} crossed a real red line of its own ({', '.join(one.crossed)})"
    if row.refused_at_home:
        yield f"rejected at home by {', '.join(row.refused_at_home)}"
    if row.withheld:
        yield f"without the consent of {', '.join(titles[party] for party in row.withheld)}"


def _write_roles(page: Page, grading: Grading) -> None:
    titles = {party.id: party.title for party in grading.scenario.parties}
    page.heading("Each role over all groups")
    columns = [
        Column("Role"),
        *(Column(name, figures=True) for name in ("Walk-away", "Mean", "Least", "Most", "Spread")),
    ]
    figures = [(one.walk_away, one.mean, one.least, one.most, one.spread) for one in grading.roles]
    rows = zip(grading.roles, figures, strict=True)
    page.table(columns, [[titles[one.party], *map(_points, line)] for one, line in rows])


def _write_notes(page: Page, grading: Grading, left_out: Sequence[str]) -> None:
    page.blank()
    analysis = grading.analysis
    who = "enough parties accept" if analysis.by_quorum else "all accept"
    if analysis.has_zone is None:
        page.paragraph(f"There are too many deals to say which ones {who} and what is on the frontier.")
    elif not analysis.has_zone:
        page.paragraph(f"In this game there is no deal that {who}: no deal was the right answer.")
    page.paragraph(
        "Joint: the points of those who sign, added up. Efficiency: what they gain together over walking away, as a "
        f"share of the most that a deal that {who} gives them; – for a deal that is none of these, and where there is "
        "nothing to gain. Both add up points of different parties. To frontier: points to the nearest deal that "
        f"{who} and that is better for one of them and worse for none; “on it” where there is none, and {who} the deal "
        "itself. Without a deal everybody has its walk-away value."
    )
    if left_out:
        page.paragraph(f"Left out: {', '.join(left_out)}. --names keeps them.")
