"""The driver uses `submit` and `wait`, keeps little under way, and finds out which cell it is that kills."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from negsim.errors import NegsimError
from negsim.study import make_crew
from negsim.study.running import driver
from negsim.study.running.driver import ATTEMPTS, evaluate
from negsim.study.running.executors import Crew, SerialExecutor, crew_of
from negsim.study.running.store import Finding, Store
from tests.study.running import models
from tests.study.running.making import Eager, Patient, cells_of, counts_of, drive_in, make_study


def hiring(monkeypatch: pytest.MonkeyPatch, n_workers: int, hire: Callable[[], Patient]) -> tuple[Crew, list[Patient]]:
    """A crew of executors that do their work when the driver waits; and all that were hired."""
    hired: list[Patient] = []

    def next_one() -> Patient:
        hired.append(hire())
        return hired[-1]

    def waiting(futures: Any, *options: Any, **more: Any) -> Any:
        if any(not future.done() for future in futures):
            hired[-1].go()
        return wait(futures, *options, **more)

    monkeypatch.setattr(driver, "wait", waiting)
    return Crew(n_workers, next_one), hired


# ------------------------------------------------------------------------------- submit and wait alone


def test_an_executor_needs_submit_alone(tmp_path: Path) -> None:
    executor = Eager()
    drive_in(make_study(tmp_path, 50), models.product, crew_of(executor, 2))
    assert cells_of(tmp_path) == [("done", 1, "", x * 0.5, x + 0.5) for x in range(50)]
    assert sum(executor.sizes) == 50


@pytest.mark.parametrize("n_workers", [1, 2, 5])
def test_two_tasks_a_worker_are_under_way_and_never_more(
    n_workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "_TASK_SECONDS", 0.0)
    crew, hired = hiring(monkeypatch, n_workers, Patient)
    drive_in(make_study(tmp_path, 100), models.product, crew)
    (executor,) = hired
    assert max(executor.under_way) == 2 * n_workers
    assert counts_of(tmp_path) == {"planned": 0, "done": 100, "failed": 0}


@pytest.mark.parametrize(
    ("seconds_a_cell", "largest"),
    # 0.4 s a task: that many cells, at least one, and at most what the limit and a fair share of what is left allow.
    [(0.01, 40), (0.1, 4), (0.4, 1), (60.0, 1), (0.0, 60)],
)
def test_tasks_grow_to_some_tenths_of_a_second(
    seconds_a_cell: float, largest: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]

    def model(cell: models.Cell) -> dict[str, Any]:
        now[0] += seconds_a_cell
        return models.product(cell)

    monkeypatch.setattr("time.perf_counter", lambda: now[0])
    monkeypatch.setattr(driver, "_MOST_CELLS", 60)
    executor = Eager()
    drive_in(make_study(tmp_path, 400), model, crew_of(executor, 1))
    assert max(executor.sizes) == largest
    assert sum(executor.sizes) == 400


def test_the_first_tasks_are_single_cells_and_the_last_are_shared_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.perf_counter", lambda: 0.0)
    executor = Eager()
    drive_in(make_study(tmp_path, 1003), models.product, crew_of(executor, 2))
    # Four are handed over before any comes back; then a quarter of what is left each, since more could be done at once.
    assert executor.sizes[:4] == [1, 1, 1, 1]
    assert max(executor.sizes) == math.ceil((1003 - 4) / 4)


def test_cells_that_have_a_result_are_not_done_again(tmp_path: Path) -> None:
    make_study(tmp_path, 6)
    with Store(tmp_path, writes=True) as store:
        store.begin()
        store.save([Finding(2, 1, (7.0, 8.0)), Finding(4, 3, error="so it was")])
    executor, counted = Eager(), []
    drive_in(tmp_path, models.product, crew_of(executor, 1), on_cells=lambda *n: counted.append(n))
    assert sum(executor.sizes) == 4
    assert cells_of(tmp_path)[2] == ("done", 1, "", 7.0, 8.0)
    assert cells_of(tmp_path)[4] == ("failed", 3, "so it was", None, None)
    assert counted[-1] == (6, 1, 6)
    drive_in(tmp_path, models.product, crew_of(executor, 1))
    assert sum(executor.sizes) == 4


# ------------------------------------------------------------------------------------- what a cell may give


def test_a_failing_cell_is_a_row_with_its_reason(tmp_path: Path) -> None:
    drive_in(make_study(tmp_path, 5), models.refuses_three, make_crew("serial", 1))
    assert cells_of(tmp_path)[3] == ("failed", 1, "ValueError: three is not for this model", None, None)
    assert [status for status, *_ in cells_of(tmp_path)] == ["done", "done", "done", "failed", "done"]


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (2, 2.0),
        (True, 1.0),
        (np.float32(0.5), 0.5),
        (np.int64(7), 7.0),
        (np.bool_(True), 1.0),
        (np.array(2.5), 2.5),
        (None, None),
        (math.nan, None),
        (math.inf, math.inf),
    ],
)
def test_numbers_of_any_library_are_results(value: Any, stored: float | None, tmp_path: Path) -> None:
    drive_in(make_study(tmp_path, 1, ["figure"]), lambda _: {"figure": value, "other": "?"}, make_crew("serial", 1))
    assert cells_of(tmp_path) == [("done", 1, "", stored)]


@pytest.mark.parametrize(
    ("yielded", "reason"),
    [
        ({"figure": "many"}, "its result 'figure' is no number: 'many'"),
        ({"figure": [1, 2]}, "its result 'figure' is no number: [1, 2]"),
        ({"figure": 1j}, "its result 'figure' is no number: 1j"),
        ({"figure": 10**400}, f"its result 'figure' is no number: 1{'0' * 59}"),
        ({"figure": b"abc"}, "its result 'figure' is no number: b'abc'"),
        (None, "AttributeError: 'NoneType' object has no attribute 'get'"),
    ],
)
def test_what_is_no_number_fails_its_cell_alone(yielded: Any, reason: str) -> None:
    found, _ = evaluate(lambda _: yielded, ["x"], ["figure"], [], [(0, 1.0)])
    assert found == [reason]


def test_a_result_that_is_not_given_is_none() -> None:
    assert evaluate(lambda _: {}, ["x"], ["figure"], [], [(0, 1.0)])[0] == [(None,)]


def test_a_refusal_of_negsim_is_told_as_it_stands() -> None:
    def refuse(cell: models.Cell) -> dict[str, Any]:
        raise NegsimError(cell["x"])

    assert evaluate(refuse, ["x"], ["figure"], [], [(0, "not so"), (1, "")])[0] == ["not so", "no reason was given"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [("bad \udcff name", "ValueError: bad \\udcff name"), ("x" * 20_000, f"ValueError: {'x' * 9_988}")],
)
def test_any_reason_can_be_stored(said: str, kept: str, tmp_path: Path) -> None:
    def odd(cell: models.Cell) -> dict[str, Any]:
        raise ValueError(said)

    drive_in(make_study(tmp_path, 1), odd, make_crew("serial", 1))
    assert cells_of(tmp_path)[0][2] == kept


def test_a_model_that_leaves_ends_neither_the_worker_nor_the_driver(tmp_path: Path) -> None:
    drive_in(make_study(tmp_path, 2), models.leaves, make_crew("threads", 2))
    assert [reason for _, _, reason, *_ in cells_of(tmp_path)] == [
        "SystemExit: cell 0 leaves",
        "SystemExit: cell 1 leaves",
    ]


# ------------------------------------------------------------------------------------- whose worker dies


@pytest.mark.parametrize("all_at_once", [False, True])
@pytest.mark.parametrize("deadly", [{0}, {700}, {3, 4}, {100, 301, 999}])
def test_cells_that_kill_are_found_among_hundreds(
    deadly: set[int], all_at_once: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew, _ = hiring(monkeypatch, 2, lambda: Patient(kills=lambda cell: cell[0] in deadly, all_at_once=all_at_once))
    drive_in(make_study(tmp_path, 1000), models.product, crew)
    found = cells_of(tmp_path)
    failed = {cell: row for cell, row in enumerate(found) if row[0] != "done"}
    assert set(failed) == deadly
    assert {reason for _, _, reason, *_ in failed.values()} == {"its worker died each time"}
    assert all(attempts >= 3 for _, attempts, *_ in failed.values())
    assert all(row[3:] == (x * 0.5, x + 0.5) for x, row in enumerate(found) if x not in deadly)


def test_while_a_cell_that_kills_is_sought_nothing_else_is_under_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew, hired = hiring(monkeypatch, 2, lambda: Patient(kills=lambda cell: cell[0] == 700))
    drive_in(make_study(tmp_path, 1000), models.product, crew)
    # The first broke among others, the last did what was left; those between were hired for the search.
    assert [max(one.under_way) for one in hired[1:-1]] == [1] * (len(hired) - 2)
    assert len(hired) > 3


def test_a_cell_is_not_blamed_for_the_death_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker dies every time that more than one cell is under way, as where memory runs short: no cell is to blame."""
    executors: list[Patient] = []

    def kills(_: tuple[Any, ...]) -> bool:
        return executors[-1].under_way[-1] > 1

    def hire() -> Patient:
        executors.append(Patient(kills=kills, all_at_once=True))
        return executors[-1]

    crew, _ = hiring(monkeypatch, 2, hire)
    drive_in(make_study(tmp_path, 12), models.product, crew)
    assert counts_of(tmp_path) == {"planned": 0, "done": 12, "failed": 0}


