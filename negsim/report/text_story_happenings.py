"""What happens between the sessions of one history, as text: what strikes, what it changes, long runs in short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from negsim.errors import format_path
from negsim.report.days import day_words, span_words
from negsim.report.names import Names
from negsim.report.page import Page
from negsim.report.paths import path_words
from negsim.report.phrases import option_title
from negsim.report.talks_names import TalksNames
from negsim.report.words import count
from negsim.scenario.inventory import list_quantities
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined, number_text
from negsim.talks.story import Change, Happening

__all__ = ["HappeningTeller"]

_LONG_RUN = 3
"""An event on more days than these in a row of happenings is told once for all of them."""


class HappeningTeller:
    """Tells what happens between two sessions."""

    def __init__(self, page: Page, scenario: Scenario) -> None:
        self._page, self._scenario = page, scenario
        self._names, self._parties = TalksNames(scenario), Names(scenario).within
        # Looked up, since the name of a level may hold a full stop of its own.
        self._paths = {format_path(named.path): named.path for named in list_quantities(scenario)}

    def tell(self, run: Sequence[Happening]) -> None:
        """Tell a run of happenings in order, those of an event that is in it often where it first comes."""
        often = {
            key: same
            for key in dict.fromkeys((one.kind, one.id) for one in run)
            if len(same := [one for one in run if (one.kind, one.id) == key]) > _LONG_RUN
        }
        for one in run:
            together = often.get((one.kind, one.id))
            if together is None:
                self._page.item(f"{day_words(one.day)}: {self._single(one)}")
            elif one is together[0]:
                self._page.item(self._together(together))

    def _together(self, same: Sequence[Happening]) -> str:
        """Say how often an event happens, between which days, and what it changes in all."""
        times = count(sum(one.times for one in same), "time")
        first, last = same[0].day, same[-1].day
        changes = self._changes(_added_up(same))
        return f"{self._what(same[0])} {times} {span_words(first, last)}{changes}."

    def _single(self, one: Happening) -> str:
        times = f", {count(one.times, 'time')}" if one.times > 1 else ""
        return f"{self._what(one)}{times}{self._told(one)}{self._changes(one.changes)}."

    def _what(self, one: Happening) -> str:
        match one.kind:
            case "answer":
                return f"in answer, {self._names.event(one.id)}"
            case "partial_agreement":
                return f"agreed early, {self._names.partial(one.id)}"
            case "counsel":
                return self._counsel(one.id)
            case "deadline_put_off":
                return "the deadline is put off"
            case "what_if":
                return f"from here on, {self._names.what_if(one.id)}"
            case _:
                return self._names.event(one.id)

    def _told(self, one: Happening) -> str:
        """Say what a kind of happening has to tell beyond its name."""
        if one.kind == "partial_agreement":
            return self._terms(one.id)
        if one.kind == "event" and one.word:
            return f", won by {self._parties.get(one.word, one.word)}"
        return f": {one.word}" if one.word else ""

    def _counsel(self, identity: str) -> str:
        talks = self._scenario.talks
        for one in talks.counsel if talks else ():
            if one.id == identity:
                line = path_words((*one.line, "real"), self._scenario).removeprefix("the probability of being real of ")
                return f"{self._parties[one.mediator]} tells {self._parties[one.hears]} of {line}"
        return f"counsel {identity}"

    def _terms(self, identity: str) -> str:
        talks = self._scenario.talks
        for one in talks.partial_agreements if talks else ():
            if one.id == identity:
                issue = next(issue for issue in self._scenario.issues if issue.id == one.issue)
                return f": “{issue.title}” becomes “{option_title(issue, one.to)}”"
        return ""

    def _changes(self, changes: Sequence[Change]) -> str:
        said = [*self._changed(changes)]
        return f"; {joined(said)}" if said else ""

    def _changed(self, changes: Sequence[Change]) -> Iterator[str]:
        for change in changes:
            path = self._paths.get(change.path, tuple(change.path.split(".")))
            before, after = (number_text(float(f"{value:.3g}")) for value in (change.before, change.after))
            if before != after:
                yield f"{path_words(path, self._scenario)} from {before} to {after}"


def _added_up(same: Sequence[Happening]) -> tuple[Change, ...]:
    """Give each quantity before the first happening and after the last."""
    changes = [change for one in same for change in one.changes]
    first = {change.path: change.before for change in reversed(changes)}
    last = {change.path: change.after for change in changes}
    return tuple(Change(path, first[path], after) for path, after in last.items())
