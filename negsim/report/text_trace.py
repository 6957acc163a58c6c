"""One negotiation as text: what is true in its world, the talks line by line, and how they end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from negsim.bargaining.told import Refusal, Start, Trace
from negsim.report.names import Names
from negsim.report.page import Page
from negsim.report.phrases import trace_settings_line
from negsim.report.stops import STOPS
from negsim.report.text_blocks import terms
from negsim.report.text_trace_steps import refusal_sentence, write_steps
from negsim.report.words import points, signed_points
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined, number_text

__all__ = ["ONE_WORLD", "start_words", "trace_headline", "write_end", "write_trace"]

ONE_WORLD = (
    "One world out of many: one draw of everything the scenario leaves uncertain. It shows how talks may go under these"
    " assumptions; it is no forecast. Points are on each party's own scale and do not compare between parties; in"
    " brackets they are those over no deal."
)


def write_trace(page: Page, trace: Trace, scenario: Scenario, sampler: str, version: str) -> None:
    """Put the talks of one world on a page."""
    names = Names(scenario)
    page.headline(trace_headline(trace, scenario))
    page.paragraph(ONE_WORLD)
    page.blank()
    page.paragraph(scenario.title)
    page.heading("What is true in this world")
    for start in trace.starts:
        page.item(start_words(start, names))
    page.heading("The talks")
    write_steps(page, trace, scenario)
    name, meaning = STOPS[trace.stop]
    write_end(page, f"{name} {_when(trace)}: {meaning}.", trace, scenario)
    page.blank()
    page.paragraph(trace_settings_line(trace, sampler, version))


def trace_headline(trace: Trace, scenario: Scenario) -> str:
    """Say how the talks of the world end."""
    agreed = trace.stop == "agreed" and trace.signed
    who = joined([Names(scenario).within[party] for party in agreed or [start.party for start in trace.starts]])
    last = f"{_when(trace)} of {trace.n_rounds:,}"
    if trace.stop == "agreed":
        return f"World {trace.world:,}: {who} agree {last}."
    name, meaning = STOPS[trace.stop]
    found = f"World {trace.world:,}: {who} do not agree. {name} {last}: {meaning}."
    if trace.stop in ("deadline", "no_zone"):
        return found
    return f"{found} {'Some deal is possible' if trace.has_zone else 'No deal is possible'} in this world."


def _when(trace: Trace) -> str:
    """Say when talks end; who leaves does so after a session."""
    return f"{'after' if trace.stop == 'walk_out' else 'in'} round {trace.round:,}"


def start_words(start: Start, names: Names) -> str:
    """Say what is true of a party: how it bargains, what no deal is worth, which red lines are real."""
    parameters = ", ".join(f"{name.replace('_', ' ')} {number_text(float(f'{v:.3g}'))}" for name, v in start.parameters)
    said = [f"{names.party[start.party]} bargains by the tactic {start.tactic.replace('_', ' ')}"]
    said[0] += f": {parameters}." if parameters else "."
    said.append(f"No deal is worth {points(start.no_deal)} points to it.")
    said += [f"{lines}." for lines in _lines(start, names)]
    if not start.serious:
        said.append("It is not in earnest: it takes nothing.")
    return " ".join(said)


def _lines(start: Start, names: Names) -> Iterator[str]:
    """Say which red lines of a party are real, and which are not."""
    for real, one, several in ((True, "a real red line", "real red lines"), (False, "a bluff", "bluffs")):
        lines = [names.red_line(start.party, line) for line, is_real in start.real if is_real is real]
        if lines:
            yield f"{joined(lines)} {f'is {one}' if len(lines) == 1 else f'are {several}'}"


class _Told(Protocol):
    @property
    def deal(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def gains(self) -> tuple[tuple[str, float], ...]: ...
    @property
    def left(self) -> tuple[str, ...]: ...
    @property
    def refused_by(self) -> tuple[Refusal, ...]: ...


def write_end(page: Page, said: str, told: _Told, scenario: Scenario) -> None:
    """Say how talks end, on what, and what it gives each."""
    names = Names(scenario)
    page.heading("The end")
    page.paragraph(said)
    if told.left:
        leaves = "leaves" if len(told.left) == 1 else "leave"
        page.paragraph(f"{joined([names.party[party] for party in told.left])} {leaves}.")
    for refusal in told.refused_by:
        page.paragraph(f"{refusal_sentence(refusal, names)}.")
    if told.deal:
        page.pairs(terms(told.deal, (), scenario))
    if told.gains:
        gains = joined([f"{names.within[party]} {signed_points(gain)} points" for party, gain in told.gains])
        page.paragraph(f"Over no deal: {gains}.")
