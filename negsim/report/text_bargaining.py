"""What a scenario says of how its parties bargain, as text."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.report.names import Names
from negsim.report.page import Page
from negsim.report.paths import figure_words
from negsim.report.provenance import origin_of
from negsim.report.words import count
from negsim.scenario.bargaining import Protocol, Tactic
from negsim.scenario.quantities import NOTHING
from negsim.scenario.types import Party, Role, Scenario
from negsim.scenario.words import joined

__all__ = ["party_words", "protocol_words", "write_bargaining"]

_KINDS = {
    "alternating_offers": "Offers are made in turn",
    "stacked_alternating_offers": "Each in turn takes the offer on the table or makes another",
    "monotonic_concession": "All make offers at once and then give way or stand",
    "single_text": "A mediator puts one text to all and changes it",
    "take_it_or_leave_it": "One offer is made, to be taken or left",
}
_OFFERS = {
    "frontier": "at its aspiration a party offers what it believes best for the others",
    "own_rank": "at its aspiration a party offers what is worth least to itself",
}


def write_bargaining(page: Page, scenario: Scenario) -> None:
    """Say in what order the parties talk, by what tactic each bargains and when it leaves; nothing without any."""
    bargaining = [party for party in scenario.parties if party.tactic is not None or party.walks_out_below is not None]
    if scenario.protocol is None and not bargaining:
        return
    page.heading("Bargaining")
    if scenario.protocol is not None:
        if scenario.protocol.about:
            page.paragraph(scenario.protocol.about)
        page.paragraph(protocol_words(scenario.protocol, scenario))
    for party in bargaining:
        for line in _party(party, scenario):
            page.item(line)


def protocol_words(protocol: Protocol, scenario: Scenario) -> str:
    """Say in what order the parties talk, for how long, what they offer and learn, and whether talks break down."""
    return " ".join(_protocol(protocol, scenario))


def _protocol(protocol: Protocol, scenario: Scenario) -> Iterator[str]:
    names = Names(scenario).within
    order = protocol.order or [party.id for party in scenario.parties if party.role is Role.SIGNATORY]
    rounds = f"{count(protocol.rounds, 'round')} a session, {count(protocol.sessions, 'session')}"
    yield f"{_KINDS[protocol.kind]}; {_OFFERS[protocol.offers]}."
    yield f"At most {rounds}; they speak in the order {joined([names[party] for party in order])}."
    yield f"Beliefs about the others are {'learned' if protocol.beliefs == 'learned' else 'never changed'}."
    if protocol.breakdown != NOTHING:
        chance = f"{figure_words(protocol.breakdown, scenario)}{origin_of(('protocol', 'breakdown'), scenario)}"
        yield f"After a round without agreement talks break down with a probability of {chance}."


def party_words(party: Party, scenario: Scenario) -> Iterator[str]:
    """Say by what tactic a signatory bargains, stated or not, and when it leaves."""
    if party.tactic is None:
        yield f"{party.title} concedes evenly, for want of a tactic of its own."
    yield from _party(party, scenario)


def _party(party: Party, scenario: Scenario) -> Iterator[str]:
    if party.tactic is not None:
        yield f"{party.title} bargains by the tactic {_tactic(party.tactic, party, scenario)}."
    if party.walks_out_below is not None:
        belief = figure_words(party.walks_out_below, scenario)
        of = origin_of((*party.path, "walks_out_below"), scenario)
        yield f"{party.title} leaves after a session if it believes less than {belief}{of} that another is in earnest."


def _tactic(tactic: Tactic, party: Party, scenario: Scenario) -> str:
    """Say the name of a tactic and its parameters, each with its origin if that is one of its own."""
    root = (*party.path, "tactic")
    whole = origin_of(root, scenario)
    said = []
    for name, quantity in tactic.parameters:
        of = origin_of((*root, tactic.name, name), scenario)
        said.append(f"{name.replace('_', ' ')} {figure_words(quantity, scenario)}{of if of != whole else ''}")
    return f"{tactic.name.replace('_', ' ')}{': ' if said else ''}{', '.join(said)}{whole}"
