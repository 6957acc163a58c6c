"""One history of the calendar: what is written down, day by day, while it takes its course."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena
from negsim.bargaining.stops import Stop
from negsim.bargaining.talk import Turn
from negsim.bargaining.told import Learned, Options, Refusal, Start, Step
from negsim.bargaining.writer import Writer, starts_of
from negsim.errors import Path, UsageError, format_path
from negsim.model.outcomes import spell
from negsim.model.sampling import BLOCK
from negsim.model.values import UNITS_PER_POINT
from negsim.scenario.types import Scenario
from negsim.talks.calendar import run_calendar
from negsim.talks.course import Course, Word, begin_course
from negsim.talks.found import found_of
from negsim.talks.sessions import seat_session
from negsim.talks.setting import Setting, make_setting
from negsim.talks.standing import Standing, stand_on
from negsim.talks.story import Change, Happening, Meeting, Story
from negsim.zone.analysis import check_request

__all__ = ["tell_story"]

Count = NDArray[np.intp]


def tell_story(scenario: Scenario, *, world: int = 0, seed: int = 0, sampler: str = "lhs", what_if: str = "") -> Story:
    """Tell the calendar of one world, the very one of that world in `hold_talks`.

    Parameters
    ----------
    scenario : Scenario
    world : int
        Counted from 0.
    seed, sampler
        As for `hold_talks`.
    what_if : str, optional
        The what-if under which it is told.

    Returns
    -------
    Story

    Raises
    ------
    UsageError, ScenarioError
        As for `hold_talks`; if the world is below 0.
    """
    check_request(1, None, seed, 1)
    if world < 0:
        raise UsageError(f"worlds are counted from 0; there is none {world}")
    setting = make_setting(scenario, [what_if] if what_if else [], seed, sampler)
    block, place = divmod(world, BLOCK)
    # All worlds of the block, so that the weight is told beside those of others.
    teller = _Teller(setting, place)
    course = begin_course(setting, len(setting.plans) - 1, [(block, BLOCK)], teller)
    teller.begins(course)
    run_calendar(course)
    return teller.story(course, world)


class _Teller:
    """Listens to a course, and writes down what happens in one of its worlds."""

    def __init__(self, setting: Setting, place: int) -> None:
        self._table, self._place = setting.table, place
        self._entries: list[Happening | Meeting] = []
        self._values: dict[Path, float] = {}
        self._offers: dict[int, Options] = {}
        self._writer: Writer | None = None
        self._starts: tuple[Start, ...] = ()
        self._left: tuple[str, ...] = ()
        self._refused: tuple[Refusal, ...] = ()

    def begins(self, course: Course) -> None:
        """Write down what is true before anything happens."""
        if course.plan.meetings:
            standing, here = stand_on(course, 0), self._mark(course)
            arena = seat_session(course, 0, standing, here)
            self._starts = starts_of(self._table, arena.only(self._place), standing.wishes.select(here))

    def looks(self, course: Course, day: int, paths: Iterable[Path]) -> None:
        """Look at quantities that are about to change."""
        self._values = {path: float(course.changing.value(path, day)[self._place]) for path in paths}

    def happened(self, course: Course, day: int, kind: str, name: str, times: Count, word: Word) -> None:
        """Write down what happened, and what it changed."""
        here = int(times[self._place])
        if here:
            now = {path: float(course.changing.value(path, day)[self._place]) for path in self._values}
            changes = tuple(
                Change(format_path(path), before, now[path])
                for path, before in self._values.items()
                if now[path] != before
            )
            self._entries.append(Happening(course.plan.date_of(day), kind, name, here, changes, word(self._place)))
        self._values = {}

    def sits_down(self, course: Course, standing: Standing, arena: Arena) -> None:
        """Take a seat where the world talks."""
        talk, here = course.talk, course.alive[self._place]
        if talk is None or not here:
            return
        live = talk.world == self._place
        truth = standing.in_earnest(course.plan.scenario, self._mark(course))
        beliefs = [belief.of(live) for belief in talk.beliefs]
        arena, settled = arena.only(self._place), self._settled(course)
        self._writer = Writer(self._table, arena, truth, beliefs, self._offers, settled, self._begins(course))

    def _begins(self, course: Course) -> list[int]:
        """Give the first round of each session over a settlement up to the one that is held."""
        last = int(np.flatnonzero(course.held[self._place])[-1])
        rounds = [meeting.n_rounds for meeting in course.plan.meetings[: last + 1]]
        return [sum(rounds[:k]) for k, n in enumerate(rounds) if n]

    def hears(self, turn: Turn) -> None:
        """Hear an offer and the answers to it."""
        where = turn.world == self._place
        if self._writer is not None and np.any(where):
            self._writer.hear(_only(turn, int(np.flatnonzero(where)[0])))

    def learns(self, course: Course) -> None:
        """Write down what was learned in a session."""
        talk = course.talk
        if self._writer is None or talk is None:
            return
        self._writer.learn(None, [belief.of(talk.world == self._place) for belief in talk.beliefs])

    def met(self, course: Course, place: int, standing: Standing) -> None:
        """Write down a session that is over."""
        k, writer = self._place, self._writer
        self._writer = None
        if not course.held[k, place]:
            return
        meeting, mismatch = course.plan.meetings[place], bool(course.mismatch[k, place])
        steps = [] if writer is None or mismatch else writer.steps
        stop = Stop(int(course.stop[k]))
        if writer is not None and stop == Stop.WALK_OUT:
            self._left = writer.leavers()
        if writer is not None and stop == Stop.REJECTED_AT_HOME:
            self._refused = writer.refusals(int(course.deal[k]), at_home=True)
        table = self._table
        self._entries.append(
            Meeting(
                day=course.plan.date_of(meeting.day),
                id=meeting.session.id,
                number=meeting.number,
                venue=meeting.session.venue,
                format=meeting.session.format,
                track=meeting.track,
                delegations=tuple((party, envoy.id) for party, envoy in meeting.envoys if envoy is not None),
                mismatch=mismatch,
                observed=meeting.observed is not None,
                has_zone=bool(course.zone[k, place]),
                no_deal=tuple(
                    (party.id, float(standing.wishes.no_deal[which][k]) / UNITS_PER_POINT)
                    for which, party in zip(table.order, table.parties, strict=True)
                ),
                steps=tuple(step for step in steps if isinstance(step, Step)),
                learned=tuple(step for step in steps if isinstance(step, Learned)),
                ended="" if stop == Stop.OPEN else stop.word,
            )
        )

    def story(self, course: Course, world: int) -> Story:
        """Put the whole history together."""
        k, plan, found = self._place, course.plan, found_of(course)
        log_weight = np.sum(course.log_weight, axis=0)
        weight = np.exp(log_weight - np.max(log_weight)) if np.any(np.isfinite(log_weight)) else np.zeros(BLOCK)
        stop, deal = Stop(int(found.stop[k])), int(course.deal[k])
        return Story(
            world=world,
            seed=self._table.compiled.seed,
            kind=self._table.protocol.kind,
            start=plan.talks.start,
            horizon=plan.talks.horizon,
            now=plan.talks.now,
            weight=float(weight[k] / max(float(np.mean(weight)), 1e-300)),
            starts=self._starts,
            entries=tuple(self._entries),
            stop=stop.word,
            day=plan.date_of(int(course.ended[k])),
            deal=self._spelled(course, deal) if deal >= 0 else (),
            gains=tuple(
                (party, float(course.gain[k, seat])) for seat, party in enumerate(plan.order) if stop == Stop.AGREED
            ),
            had_zone=bool(course.ever[k]),
            left=self._left,
            refused_by=self._refused,
        )

    def _settled(self, course: Course) -> dict[str, str]:
        """Name the options at which issues were settled early."""
        issues, place = course.plan.scenario.issues, self._place
        held = {issue.id: int(course.settled[issue.id][place]) for issue in issues if issue.id in course.settled}
        return {issue.id: issue.options[held[issue.id]] for issue in issues if held.get(issue.id, -1) >= 0}

    def _spelled(self, course: Course, deal: int) -> Options:
        settled = self._settled(course)
        spelled = spell(course.plan.scenario, self._table.choices[deal])
        return tuple((issue, settled.get(issue, option)) for issue, option in spelled)

    def _mark(self, course: Course) -> NDArray[np.bool_]:
        return np.arange(course.n_worlds) == self._place


def _only(turn: Turn, where: int) -> Turn:
    """Give a turn as it was in one world, by its place in the arrays."""
    here = slice(where, where + 1)
    speaker, number = (one if np.ndim(one) == 0 else np.asarray(one)[here] for one in (turn.speaker, turn.round))
    return Turn(
        number,
        speaker,
        turn.world[here],
        turn.deal[here],
        turn.asked[:, here],
        turn.accepted[:, here],
        turn.take[:, here],
        turn.suits[here],
    )
