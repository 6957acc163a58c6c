"""What parties, ratifiers and red lines are called, and the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Mapping

from negsim.scenario.types import Party, Role, Scenario

__all__ = ["Names", "actors_in_order", "line_title", "parties_in_order"]


def parties_in_order(scenario: Scenario) -> tuple[Party, ...]:
    """List the parties as a reader meets them: who has to sign, then who else may be asked."""
    return tuple(sorted(scenario.parties, key=lambda party: party.role is not Role.SIGNATORY))


def actors_in_order(scenario: Scenario) -> tuple[Party, ...]:
    """List the parties as a reader meets them, each followed by those who ratify for it."""
    return tuple(actor for party in parties_in_order(scenario) for actor in (party, *party.ratifiers))


def line_title(actor: Party, red_line: str) -> str:
    """Give the title of a red line, or its id if it has none."""
    return next(held.title or held.id for held in actor.red_lines if held.id == red_line)


class Names:
    """What parties, ratifiers and red lines are called.

    ``party`` has a name for each by id, with that of the party for which a ratifier ratifies ("Parliament, for
    Ukraine"); ``within`` the same for the middle of a sentence ("Parliament (for Ukraine)").
    """

    def __init__(self, scenario: Scenario) -> None:
        titles = {party.id: party.title for party in scenario.parties}
        home = {actor.id: titles[actor.ratifies] for actor in scenario.actors if actor.ratifies}
        short = {actor.id: actor.title for actor in scenario.actors}
        self._lines = {(actor.id, line.id): line for actor in scenario.actors for line in actor.red_lines}
        self.party: Mapping[str, str] = {
            actor: f"{title}, for {home[actor]}" if actor in home else title for actor, title in short.items()
        }
        self.within: Mapping[str, str] = {
            actor: f"{title} (for {home[actor]})" if actor in home else title for actor, title in short.items()
        }

    def of(self, actor: str, thing: str) -> str:
        """Say whose something is: "Russia's red line", "the red line of Parliament (for Ukraine)"."""
        name = self.within[actor]
        return f"the {thing} of {name}" if name != self.party[actor] else f"{name}'s {thing}"

    def red_line(self, party: str, red_line: str) -> str:
        """Quote the title of a red line, or its id if it has none."""
        line = self._lines[party, red_line]
        return f"“{line.title or line.id}”"
