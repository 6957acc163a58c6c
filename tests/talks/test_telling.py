"""One history of the calendar: the very one of that world among all, told as it went."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from negsim.bargaining.stops import Stop
from negsim.bargaining.told import Answer, Learned, Refusal, Step
from negsim.errors import UsageError, format_path
from negsim.model.sampling import BLOCK
from negsim.scenario import Scenario
from negsim.talks import Happening, Meeting, Story, tell_story
from negsim.talks.analysis import talk_in_blocks
from negsim.talks.found import Found
from negsim.talks.setting import Setting, make_setting
from tests.talks.calendars import AT_WAR, calendar_of
from tests.talks.test_against_reference import BATTLES, COUNSEL, OBSERVED, SLOW, WAR

WORLDS = (0, 3, 5, 9, 17, 40)
PAUSE = {"effects": {"quiet": {"path": "talks.events.raids.rate", "set": 0}}}
DEADLINE = {"extensible": {"date": "2026-03-01", "chance": 0.5, "by": 20}}


@cache
def whole() -> Scenario:
    """A calendar with nearly all that can be in one."""
    slow = {"tactic": {"time": {"exponent": "0.5..6"}}}
    hall = OBSERVED["sessions"]["hall"] | {"mismatch": 0.2}
    monthly = OBSERVED["sessions"]["monthly"] | {"mismatch": 0.3}
    sessions = OBSERVED["sessions"] | {"hall": hall, "monthly": monthly}
    talks = OBSERVED | COUNSEL | {"deadline": DEADLINE, "sessions": sessions, "what_if": {"pause": PAUSE}}
    return calendar_of(talks, {"upper": slow, "lower": slow})


@cache
def setting(what_if: str = "") -> Setting:
    return make_setting(whole(), [what_if] if what_if else [], 0, "lhs")


@cache
def found(what_if: str = "") -> Found:
    return talk_in_blocks(setting(what_if), [(0, BLOCK)])[-1]


@cache
def story(world: int, what_if: str = "") -> Story:
    return tell_story(whole(), world=world, what_if=what_if)


def met(told: Story) -> list[Meeting]:
    return [one for one in told.entries if isinstance(one, Meeting)]


def happened(told: Story, *kinds: str) -> list[Happening]:
    return [one for one in told.entries if isinstance(one, Happening) and (not kinds or one.kind in kinds)]


def days(told: Story) -> int:
    return (told.day - told.start).days


@pytest.mark.parametrize("what_if", ["", "pause"])
@pytest.mark.parametrize("world", WORLDS)
def test_the_story_is_that_of_the_world_among_all(world: int, what_if: str) -> None:
    told, among = story(world, what_if), found(what_if)
    assert told.stop == Stop(int(among.stop[world])).word
    assert days(told) == among.ended[world]
    assert told.had_zone == among.ever[world]
    options = [issue.choices[k] for issue, k in zip(whole().issues, among.choice[world], strict=True) if k >= 0]
    assert [option for _, option in told.deal] == options
    gains = among.gain[world][~np.isnan(among.gain[world])]
    assert [gain for _, gain in told.gains] == pytest.approx(gains.tolist())
    table = setting(what_if).table
    assert [party for party, _ in told.gains] in ([], [party.id for party in table.parties])


@pytest.mark.parametrize("what_if", ["", "pause"])
@pytest.mark.parametrize("world", WORLDS)
def test_its_meetings_are_those_that_were_held(world: int, what_if: str) -> None:
    told, among = story(world, what_if), found(what_if)
    held = np.flatnonzero(among.held[world])
    assert len(met(told)) == len(held)
    for one, place in zip(met(told), held.tolist(), strict=True):
        planned = setting(what_if).plans[-1].meetings[place]
        assert (one.id, one.number) == (planned.session.id, planned.number)
        assert (one.day - told.start).days == planned.day
        assert one.mismatch == among.mismatch[world, place]
        assert one.has_zone == among.zone[world, place]
        assert (one.ended == "") == among.went_on[world, place]
        if one.mismatch:
            assert (one.steps, one.learned) == ((), ())


@pytest.mark.parametrize("world", WORLDS)
def test_its_events_are_as_many_as_happened(world: int) -> None:
    told, among = story(world), found()
    talks = whole().talks
    assert talks is not None
    for event, times in zip(talks.events, among.struck[world].tolist(), strict=True):
        assert sum(one.times for one in happened(told, "event", "answer") if one.id == event.id) == times
    day = {one.id: (one.day - told.start).days for one in happened(told, "partial_agreement")}
    assert day.get("exchange", -1) == among.concluded[world, 0]
    assert bool(happened(told, "deadline_put_off")) == among.extended[world]


def test_days_follow_one_another_and_a_partial_agreement_the_session_at_which_it_is_concluded() -> None:
    told = story(3)
    order = [one.day for one in told.entries]
    assert order == sorted(order)
    places = [one.id for one in told.entries]
    assert places.index("exchange") == places.index("fair") + 1


def test_what_a_lasting_change_leaves_is_what_the_next_begins_from() -> None:
    # Of all that changes it, nothing about good faith fades or ends.
    path = "parties.upper.good_faith"
    for world in WORLDS:
        changes = [change for one in happened(story(world)) for change in one.changes if change.path == path]
        assert changes[0].before == pytest.approx(0.8)
        assert [one.before for one in changes[1:]] == pytest.approx([one.after for one in changes[:-1]])


def test_a_change_is_what_the_effect_says() -> None:
    drawn = setting().table.compiled.draws(0, BLOCK).quantity
    for world in WORLDS:
        for one in happened(story(world), "event", "answer"):
            changed = {change.path: change for change in one.changes}
            if one.id == "raids":
                add = drawn["talks", "events", "raids", "effects", "loss", "add"][world]
                loss = changed["parties.lower.no_deal"]
                assert loss.after - loss.before == pytest.approx(one.times * add)
            if one.id == "counter_raids":
                factor = drawn["talks", "events", "counter_raids", "effects", "loss", "multiply"][world]
                loss = changed["parties.upper.no_deal"]
                assert loss.after == pytest.approx(loss.before * factor**one.times)


def test_a_story_begins_with_what_was_drawn_whatever_changes_it_later() -> None:
    drawn = setting().table.compiled.draws(0, BLOCK)
    for world in WORLDS:
        for start in story(world).starts:
            # Given as a number, no deal is held to be worth what rounding could cost a deal less.
            assert start.no_deal == pytest.approx(drawn.quantity["parties", start.party, "no_deal"][world], abs=1e-4)
            assert start.serious == drawn.serious[start.party][world]
            assert dict(start.real) == {
                line: real[world] for (party, line), real in drawn.real.items() if party == start.party
            }


@pytest.mark.parametrize("world", WORLDS)
def test_offers_and_answers_fit(world: int) -> None:
    told = story(world)
    first = sessions = 0
    for one in met(told):
        n_rounds = 0 if one.id == "fair" else 2
        numbers = [step.round for step in one.steps]
        assert numbers == sorted(numbers)
        assert all(first < number <= first + n_rounds for number in numbers)
        for step in one.steps:
            assert step.speaker not in {answer.party for answer in step.answers}
        agreed = [all(answer.accepted for answer in step.answers) for step in one.steps]
        assert not any(agreed[:-1])
        if one.ended == "agreed":
            assert agreed[-1]
            assert one.steps[-1].options == told.deal
            worth = {answer.party: answer.gain for answer in one.steps[-1].answers}
            gains = worth | {one.steps[-1].speaker: one.steps[-1].gain}
            assert gains == pytest.approx(dict(told.gains))
        first += n_rounds
        sessions += n_rounds > 0
        parts: list[Step | Learned] = [*one.steps, *one.learned]
        assert {part.session for part in parts} <= {sessions}


def test_what_was_moved_is_seen_against_the_last_offer_even_of_a_session_before() -> None:
    for world in WORLDS:
        last: dict[str, Any] = {}
        settled: set[str] = set()
        for one in story(world).entries:
            if isinstance(one, Happening) and one.kind == "partial_agreement":
                settled = {"returned"}
            for step in one.steps if isinstance(one, Meeting) else ():
                before = last.get(step.speaker, step.options)
                free = [pair for pair in step.options if not (settled and pair[0] == "cattle")]
                assert step.moved == tuple(pair for pair in free if pair not in before)
                assert settled <= {option for issue, option in step.options if issue == "cattle"}
                last[step.speaker] = step.options


def test_what_is_learned_begins_from_what_was_learned_last() -> None:
    told = next(story(world) for world in WORLDS if len([one for one in met(story(world)) if one.learned]) > 1)
    learned: dict[str, Learned] = {}
    for one in met(told):
        for now in one.learned:
            if (before := learned.get(now.party)) is not None:
                assert now.serious[0] == pytest.approx(before.serious[1])
                assert [old for _, old, _ in now.weights] == pytest.approx([new for _, _, new in before.weights])
            learned[now.party] = now
    assert set(learned) == {"upper", "lower"}


def test_a_weight_is_told_beside_the_mean_of_its_block() -> None:
    weight = np.exp(np.sum(found().seen, axis=1))
    for world in WORLDS:
        assert story(world).weight == pytest.approx(weight[world] / np.mean(weight))


def test_where_nothing_was_seen_all_weigh_the_same_and_where_nothing_fits_nothing() -> None:
    assert tell_story(calendar_of()).weight == 1
    raids = {"rate": 0.1, "from": "2026-01-08"}
    never = {"counted": {"event": "raids", "count": 1, "from": "2026-01-02", "until": "2026-01-06"}}
    assert tell_story(calendar_of({"events": {"raids": raids}, "observed": never})).weight == 0


def test_a_what_if_is_told_on_the_day_after_now() -> None:
    told = story(3, "pause")
    (change,) = happened(told, "what_if")
    assert (change.id, change.day) == ("pause", dt.date(2026, 1, 21))
    (quiet,) = change.changes
    assert (quiet.path, quiet.after) == (format_path(("talks", "events", "raids", "rate")), 0.0)
    later = [one for one in happened(told, "event") if one.id == "raids" and one.day > change.day]
    assert not later
    until = [one for one in story(3).entries if one.day <= told.now]
    assert [one for one in told.entries if one.day <= told.now] == until


def test_counsel_says_what_is_true_where_it_is_believed() -> None:
    words = {"it says that the line is a bluff, and is believed", "it says that the line is real, and is believed"}
    not_believed = "it is not believed, as it would say that the line is real in any case"
    heard = [one for world in WORLDS for one in happened(story(world), "counsel")]
    assert {one.word for one in heard} <= words | {not_believed}
    assert {one.word for one in heard} & words
    for world in WORLDS:
        real = {line: real for start in story(world).starts for line, real in start.real}
        for one in happened(story(world), "counsel"):
            # Nothing changes how firm the spring is.
            if one.id == "early" and one.word != not_believed:
                assert ("real" if real["spring"] else "a bluff") in one.word


def test_a_battle_names_who_won_it() -> None:
    document = calendar_of(BATTLES, {"upper": WAR, "lower": WAR}, **AT_WAR)
    fought = happened(tell_story(document), "event", "answer")
    drawn = {one.word for one in fought if one.id == "battle"}
    assert {"upper", "lower"} <= drawn
    path = "parties.upper.no_deal.war.belief.{}"
    for one in fought:
        changed = {change.path: change.after - change.before for change in one.changes}
        if one.word and one.id == "battle":
            gained = "a" if one.word == "upper" else "b"
            assert changed[path.format(gained)] == pytest.approx(one.times)
        # What is won on average is neither's.
        assert (one.word == "") == (one.id == "clash" or {path.format(name) for name in "ab"} <= set(changed))


def test_who_leaves_is_named() -> None:
    doubting = SLOW | {"walks_out_below": 1, "good_faith": 1}
    told = tell_story(calendar_of(None, {"upper": SLOW, "lower": doubting}))
    assert (told.stop, told.left) == ("walk_out", ("lower",))
    assert met(told)[-1].ended == "walk_out"
    assert told.day == met(told)[-1].day


HOME = {"elders": {"title": "Elders", "red_lines": {"all": {"require": "land >= 9", "firmness": "hard"}}}}


def test_who_refuses_at_home_is_named_with_the_line_that_is_crossed() -> None:
    document = calendar_of(None, {"upper": {"ratifiers": HOME, "good_faith": 1}, "lower": {"good_faith": 1}})
    told = tell_story(document)
    assert told.stop == "rejected_at_home"
    assert told.refused_by == (Refusal("elders", ("all",)),)
    assert told.deal
    assert told.gains == ()


def test_who_is_asked_but_not_at_the_table_may_refuse_an_offer() -> None:
    wardens = {"no_deal": 50, "demands": {"land": 10}, "priorities": {"land": 1}, "consents_to": "land <= 10"}
    told = tell_story(calendar_of(None, {"wardens": wardens, "lower": {"good_faith": 1}, "upper": {"good_faith": 1}}))
    steps = [step for one in met(told) for step in one.steps]
    for step in steps:
        refused = int(dict(step.options)["land"]) < 5
        assert step.refused_by == ((Refusal("wardens", ()),) if refused else ())
    assert {step.suits for step in steps} == {True, False}


def test_a_mediator_speaks_for_nobody() -> None:
    told = tell_story(calendar_of(None, protocol={"kind": "single_text"}))
    steps = [step for one in met(told) for step in one.steps]
    assert {(step.speaker, step.gain) for step in steps} == {("", None)}
    assert all(len(step.answers) == 2 for step in steps)


def test_where_nobody_learns_nothing_is_told_of_it() -> None:
    told = tell_story(calendar_of(None, protocol={"beliefs": "fixed"}), world=4)
    assert met(told)
    assert [one.learned for one in met(told)] == [()] * len(met(told))


def test_who_would_take_nothing_is_short_of_no_number() -> None:
    drawn = make_setting(calendar_of(), [], 0, "lhs").table.compiled.draws(0, BLOCK)
    world = int(np.flatnonzero(~drawn.serious["upper"])[0])
    told = tell_story(calendar_of(), world=world)
    answers: list[Answer] = [
        answer for one in met(told) for step in one.steps for answer in step.answers if answer.party == "upper"
    ]
    assert answers
    assert {(answer.accepted, answer.short, answer.serious) for answer in answers} == {(False, None, False)}


def test_a_world_of_a_later_block_is_told_too() -> None:
    scenario = calendar_of()
    told = tell_story(scenario, world=BLOCK + 2, seed=5, sampler="sobol")
    among = talk_in_blocks(make_setting(scenario, [], 5, "sobol"), [(1, 3)])[0]
    assert (told.world, told.seed, told.stop) == (BLOCK + 2, 5, Stop(int(among.stop[2])).word)
    assert [one.has_zone for one in met(told)] == among.zone[2][among.held[2]].tolist()


def test_a_calendar_without_sessions_just_passes() -> None:
    scenario = calendar_of()
    assert scenario.talks is not None
    told = tell_story(replace(scenario, talks=replace(scenario.talks, sessions=())))
    assert (told.starts, told.entries, told.day) == ((), (), told.horizon)


@pytest.mark.parametrize(("asked", "said"), [({"world": -1}, "counted from 0"), ({"what_if": "x"}, "no what-if 'x'")])
def test_what_there_is_not_is_not_told(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        tell_story(calendar_of(), **asked)


def test_an_offer_is_told_step_by_step_whoever_answers_it() -> None:
    for kind in ("stacked_alternating_offers", "monotonic_concession", "take_it_or_leave_it"):
        told = tell_story(calendar_of(None, protocol={"kind": kind}))
        steps: list[Step] = [step for one in met(told) for step in one.steps]
        assert steps
        assert {step.speaker for step in steps} <= {"upper", "lower"}