def test_a_worker_that_dies_of_something_else_costs_no_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one cell of a task is tried again: it dies twice, and is done the third time."""
    deaths = [0]

    def kills(cell: tuple[Any, ...]) -> bool:
        deaths[0] += cell[0] == 5
        return cell[0] == 5 and deaths[0] < ATTEMPTS

    monkeypatch.setattr(driver, "_TASK_SECONDS", 0.0)
    crew, hired = hiring(monkeypatch, 1, lambda: Patient(kills=kills))
    drive_in(make_study(tmp_path, 8), models.product, crew)
    assert [attempts for _, attempts, *_ in cells_of(tmp_path)][5] == ATTEMPTS
    assert counts_of(tmp_path)["done"] == 8
    assert len(hired) == ATTEMPTS


def test_an_executor_that_broke_between_two_tasks_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crew, hired = hiring(monkeypatch, 1, Patient)
    broken = Patient()
    broken.is_broken = True
    crew.executor = broken
    drive_in(make_study(tmp_path, 8), models.product, crew)
    assert counts_of(tmp_path)["done"] == 8
    assert len(hired) == 1


def test_a_given_executor_that_breaks_has_no_other_and_what_was_done_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "_TASK_SECONDS", 0.0)
    crew, hired = hiring(monkeypatch, 1, lambda: Patient(kills=lambda cell: cell[0] == 5))
    crew.get()
    given = crew_of(hired[0], 1)
    with pytest.raises(
        NegsimError, match=r"broke, and there is no other after 5 of 8 cells; they are kept, and --resume"
    ):
        drive_in(make_study(tmp_path, 8), models.product, given)
    assert counts_of(tmp_path) == {"planned": 3, "done": 5, "failed": 0}


def test_where_nothing_can_be_done_no_cell_is_said_to_have_failed(tmp_path: Path) -> None:
    class Dead(Executor):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_exception(BrokenExecutor("it ends as soon as it starts\nand says more"))
            return future

    with pytest.raises(
        NegsimError, match=r"no worker can do anything: it ends as soon as it starts \(after 0 of 3 cells"
    ):
        drive_in(make_study(tmp_path, 3), models.product, Crew(1, Dead))
    assert counts_of(tmp_path) == {"planned": 3, "done": 0, "failed": 0}


def test_a_model_that_cannot_be_sent_to_a_worker_is_no_fault_of_the_cells(tmp_path: Path) -> None:
    with pytest.raises(NegsimError, match=r"no worker can do anything: .*pickle"):
        drive_in(make_study(tmp_path, 3), lambda cell: {"product": cell["x"]}, make_crew("processes", 1))
    assert counts_of(tmp_path) == {"planned": 3, "done": 0, "failed": 0}


def test_an_answer_that_never_arrives_fails_its_cell_with_what_was_said(tmp_path: Path) -> None:
    class Refusing(SerialExecutor):
        """Does all but cell 1, of which it says nothing."""

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            if any(cell[0] == 1 for cell in fn.args[4]):  # type: ignore[attr-defined]
                future: Future[Any] = Future()
                future.set_exception(TimeoutError())
                return future
            return super().submit(fn, *args, **kwargs)

    drive_in(make_study(tmp_path, 3), models.product, crew_of(Refusing(), 2))
    assert [(status, reason) for status, _, reason, *_ in cells_of(tmp_path)] == [
        ("done", ""),
        ("failed", "it did not come back: TimeoutError"),
        ("done", ""),
    ]


def test_an_executor_that_gives_up_ends_the_run_and_leaves_what_is_done(tmp_path: Path) -> None:
    class GivingUp(SerialExecutor):
        """Cancels all from cell 2 on, as Dask does whose scheduler is gone."""

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            if any(cell[0] >= 2 for cell in fn.args[4]):  # type: ignore[attr-defined]
                future: Future[Any] = Future()
                future.cancel()
                future.set_running_or_notify_cancel()
                return future
            return super().submit(fn, *args, **kwargs)

    make_study(tmp_path, 9)
    with pytest.raises(NegsimError, match="the executor gave up after 2 of 9 cells; they are kept") as caught:
        drive_in(tmp_path, models.product, crew_of(GivingUp(), 2))
    assert isinstance(caught.value.__cause__, CancelledError)
    assert counts_of(tmp_path)["done"] == 2
    drive_in(tmp_path, models.product, make_crew("serial", 1))
    assert counts_of(tmp_path)["done"] == 9


@pytest.mark.parametrize(
    "error", [RuntimeError("it was shut down"), BlockingIOError(11, "Resource temporarily unavailable")]
)
def test_an_executor_that_takes_nothing_is_said_so(error: Exception, tmp_path: Path) -> None:
    class Closed(Executor):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            raise error

    with pytest.raises(NegsimError, match=r"the executor takes nothing: .*(shut down|unavailable).*after 0 of 3 cells"):
        drive_in(make_study(tmp_path, 3), models.product, crew_of(Closed(), 2))


# -------------------------------------------------------------------------------------------- stopping it


def test_whatever_stops_the_driver_keeps_what_has_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "_TASK_SECONDS", 0.0)

    def interrupted(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(driver, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        drive_in(make_study(tmp_path, 9), models.product, make_crew("serial", 1))
    assert counts_of(tmp_path) == {"planned": 7, "done": 2, "failed": 0}


def test_an_interruption_while_saving_neither_loses_nor_doubles_a_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, n_saved = Store.save, [0]

    def interrupted_once(store: Store, findings: Any) -> None:
        n_saved[0] += 1
        if n_saved[0] == 2:
            raise KeyboardInterrupt
        save(store, findings)

    monkeypatch.setattr(Store, "save", interrupted_once)
    monkeypatch.setattr(driver, "_TASK_SECONDS", 0.0)
    with pytest.raises(KeyboardInterrupt):
        drive_in(make_study(tmp_path, 9), models.product, make_crew("serial", 1))
    assert counts_of(tmp_path) == {"planned": 7, "done": 2, "failed": 0}
    drive_in(tmp_path, models.product, make_crew("serial", 1))
    assert [row[3] for row in cells_of(tmp_path)] == [x * 0.5 for x in range(9)]


def test_worlds_are_kept_before_their_cell_is_acknowledged(tmp_path: Path) -> None:
    kept: list[tuple[int, bytes, int]] = []
    make_study(tmp_path, 3)

    def keep(cell: int, content: bytes) -> None:
        kept.append((cell, content, counts_of(tmp_path)["done"]))

    def model(cell: models.Cell) -> dict[str, Any]:
        if cell["x"] == 1:
            raise ValueError
        return {**models.product(cell), "worlds": bytes([int(cell["x"])])}

    drive_in(tmp_path, model, make_crew("serial", 1), keep=keep)
    assert [(cell, content) for cell, content, _ in kept] == [(0, b"\0"), (2, b"\2")]
    assert all(done <= number for number, (_, _, done) in enumerate(kept))
    assert [status for status, *_ in cells_of(tmp_path)] == ["done", "failed", "done"]


def test_threads_of_the_standard_library_do_as_well(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as executor:
        drive_in(make_study(tmp_path, 200), models.product, crew_of(executor, 3))
    assert [row[3] for row in cells_of(tmp_path)] == [x * 0.5 for x in range(200)]
