"""What every tactic keeps to under every protocol."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import product
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena, Rules, Seat, plain_seat
from negsim.bargaining.chairs import Chair
from negsim.bargaining.play import Ended, play
from negsim.bargaining.protocols import PROTOCOLS
from negsim.bargaining.stops import Stop
from negsim.bargaining.tactics import TACTICS, Moment, Stance, Tactic, find_tactic
from negsim.errors import UsageError
from negsim.scenario import bargaining
from tests.bargaining.recorder import Recorder
from tests.strategies_arenas import PARAMETERS

N_WORLDS, N_DEALS = 48, 16
PAIRS = list(product(PROTOCOLS, TACTICS))

Array = NDArray[np.float64]


def _seat(name: str, tactic: str, n_lines: int, numbers: np.random.Generator) -> Seat:
    # Any no-deal value; in some worlds all deals are acceptable, and in some none is.
    offset = numbers.integers(-70, 90, (N_WORLDS, 1))
    value = numbers.integers(0, 101, (2, N_DEALS)).astype(np.float64)
    crosses = numbers.random((n_lines, N_DEALS)) < 0.3
    real = numbers.random((N_WORLDS, n_lines)) < 0.5
    gain = (value[:1] - 20 + offset) * 100_000
    gain[np.any(real[:, :, None] & crosses[None], axis=1)] = -np.inf
    return Seat(
        name=name,
        gain=gain.astype(np.float32),
        tactic=TACTICS[tactic],
        parameter={p.name: numbers.choice(PARAMETERS[p.name], N_WORLDS) for p in TACTICS[tactic].parameters},
        value=value,
        no_deal=np.array([0.0, 20.0, 40.0]),
        crosses=crosses,
        real=real,
        firmness=np.full(n_lines, 0.5),
        serious=numbers.random(N_WORLDS) < 0.9,
        good_faith=0.9,
        walks_out_below=np.where(numbers.random(N_WORLDS) < 0.2, 0.8, 0.0),
    )


def units_of(points: NDArray[np.int_]) -> NDArray[np.float32]:
    return (points[None] * 100_000).astype(np.float32)


@cache
def table(kind: str, tactic: str, n_seats: int = 2) -> Arena:
    numbers = np.random.default_rng(7)
    tactics = [tactic, "time", tactic][:n_seats]
    uniform = numbers.random((13, 2, N_WORLDS))
    return Arena(
        row=np.arange(N_WORLDS),
        seats=tuple(_seat(f"p{k}", name, k + 1, numbers) for k, name in enumerate(tactics)),
        rules=Rules(kind=kind, rounds=6, sessions=2),
        required=tuple(range(n_seats)),
        quorum=n_seats,
        breaks_down=np.where(numbers.random(N_WORLDS) < 0.1, 3.0, np.inf),
        p_breakdown=0.02,
        drafts=lambda k: uniform[k],
        choices=np.array(list(product(range(4), repeat=2)), np.intp),
    )


@cache
def told(kind: str, tactic: str, n_seats: int = 2) -> tuple[Ended, Recorder]:
    recorder = Recorder(N_WORLDS)
    return play(table(kind, tactic, n_seats), listener=recorder.hear), recorder


def test_the_tables_of_names_are_those_of_the_format() -> None:
    assert tuple(PROTOCOLS) == bargaining.PROTOCOLS
    assert {name: tactic.parameters for name, tactic in TACTICS.items()} == dict(bargaining.TACTIC_PARAMETERS)
    assert all(name == tactic.name and tactic.title for name, tactic in TACTICS.items())


@pytest.mark.parametrize("n_seats", [2, 3])
@pytest.mark.parametrize(("kind", "tactic"), PAIRS)
def test_talks_end_in_every_world_with_a_reason_before_the_deadline(kind: str, tactic: str, n_seats: int) -> None:
    ended, recorder = told(kind, tactic, n_seats)
    assert not np.any(ended.stop == Stop.OPEN)
    assert np.array_equal(ended.deal >= 0, ended.stop == Stop.AGREED)
    assert np.all((ended.round >= 0) & (ended.round < 12))
    for world, events in enumerate(recorder.events):
        assert all(event[0] <= ended.round[world] for event in events)


@pytest.mark.parametrize("n_seats", [2, 3])
@pytest.mark.parametrize(("kind", "tactic"), PAIRS)
def test_what_is_agreed_is_worth_no_less_than_no_deal_to_all_and_crosses_no_real_red_line(
    kind: str, tactic: str, n_seats: int
) -> None:
    ended, arena = told(kind, tactic, n_seats)[0], table(kind, tactic, n_seats)
    for world in np.flatnonzero(ended.stop == Stop.AGREED).tolist():
        deal = ended.deal[world]
        for seat in arena.seats:
            assert seat.gain[world, deal] >= 0
            assert not np.any(seat.real[world] & seat.crosses[:, deal])
            assert seat.serious[world]


@pytest.mark.parametrize("tactic", TACTICS)
def test_a_hair_less_than_no_deal_is_not_taken_whatever_an_offer_may_miss(tactic: str) -> None:
    # Some tactics let a hundredth of a point go; of two deals the one is worth half of that too little to bob.
    gains = (np.array([[10.0, 0.0]]), np.array([[-0.005, 20.0]]))
    parameter = {p.name: np.full(1, {"level": 0.0, "start": 0.9}.get(p.name, 1.0)) for p in TACTICS[tactic].parameters}
    ann = plain_seat("ann", (gains[0] * 100_000).astype(np.float32), TACTICS["holdout"], {"level": np.ones(1)}, 1)
    bob = plain_seat("bob", (gains[1] * 100_000).astype(np.float32), TACTICS[tactic], parameter, 1)
    for kind in ("alternating_offers", "monotonic_concession", "take_it_or_leave_it"):
        arena = Arena(np.zeros(1, np.intp), (ann, bob), Rules(kind, 1), (0, 1), 2, np.full(1, np.inf))
        assert play(arena).stop[0] != Stop.AGREED


def test_where_offers_alternate_tit_for_tat_gives_back_what_it_was_given() -> None:
    coins = np.arange(101)
    ann = plain_seat("ann", units_of(coins), TACTICS["absolute_tit_for_tat"], {"start": np.ones(1)}, 1)
    even = {"exponent": np.ones(1), "start": np.ones(1)}
    bob = plain_seat("bob", units_of(100 - coins), TACTICS["time"], even, 1)
    arena = Arena(np.zeros(1, np.intp), (ann, bob), Rules(rounds=20, learns=False), (0, 1), 2, np.full(1, np.inf))
    recorder = Recorder(1)
    play(arena, listener=recorder.hear)
    asked, offered = ([deal for _, speaker, deal, _, _ in recorder.events[0] if speaker == k] for k in (0, 1))
    # Bob asks for 1 - 2/21, 1 - 4/21 and so on of the coins, and so offers 9, 19, 28, 38, ... of them.
    assert offered == [int(200 * (k + 1) / 21) for k in range(len(offered))]
    # Ann has heard of no concession when she makes her first two offers.
    assert asked == [100, 100, *(100 - (deal - offered[0]) for deal in offered[1:])][: len(asked)]
    assert len(asked) > 4


def test_some_worlds_agree_and_some_do_not_under_every_protocol() -> None:
    # Else the test above might look at nothing.
    for kind in PROTOCOLS:
        agreed = [np.count_nonzero(told(kind, tactic)[0].stop == Stop.AGREED) for tactic in ("time", "zeuthen")]
        assert all(0 < n < N_WORLDS for n in agreed)


@pytest.mark.parametrize(("kind", "tactic"), PAIRS)
def test_nobody_asks_for_less_than_nothing_or_more_than_all(
    kind: str, tactic: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Array] = []
    propose = Chair.propose

    def spy(chair: Chair, ask: Array, where: Any) -> Any:
        asked.append(ask)
        return propose(chair, ask, where)

    monkeypatch.setattr(Chair, "propose", spy)
    for tempers in ([], [0.5, 2.0]):
        play(table(kind, tactic), tempers)
    assert asked or kind == "single_text"
    assert all(np.all((ask >= 0) & (ask <= 1)) for ask in asked)


@pytest.mark.parametrize("tactic", TACTICS)
def test_under_monotonic_concession_nobody_takes_an_offer_back(tactic: str) -> None:
    arena = table("monotonic_concession", tactic)
    arena = replace(arena, rules=replace(arena.rules, learns=False))  # a belief that moves would move menus
    recorder = Recorder(N_WORLDS)
    play(arena, listener=recorder.hear)
    for world, events in enumerate(recorder.events):
        for k, seat in enumerate(arena.seats):
            gains = [seat.gain[world, deal] for _, speaker, deal, _, _ in events if speaker == k]
            assert gains == sorted(gains, reverse=True)


def test_a_tactic_that_no_package_of_ours_has_is_loaded_by_its_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    sly = replace(TACTICS["holdout"], name="wait_and_see")
    asked: list[dict[str, str]] = []

    def entry_points(**query: str) -> list[SimpleNamespace]:
        asked.append(query)
        return [SimpleNamespace(load=lambda: sly, value="theirs:IT")]

    monkeypatch.setattr("negsim.bargaining.tactics.entry_points", entry_points)
    assert find_tactic("holdout") is TACTICS["holdout"]
    assert find_tactic("wait_and_see") is sly
    assert asked == [{"group": "negsim.tactics", "name": "wait_and_see"}]


def theirs(stance: Callable[[Moment], Any], **more: Any) -> Arena:
    """Seat a tactic that is not ours opposite one that takes nothing, over the shares of 100 coins in three worlds."""
    coins, n_worlds = np.arange(101), 3
    tactic = Tactic("theirs", "Theirs", (), stance, **more)
    ann = plain_seat("ann", units_of(coins), tactic, {"own": np.ones(n_worlds)}, n_worlds)
    bob = plain_seat("bob", units_of(100 - coins), TACTICS["stalling"], {"exponent": np.ones(n_worlds)}, n_worlds)
    rules = Rules("stacked_alternating_offers", rounds=4, learns=False)
    return Arena(np.zeros(n_worlds, np.intp), (ann, bob), rules, (0, 1), 2, np.full(n_worlds, np.inf))


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Stance(np.array([0.5, 1.5, 0.5]), np.ones(3)), r"theirs asks for 1\.5, which is no level: one is from 0 to 1"),
        (Stance(np.array([0.5, 0.5, -0.25]), np.ones(3)), r"theirs asks for -0\.25, which is no level"),
        (Stance(np.array([np.nan, 0.5, 0.5]), np.ones(3)), r"theirs asks for nan, which is no level"),
        (Stance(np.ones(3), np.array([0.5, -0.5, 0.5])), r"would take -0\.5, which is no level: one is 0 or more"),
        (Stance(np.ones(3), np.full(3, np.nan)), r"theirs would take nan, which is no level"),
        (Stance(np.ones(2), np.ones(3)), r"asks for an array of shape \(2,\), which is no level for each of 3 worlds"),
        (Stance("half", np.ones(3)), r"theirs asks for 'half', which is no level for each of 3 worlds"),  # type: ignore[arg-type]
        (0.5, r"theirs answers with 0\.5, which is no negsim\.bargaining\.Stance"),
    ],
)
def test_what_a_tactic_of_others_answers_has_to_be_levels(answer: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        play(theirs(lambda _: answer))


def offers_of(arena: Arena, seat: int) -> list[list[int]]:
    recorder = Recorder(arena.n_worlds)
    play(arena, listener=recorder.hear)
    return [[deal for _, speaker, deal, _, _ in events if speaker == seat] for events in recorder.events]


def test_a_tactic_of_others_may_answer_with_one_number_for_all_worlds_and_take_nothing() -> None:
    answer: Any = Stance(0.5, np.inf)  # type: ignore[arg-type]
    assert offers_of(theirs(lambda _: answer), 0) == [[50] * 4] * 3


def test_a_tactic_of_others_may_write_each_answer_into_the_same_array() -> None:
    level = np.ones(3)

    def stance(moment: Moment) -> Stance:
        level[:] = 1 - moment.round / 10
        return Stance(level, level)

    assert offers_of(theirs(stance), 0) == [[100, 90, 80, 70]] * 3


def test_a_level_written_into_an_old_array_is_not_taken_for_the_one_before() -> None:
    # A tactic that goes by the name of one of ours is not looked at, and hands out the very array that it keeps.
    level = np.ones(3)

    def stance(moment: Moment) -> Stance:
        level[:] = 1 - moment.round / 10
        return Stance(level, level)

    arena = theirs(stance)
    ours = replace(arena.seats[0].tactic, name="holdout")
    arena = replace(arena, seats=(replace(arena.seats[0], tactic=ours), arena.seats[1]))
    assert offers_of(arena, 0) == [[100, 90, 80, 70]] * 3


@pytest.mark.parametrize("which", ["level", "heard", "parameter"])
def test_a_tactic_cannot_change_what_a_party_remembers(which: str) -> None:
    def stance(moment: Moment) -> Stance:
        held = {"level": [moment.level], "heard": moment.heard, "parameter": list(moment.parameter.values())}[which]
        for array in held:
            array[:] = 0.0
        return Stance(np.ones(3), np.ones(3))

    with pytest.raises(UsageError, match=r"the tactic theirs fails: ValueError: .*read-only"):
        play(theirs(stance, listens=True))


def test_a_tactic_that_fails_is_named() -> None:
    def stance(_: Moment) -> Stance:
        raise KeyError("until")

    with pytest.raises(UsageError, match=r"^the tactic theirs fails: KeyError: 'until'$"):
        play(theirs(stance))
