"""A second, plainer way to the points of a game: from the text of its file, with fractions, as a student adds them up."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from negsim.scenario.reader import read_document

Document = dict[str, Any]


def document_of(text: str) -> Document:
    return read_document(text, "game").tree


def levels_of(issue: Document) -> list[Fraction]:
    low, high = map(Fraction, str(issue["scale"]).split(".."))
    step = Fraction(str(issue["step"]))
    return [low + k * step for k in range(int((high - low) / step) + 1)]


def points_on_the_sheet(party: Document, issue_id: str, issue: Document, option: str) -> Fraction:
    """What one option is worth: weight times value by 100, straight lines between the levels of a scale that are valued.

    What stands in the file with six decimals is a whole number of points.
    """
    weight = party.get("priorities", {}).get(issue_id, 0)
    if not weight:
        return Fraction(0)
    values = party["values"][issue_id]
    if option in values or issue["kind"] != "numeric":
        return whole(weight, values[option])
    at = Fraction(option)
    points = {Fraction(level): whole(weight, value) for level, value in values.items() if level != "irrelevant"}
    demand = party.get("demands", {}).get(issue_id)
    points |= {level: Fraction(weight) for level in meeting(demand, issue) if level not in points}
    if at in points:
        return points[at]
    low = max(level for level in points if level < at)
    high = min(level for level in points if level > at)
    return points[low] + (at - low) / (high - low) * (points[high] - points[low])


def whole(weight: int, value: float) -> Fraction:
    """Give whole points; a value that makes none is no value of a game."""
    exact = Fraction(str(value)) * weight / 100
    nearest = Fraction(round(exact))
    return nearest if abs(exact - nearest) < Fraction(1, 10**6) else exact


def meeting(demand: Any, issue: Document) -> list[Fraction]:
    """Which levels meet a demand; none where all do."""
    levels = levels_of(issue)
    match demand:
        case None | "any":
            return []
        case {"at_least": low}:
            found = [level for level in levels if level >= Fraction(str(low))]
        case {"at_most": high}:
            found = [level for level in levels if level <= Fraction(str(high))]
        case {"between": ends}:
            low, high = map(Fraction, ends.split(".."))
            found = [level for level in levels if low <= level <= high]
        case {"one_of": some}:
            found = [Fraction(str(level)) for level in some]
        case level:
            found = [Fraction(str(level))]
    return found if len(found) < len(levels) else []
