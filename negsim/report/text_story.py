"""One history of talks as text: what is true in its world, then day by day what strikes, who meets, how it ends."""

from __future__ import annotations

from negsim.report.days import day_words
from negsim.report.names import Names
from negsim.report.page import Page
from negsim.report.phrases import trace_settings_line
from negsim.report.stops import STOPS
from negsim.report.talks_names import TalksNames
from negsim.report.text_story_happenings import HappeningTeller
from negsim.report.text_talks import END_MEANINGS
from negsim.report.text_trace import ONE_WORLD, start_words, write_end
from negsim.report.text_trace_steps import NOTHING_TO_OFFER, Teller
from negsim.report.words import points
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined, number_text
from negsim.talks.story import Happening, Meeting, Story

__all__ = ["story_headline", "write_story"]


def write_story(page: Page, story: Story, scenario: Scenario, sampler: str, version: str) -> None:
    """Put the history of one world on a page."""
    names = Names(scenario)
    page.headline(story_headline(story, scenario))
    page.paragraph(f"{ONE_WORLD} {_weight(story)}".rstrip())
    page.blank()
    page.paragraph(scenario.title)
    page.heading("What is true in this world at the start")
    for start in story.starts:
        page.item(start_words(start, names))
    page.heading("What happens")
    _Teller(page, story, scenario).tell()
    name, meaning = STOPS[story.stop]
    write_end(page, f"{name}{_by(story)}: {END_MEANINGS.get(story.stop, meaning)}.", story, scenario)
    page.blank()
    page.paragraph(trace_settings_line(story, sampler, version))


def story_headline(story: Story, scenario: Scenario) -> str:
    """Say how and when the talks of the world end."""
    who = joined([Names(scenario).within[start.party] for start in story.starts])
    if story.stop == "agreed":
        return f"World {story.world:,}: {who} agree on {day_words(story.day)}."
    name, meaning = STOPS[story.stop]
    found = f"World {story.world:,}: {who} do not agree. {name}{_by(story)}: {END_MEANINGS.get(story.stop, meaning)}."
    if story.stop in ("deadline", "no_zone", "not_held"):
        return found
    return f"{found} {'Some deal was' if story.had_zone else 'No deal was ever'} possible in this world."


def _by(story: Story) -> str:
    """Say when talks end; that there was nothing to agree on, or no session, holds of all days up to that one."""
    return f"{', by' if story.stop in ('no_zone', 'not_held') else ' on'} {day_words(story.day)}"


def _weight(story: Story) -> str:
    """Say how well the world fits what was seen."""
    if story.weight == 1:
        return ""
    if story.weight == 0:
        return "It does not fit what was seen at all: it counts for nothing in the figures over many worlds."
    times = number_text(float(f"{story.weight:.2g}"))
    return f"It fits what was seen {times} times as well as worlds do on average, and counts by that."


class _Teller:
    """Tells entry by entry; happenings are gathered up to the next session, and told together."""

    def __init__(self, page: Page, story: Story, scenario: Scenario) -> None:
        self._page, self._story, self._scenario = page, story, scenario
        self._steps = Teller(page, scenario, story.starts, story.kind)
        self._between = HappeningTeller(page, scenario)
        self._names, self._parties = TalksNames(scenario), Names(scenario).within
        self._partial_only = {one.id for one in scenario.talks.sessions if one.agenda} if scenario.talks else set()

    def tell(self) -> None:
        run: list[Happening] = []
        passed = self._story.now <= self._story.start
        for entry in self._story.entries:
            if not passed and entry.day > self._story.now:
                self._close(run)
                self._tell_now()
                passed = True
            if isinstance(entry, Happening):
                run.append(entry)
            else:
                self._close(run)
                self._tell_meeting(entry)
        self._close(run)

    def _close(self, run: list[Happening]) -> None:
        """Tell what happened up to here."""
        if run:
            self._page.blank()
            self._between.tell(run)
            run.clear()

    def _tell_now(self) -> None:
        self._page.blank()
        self._page.paragraph(f"── now, {day_words(self._story.now)}: nothing after it was seen ──", style="cyan")

    def _tell_meeting(self, met: Meeting) -> None:
        self._page.blank()
        self._page.paragraph(f"{day_words(met.day)}: {self._title(met)}", style="bold")
        self._page.paragraph(" ".join(self._standing(met)))
        self._steps.open_meeting()
        if met.mismatch:
            self._page.paragraph("Its sides talk past each other, so that nothing moves.")
        elif not met.steps:
            partial = met.id in self._partial_only
            self._page.paragraph("Only partial agreements are on its agenda." if partial else NOTHING_TO_OFFER)
        for step in met.steps:
            self._steps.tell(step)
        for learned in met.learned:
            self._steps.tell_learned(learned)
        if met.ended:
            self._page.paragraph(f"Talks end here: {STOPS[met.ended][0].lower()}.")

    def _title(self, met: Meeting) -> str:
        name = self._names.session(met.id, met.number, met.venue)
        form = ", ".join(
            word for word in (met.format, f"track “{self._names.track(met.track)}”" if met.track else "") if word
        )
        return f"{name[:1].upper()}{name[1:]}{f' ({form})' if form else ''}"

    def _standing(self, met: Meeting) -> list[str]:
        """Say who speaks, what no deal is worth to each on that day, and whether there is anything to agree on."""
        who = self._names.delegations(met.delegations)
        worth = joined([f"{points(value)} points to {self._parties[party]}" for party, value in met.no_deal])
        several = sum(bool(envoy) for _, envoy in met.delegations) > 1
        said = [f"{who} {'speak' if several else 'speaks'}."] if who else []
        zone = f"there is {'a' if met.has_zone else 'no'} deal that suits all who must agree"
        said.append(f"No deal is worth {worth}; {zone}." if worth else f"{zone[0].upper()}{zone[1:]}.")
        if met.observed:
            said.append("It was seen to end without agreement.")
        return said
