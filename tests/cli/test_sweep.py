"""`negsim sweep`, whole: scenarios, study files, policies, going on, and what is refused."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from negsim.cli.sweep import sweep as command
from negsim.model.sampling import SAMPLERS
from negsim.report.study_names import DESIGNS
from negsim.study import crew_of, digest_of, read_study
from negsim.study.running.executors import EXECUTORS, SerialExecutor
from tests.cli.support import run
from tests.study.sales import BUYER, CALENDAR, FAILING, SALE, SELLER, begun

SERIAL = ("--executor", "serial")


@pytest.fixture
def sale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sale.scenario.yaml").write_text(SALE, encoding="utf-8")
    return "sale.scenario.yaml"


def swept(*arguments: str, study: str = "study", worlds: int = 64) -> Any:
    done = run("sweep", *arguments, "--study", study, "--worlds", str(worlds), *SERIAL)
    assert done.exit_code == 0, done.output
    return read_study(study)


def write_study(text: str, name: str = "sale.study.yaml") -> str:
    Path(name).write_text("negsim_study: 1\nscenario: sale.scenario.yaml\n" + text, encoding="utf-8")
    return name


def test_it_says_how_many_cells_are_done_and_what_to_do_next(sale: str) -> None:
    done = run("sweep", sale, "--vary", f"{SELLER}=2..5/4", "--worlds", "64", *SERIAL, "--study", "study")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "4 cells, in study.\nNext: negsim results study\n"


def test_the_same_command_again_finds_nothing_left_to_do(sale: str) -> None:
    arguments = ("sweep", sale, "--vary", f"{SELLER}=2..5/4", "--worlds", "64", *SERIAL)
    first = run(*arguments)
    (folder,) = Path("results").iterdir()
    before = (folder / "run.sqlite").read_bytes()
    assert folder.name.startswith("sale-sweep-")
    assert first.stdout.startswith(f"4 cells, in results/{folder.name}.")
    assert run(*arguments).stdout.startswith("Nothing was left to do: 4 cells, in results/sale-sweep-")
    assert (folder / "run.sqlite").read_bytes() == before
    run(*arguments, "--seed", "1")
    assert len(list(Path("results").iterdir())) == 2


def test_all_options_reach_the_study(sale: str) -> None:
    Path("richer.yaml").write_text(f"{BUYER}: 4..7\n", encoding="utf-8")
    arguments = ("--vary", SELLER, "--cells", "5", "--design", "lhs", "--of", "zone, bargain", "--seed", "3")
    policies = ("--policy", "none=", "--policy", "richer=richer.yaml", "--policy", f"two={BUYER}=6,protocol.rounds=2")
    sweep = swept(sale, *arguments, *policies, "--sampler", "random", "--set", "parties.buyer.tactic=holdout").sweep
    assert sweep.vary == ((SELLER, ""),)
    assert (sweep.n_cells, sweep.design, sweep.of, sweep.seed) == (5, "lhs", ("zone", "bargain"), 3)
    assert (sweep.sampler, sweep.n_worlds, sweep.keeps_worlds) == ("random", 64, False)
    assert [(one.name, one.changes) for one in sweep.policies] == [
        ("none", ()),
        ("richer", (f"{BUYER}=4..7",)),
        ("two", (f"{BUYER}=6", "protocol.rounds=2")),
    ]
    assert "tactic: holdout" in sweep.scenario


def test_a_single_policy_is_compared_with_the_scenario_as_it_is(sale: str) -> None:
    assert [one.name for one in swept(sale, "--policy", f"richer={BUYER}=6").sweep.policies] == ["as_is", "richer"]


def test_a_single_policy_that_changes_nothing_is_left_alone(sale: str) -> None:
    assert [one.name for one in swept(sale, "--policy", "plain=").sweep.policies] == ["plain"]


def test_a_study_file_says_the_same_as_the_options(sale: str) -> None:
    file = write_study(f"vary: {{{SELLER}: [2, 3.5]}}\nof: [zone, bargain]\nworlds: 64\nset: {{{BUYER}: 5}}\n")
    done = run("sweep", file, "--study", "by-file", *SERIAL)
    assert done.exit_code == 0, done.output
    swept(sale, "--vary", f"{SELLER}=2,3.5", "--of", "zone,bargain", "--set", f"{BUYER}=5", study="by-options")
    assert digest_of("by-file") == digest_of("by-options")
    assert Path("by-file/run.sqlite").read_bytes() == Path("by-options/run.sqlite").read_bytes()


def test_options_come_before_what_a_study_file_says(sale: str) -> None:
    file = write_study(f"vary: {{{SELLER}: [2, 3]}}\nworlds: 9\nseed: 5\nset: {{{BUYER}: 5}}\n")
    study = swept(file, "--vary", f"{SELLER}=4", "--seed", "0", "--set", f"{BUYER}=6")
    assert (study.sweep.vary, study.sweep.n_worlds, study.sweep.seed) == (((SELLER, "4"),), 64, 0)
    assert "price: 6" in study.sweep.scenario
    assert sale


def test_the_scenario_of_a_study_file_lies_beside_it(sale: str) -> None:
    Path("cases").mkdir()
    Path(sale).rename(Path("cases") / sale)
    write_study("vary: all\ncells: 2\n", "cases/sale.study.yaml")
    assert swept("cases/sale.study.yaml").n_cells == 2


def test_several_problems_of_a_study_file_are_told_at_once(sale: str) -> None:
    done = run("sweep", write_study("cells: -1\nseeds: 3\n"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "sale.study.yaml:3:8: cells: must be a whole number, not -1" in done.stderr
    assert "sale.study.yaml:4:1: there is no key 'seeds' in a study; did you mean 'seed'?" in done.stderr
    assert sale


def test_what_no_yaml_reader_takes_is_told_of_a_study_file_alone(sale: str) -> None:
    done = run("sweep", write_study(f"vary:\n  {SELLER}:\n"))
    assert done.exit_code == 2
    assert "NS115" in done.stderr
    assert "a scenario has no key" not in done.stderr
    assert sale


def test_a_cell_that_fails_is_told_and_a_study_all_of_which_fails_ends_with_2(sale: str) -> None:
    one, two = (f"{path}={over}" for path, over in FAILING)
    some = run("sweep", sale, "--vary", one, "--vary", two, "--worlds", "16", *SERIAL, "--study", "some")
    assert (some.exit_code, some.stdout) == (0, "4 cells, 1 of which failed, in some.\nNext: negsim results some\n")
    one, two = one.split(",")[0], two.split(",")[0]
    every = run("sweep", sale, "--vary", one, "--vary", two, "--worlds", "16", *SERIAL, "--study", "every")
    assert (every.exit_code, every.stdout.splitlines()[0]) == (2, "1 cell, 1 of which failed, in every.")


def test_resuming_does_what_is_left_and_ends_with_the_same_bytes(sale: str, tmp_path: Path) -> None:
    scenario = swept(sale, "--vary", f"{SELLER}=2..5/8", study="whole").sweep.scenario
    begun(tmp_path / "half", 3, scenario, vary=((SELLER, "2..5/8"),), n_worlds=64)
    done = run("sweep", "--resume", "half", *SERIAL)
    assert (done.exit_code, done.stdout) == (0, "8 cells, in half.\nNext: negsim results half\n")
    assert Path("half/run.sqlite").read_bytes() == Path("whole/run.sqlite").read_bytes()


def test_other_versions_are_warned_of_when_a_study_goes_on(sale: str, tmp_path: Path) -> None:
    begun(tmp_path / "old", 0, vary=((SELLER, "2,3"),), n_worlds=16)
    with sqlite3.connect("old/run.sqlite") as database:
        (held,) = database.execute("SELECT value FROM manifest WHERE key = 'versions'").fetchone()
        text = json.dumps({**json.loads(held), "scipy": "0.1"})
        database.execute("UPDATE manifest SET value = ? WHERE key = 'versions'", (text,))
    database.close()
    done = run("sweep", "--resume", "old", *SERIAL)
    assert done.exit_code == 0
    assert "Warning: scipy 0.1 then, " in done.stderr
    assert "the last digits of figures may differ from those of earlier cells" in done.stderr
    assert sale


def test_an_interrupt_says_how_to_go_on(sale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupting(SerialExecutor):
        def submit(self, *arguments: Any, **named: Any) -> Any:
            raise KeyboardInterrupt

    monkeypatch.setattr("negsim.study.make_crew", lambda *_: crew_of(Interrupting(), 1))
    done = run("sweep", sale, "--vary", f"{SELLER}=2,3", "--study", "study")
    assert done.exit_code == 130
    assert done.stderr == "Interrupted. Go on with: negsim sweep --resume study\n"
    monkeypatch.undo()


def test_worlds_are_kept_on_request(sale: str) -> None:
    from pyarrow import parquet

    study = swept(sale, "--vary", f"{SELLER}=2,5", "--of", "zone,bargain", "--keep-worlds")
    files = sorted(path.name for path in Path("study/worlds").iterdir())
    assert files == ["cell-00000000.parquet", "cell-00000001.parquet"]
    held = [parquet.read_table(f"study/worlds/{name}").to_pydict() for name in files]
    assert [list(one) for one in held] == [["world", "zone", "end", "round"]] * 2
    assert [sum(one["zone"]) / 64 for one in held] == study.table.results["p_zone"].tolist()
    assert [one["end"].count("agreed") / 64 for one in held] == study.table.results["p_agreement"].tolist()


WRONG = f"{SELLER}=2,3"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a scenario or a study file, or go on with a study: --resume STUDY"),
        (["nowhere.yaml"], "nowhere.yaml cannot be read"),
        (["sale.scenario.yaml"], "there is nothing to sweep: give --vary PATH=SPEC, or --policy NAME=PATH=VALUE"),
        (["sale.scenario.yaml", "--vary", "=3"], "--vary =3: write PATH=SPEC, such as parties.seller.no_deal=30..50/5"),
        (["sale.scenario.yaml", "--vary", f"{SELLER}="], "write PATH=SPEC"),
        (["sale.scenario.yaml", "--vary", f"{SELLER}=2,11"], "11 cannot be set"),
        (["sale.scenario.yaml", "--vary", "parties.buyer.no_deal.same_as.prise"], f"did you mean '{BUYER}'?"),
        (["sale.scenario.yaml", "--vary", WRONG, "--cells", "7"], "leave --cells out"),
        (["sale.scenario.yaml", "--vary", WRONG, "--of", "zoen"], "--of zoen: did you mean 'zone'?"),
        (["sale.scenario.yaml", "--vary", WRONG, "--of", ""], "--of : known here: zone, bargain and talks"),
        (["sale.scenario.yaml", "--vary", WRONG, "--of", "talks"], "has no calendar of talks"),
        (["sale.scenario.yaml", "--policy", "richer"], "write NAME=PATH=VALUE, NAME=FILE, or NAME= for one"),
        (["sale.scenario.yaml", "--policy", "=x"], "write NAME=PATH=VALUE"),
        (
            ["sale.scenario.yaml", "--policy", "a=nowhere.yaml"],
            "nowhere.yaml cannot be read: No such file or directory",
        ),
        (["sale.scenario.yaml", "--policy", "a=x=1", "--policy", "a="], "--policy a stands there twice"),
        (["sale.scenario.yaml", "--policy", f"a={SELLER}=2,{SELLER}=3"], f"--policy a sets {SELLER} twice"),
        (["sale.scenario.yaml", "--policy", f"as_is={SELLER}=2"], "take another name"),
        (["sale.scenario.yaml", "--policy", "a=list.yaml"], "--policy a: must be a mapping of paths to values"),
        (["sale.scenario.yaml", "--policy", "a=bytes.yaml"], "bytes.yaml cannot be read: it is no text"),
        (["sale.scenario.yaml", "--vary", WRONG, "--scheduler", "tcp://a:1"], "goes with --executor dask"),
        (["sale.scenario.yaml", "--vary", WRONG, "--executor", "dask"], "needs the address of a scheduler"),
        (["sale.scenario.yaml", "--vary", WRONG, "--study", "sale.scenario.yaml"], "is a file; --study names a folder"),
        (["--resume", "nowhere"], "nowhere holds no study"),
        (["--resume", "study", "--seed", "0"], "--resume takes all but --executor, --scheduler and --jobs"),
        (["--resume", "study", "--keep-worlds"], "leave the rest out"),
        (["sale.scenario.yaml", "--vary", WRONG, "--retry-failed"], "--retry-failed goes with --resume STUDY"),
        (
            ["sale.scenario.yaml", "--vary", "parties.seler.no_deal=2,3"],
            "cannot be set\nthere is no 'seler' in parties",
        ),
        (["sale.scenario.yaml", "--resume", "study"], "leave the rest out"),
        (["sale.scenario.yaml", "--set", f"{SELLER}=11", "--vary", f"{BUYER}=3,4"], "11"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(sale: str, arguments: list[str], said: str) -> None:
    Path("list.yaml").write_text("[a, b]\n", encoding="utf-8")
    Path("bytes.yaml").write_bytes(b"\xff\xfe\x00")
    done = run("sweep", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not Path("results").exists()


def test_another_sweep_in_the_same_folder_is_refused_and_says_what_differs(sale: str) -> None:
    swept(sale, "--vary", f"{SELLER}=2,3")
    done = run("sweep", sale, "--vary", f"{SELLER}=2,4", "--worlds", "64", "--study", "study", *SERIAL)
    assert done.exit_code == 2
    assert f"study holds another study: its vary is {SELLER}=2,3, not {SELLER}=2,4." in done.stderr
    assert "negsim sweep --resume study" in done.stderr


def test_talks_can_be_swept(sale: str) -> None:
    Path(sale).write_text(SALE + CALENDAR, encoding="utf-8")
    study = swept(sale, "--vary", f"{SELLER}=2,5", "--of", "zone,bargain,talks")
    assert {"p_zone", "p_agreement", "talks.p_agreement", "talks.days"} <= set(study.table.results)


def test_the_command_line_offers_the_designs_samplers_and_executors_that_there_are() -> None:
    # Written out in the command line, whose help must not load numpy.
    choices = {one.name: tuple(getattr(one.type, "choices", ())) for one in command.params}
    assert set(choices["design"]) == set(DESIGNS)
    assert choices["sampler"] == tuple(SAMPLERS)
    assert choices["executor"] == tuple(EXECUTORS)


def test_what_differs_from_a_study_is_said_as_a_user_would(sale: str) -> None:
    swept(sale, "--vary", f"{SELLER}=2..3", "--cells", "4")
    done = run(
        "sweep", sale, "--vary", SELLER, "--of", "zone,bargain", "--policy", f"rich={BUYER}=4..7", "--seed", "1",
        "--study", "study", *SERIAL,
    )  # fmt: skip
    for said in (
        f"its vary is {SELLER}=2..3, not {SELLER}",
        "its cells is 4, not left out",
        "its policies is left out, not as_is, rich",
        "its of is zone, not zone,bargain",
        "its seed is 0, not 1",
    ):
        assert said in done.stderr


def test_a_policy_may_stand_in_a_file_and_an_empty_one_changes_nothing(sale: str) -> None:
    Path("rich.yaml").write_text(f"{BUYER}: 4..7\n", encoding="utf-8")
    Path("empty.yaml").write_text("", encoding="utf-8")
    study = swept(sale, "--policy", "as=empty.yaml", "--policy", "rich=rich.yaml")
    assert [policy.changes for policy in study.sweep.policies] == [(), (f"{BUYER}=4..7",)]


@pytest.mark.parametrize("command", [["zone"], ["sensitivity"], ["run"]])
def test_a_study_file_is_no_scenario_and_says_so(sale: str, command: list[str]) -> None:
    Path("x.study.yaml").write_text(f"negsim_study: 1\nscenario: {sale}\nvary: all\n", encoding="utf-8")
    done = run(*command, "x.study.yaml")
    assert done.exit_code == 2
    assert (
        done.stderr == "Error: x.study.yaml is a study file, no scenario; negsim sweep x.study.yaml does what it says\n"
    )


def test_failed_cells_can_be_tried_again(sale: str) -> None:
    study = swept(sale, *(f"--vary={path}={over}" for path, over in FAILING))
    n_failed = sum(n for _, n, _ in study.errors)
    assert n_failed
    again = run("sweep", "--resume", "study", "--retry-failed", *SERIAL)
    assert again.exit_code == 0
    assert f"{n_failed} of which failed" in again.stdout
    swept(sale, "--vary", f"{SELLER}=2,3", study="whole")
    assert "No cell of whole failed." in run("sweep", "--resume", "whole", "--retry-failed", *SERIAL).stderr
