"""A small share of `make fuzz`, and that it would notice."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from random import Random

import pytest

from negsim.errors import Place, Problem, ScenarioError
from negsim.scenario.codes import EXAMPLE_BASE
from tests.fuzz import __main__ as program
from tests.fuzz import judge as judging
from tests.fuzz import run as running
from tests.fuzz.greedy import SHAPES, greedy_tree
from tests.fuzz.inputs import Input, make_input
from tests.fuzz.judge import judge
from tests.fuzz.run import Failure, Report, run_chunk

SOUND = Input(1, 3, "text", EXAMPLE_BASE.encode())


def test_two_thousand_inputs_give_a_scenario_or_located_problems():
    report = run_chunk(20260217, 0, 2_000, large=False, most_seconds=math.inf)
    assert [failure.fault for failure in report.failures] == []
    assert report.n_inputs == 2_000
    assert report.outcomes["scenario"] > 20
    assert report.outcomes["condition"] > 100
    assert {"NS103", "NS201", "NS202", "NS203", "NS303"} <= set(report.outcomes)
    assert set(report.kinds) == {"sample", "text", "tree"}


def test_large_files_give_a_scenario_or_located_problems():
    report = run_chunk(7, 0, 4, large=True, most_seconds=math.inf)
    assert [failure.fault for failure in report.failures] == []
    assert set(report.kinds) == {"large", "crowded"}


@pytest.mark.parametrize("shape", SHAPES)
def test_files_made_to_take_long_give_a_scenario_or_located_problems(shape, tmp_path):
    data = json.dumps(greedy_tree(Random(shape), shape)).encode()
    assert judge(Input(0, 0, "large", data), tmp_path, most_seconds=math.inf).fault == ""


def test_an_input_is_told_by_its_seed_and_number():
    inputs = [make_input(5, number) for number in range(60)]
    assert inputs == [make_input(5, number) for number in range(60)]
    assert [given.data for given in inputs] != [make_input(6, number).data for number in range(60)]


def test_a_sound_file_passes_every_step(tmp_path):
    verdict = judge(SOUND, tmp_path, most_seconds=math.inf)
    assert (verdict.outcome, verdict.fault) == ("scenario", "")
    assert set(verdict.times) == {"load", "write", "read again", "compile", "lint"}


@pytest.mark.parametrize(
    ("problem", "fault"),
    [
        (None, "refused without a problem"),
        (Problem("NS999", "x"), "unknown code NS999"),
        (Problem("NS201", "x"), "NS201 has no place"),
        (Problem("NS201", "x", place=Place("input.scenario.yaml", 99, 1)), "NS201 is placed on line 99 of"),
        (Problem("NS201", "x", place=Place("input.scenario.yaml", 1, 1, 1, "?")), "NS201 shows another line"),
        (Problem("NS201", "x", place=Place("input.scenario.yaml", 1, 9, 5, "negsim: 1")), "NS201 is placed outside"),
    ],
)
def test_the_judge_refuses_problems_without_code_or_place(problem, fault, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def refuse(path):
        raise ScenarioError((problem,) if problem else ())

    monkeypatch.setattr(judging, "load_with_places", refuse)
    assert judge(SOUND, Path(), most_seconds=math.inf).fault.startswith(fault)


def test_the_judge_refuses_any_other_exception(tmp_path, monkeypatch):
    def fail(path):
        raise RecursionError("too deep")

    monkeypatch.setattr(judging, "load_with_places", fail)
    assert judge(SOUND, tmp_path).fault.startswith("RecursionError in test_fuzz.py:fail: too deep")


def test_the_judge_refuses_a_scenario_that_is_written_as_another_or_not_at_all(tmp_path, monkeypatch):
    monkeypatch.setattr(judging, "write", lambda scenario: EXAMPLE_BASE.replace("no_deal: 40", "no_deal: 41"))
    assert judge(SOUND, tmp_path, most_seconds=math.inf).fault == "what was written reads as another scenario"
    monkeypatch.setattr(judging, "write", lambda scenario: "negsim: 1")
    assert judge(SOUND, tmp_path, most_seconds=math.inf).fault.startswith("what was written is refused")


def test_what_takes_too_long_or_for_ever_is_a_failure(monkeypatch):
    report = run_chunk(20260217, 0, 2, large=False, most_seconds=-1)
    assert all(failure.fault.startswith("slow in ") for failure in report.failures)
    assert len(report.failures) == 2

    def loop(path):
        while True:
            pass

    monkeypatch.setattr(judging, "load_with_places", loop)
    monkeypatch.setattr(running, "_HANGS_AFTER", 0.01)
    (failure,) = run_chunk(20260217, 1, 2, large=False, most_seconds=math.inf).failures
    assert failure.fault.startswith("Hang")


def test_a_rise_in_memory_is_a_failure(monkeypatch):
    peaks = iter((500, 599, 601, 601))
    monkeypatch.setattr(running, "_peak_megabytes", lambda: next(peaks))
    report = run_chunk(20260217, 0, 3, large=False, most_seconds=math.inf)
    assert [failure.fault for failure in report.failures] == ["memory: 601 MB"]


def test_a_failing_input_is_shown_at_its_smallest(monkeypatch):
    def refuse(path):
        if b"e" in Path(path).read_bytes():
            raise ValueError("an e")
        raise ScenarioError((Problem("NS117", "none"),))

    monkeypatch.setattr(judging, "load_with_places", refuse)
    (failure,) = run_chunk(20260217, 1, 2, large=False, most_seconds=math.inf).failures
    assert failure.smallest == b"e"


@pytest.mark.parametrize("fault", ["", "slow in load: 2.00 s"])
def test_the_program_fails_when_an_input_does(fault, tmp_path, monkeypatch, capsys):
    failures = [Failure(SOUND, fault, b"negsim")] if fault else []
    monkeypatch.setattr(program, "run", lambda *_, **__: [Report(n_inputs=1, failures=failures)])
    monkeypatch.setattr(sys, "argv", ["fuzz", "--inputs", "1", "--out", str(tmp_path)])
    assert program.main() == bool(fault)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == ({"1-3-text": SOUND.data, "1-3-text-small": b"negsim"} if fault else {})
    assert (fault in capsys.readouterr().out) == bool(fault) or not fault
