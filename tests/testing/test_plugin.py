"""The plugin for pytest, in runs of its own over files in a folder of their own."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.testing.sales import EXPECT, LINE, REPLAY, ROOT, SALE, Ran, pytest_run, write_sale

# atexit runs last: an import anywhere on the way out is seen as well.
PROBE = """\
import atexit, sys
heavy = ("negsim", "hypothesis", "numpy", "scipy", "yaml", "rich", "click")
atexit.register(lambda: print("LOADED", *sorted(n for n in sys.modules if n.split(".")[0] in heavy), file=sys.__stderr__))
def test_something():
    {body}
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """A run over the sale and the replay of a counterexample."""
    folder = tmp_path_factory.mktemp("sale")
    write_sale(folder)
    (folder / "replay.scenario.yaml").write_text(REPLAY, encoding="utf-8")
    (folder / "other.yaml").write_text("a: [", encoding="utf-8")
    return pytest_run(folder, "-rP", "--strict-markers", "-m", "negsim")


def test_a_file_has_an_item_for_lint_and_one_for_each_expectation_and_a_counterexample_is_replayed(ran: Ran) -> None:
    assert ran.outcomes == {
        ("replay.scenario.yaml", "replay"): "failure",
        ("sale.scenario.yaml", "lint"): "passed",
        ("sale.scenario.yaml", "expect:likely"): "passed",
        ("sale.scenario.yaml", "expect:always"): "failure",
        ("sale.scenario.yaml", "expect:warned"): "passed",
        ("sale.scenario.yaml", "expect:undecided"): "passed",
    }
    assert ran.code == 1


def test_a_failure_says_what_negsim_check_says_and_shows_no_traceback(ran: Ran) -> None:
    assert ran.messages["expect:always"].splitlines() == [
        f"sale.scenario.yaml:{LINE['always']}:11: error[NS601]: always does not hold",
        "    11 |     that: for every world, zone",
        "       |           ^^^^^^^^^^^^^^^^^^^^^",
        "    counterexample (1 central world, 1 worst world): not zone",
        "    because: both need the sale",
        "    sale.scenario.yaml:7:59: parties.seller.no_deal",
        "      - 40..80",
        "      + 80",
    ]
    assert "Traceback" not in ran.text
    assert ".py:" not in ran.text


def test_a_counterexample_that_still_is_one_fails(ran: Ran) -> None:
    assert "replay.scenario.yaml:1:1: error[NS603]: sale.scenario.yaml still breaks always" in ran.messages["replay"]


def test_what_warns_and_what_is_undecided_is_a_warning_at_its_line(ran: Ran) -> None:
    assert f"sale.scenario.yaml:{LINE['warned']}: NegsimWarning:" in ran.text
    assert "warning[NS602]: undecided is undecided" in ran.text
    assert "2 failed, 4 passed, 2 warnings" in ran.text


def test_what_is_said_of_a_pass_can_be_shown(ran: Ran) -> None:
    assert "sale.scenario.yaml: likely holds in 1,024 cases" in ran.text


def test_warnings_that_are_errors_fail_without_a_traceback(tmp_path: Path) -> None:
    write_sale(tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n", encoding="utf-8")
    ran = pytest_run(tmp_path, "sale.scenario.yaml::expect:warned")
    assert ran.outcomes == {("sale.scenario.yaml", "expect:warned"): "failure"}
    assert "warned does not hold" in ran.messages["expect:warned"]
    assert "Traceback" not in ran.text
    named = pytest_run(tmp_path, "-W", "ignore::negsim.testing.NegsimWarning", "-k", "warned")
    assert named.code == 0


def test_lf_runs_again_what_failed_and_nothing_else(tmp_path: Path) -> None:
    write_sale(tmp_path)
    pytest_run(tmp_path, "-k", "always or likely")
    again = pytest_run(tmp_path, "--lf")
    assert again.outcomes == {("sale.scenario.yaml", "expect:always"): "failure"}


def test_items_are_chosen_by_keyword_and_marker(tmp_path: Path) -> None:
    write_sale(tmp_path)
    (tmp_path / "test_it.py").write_text("def test_likely():\n    pass\n", encoding="utf-8")
    by_word = pytest_run(tmp_path, "-k", "likely")
    assert set(by_word.outcomes) == {("sale.scenario.yaml", "expect:likely"), ("test_it", "test_likely")}
    assert set(pytest_run(tmp_path, "-m", "not negsim").outcomes) == {("test_it", "test_likely")}


def test_two_workers_find_what_one_process_finds(tmp_path: Path, ran: Ran) -> None:
    write_sale(tmp_path)
    (tmp_path / "replay.scenario.yaml").write_text(REPLAY, encoding="utf-8")
    shared = pytest_run(tmp_path, "-n", "2", plugins=("xdist.plugin",))
    assert shared.outcomes == ran.outcomes
    assert shared.messages == ran.messages
    assert "2 failed, 4 passed, 2 warnings" in shared.text


def test_a_broken_file_is_an_error_of_collection_at_its_place(tmp_path: Path) -> None:
    (tmp_path / "broken.scenario.yaml").write_text(SALE.replace("issues", "isues"), encoding="utf-8")
    ran = pytest_run(tmp_path)
    assert ran.code == 2
    assert "broken.scenario.yaml:4:1: error[NS201]: a scenario has no key 'isues'" in ran.text
    assert "Traceback" not in ran.text
    assert ".py:" not in ran.text


def test_a_file_without_outcomes_fails_whatever_is_asked_of_it(tmp_path: Path) -> None:
    rules = "rules: {low: {require: price < 10}, high: {require: price > 90}}\n"
    (tmp_path / "sale.scenario.yaml").write_text(SALE + rules + EXPECT, encoding="utf-8")
    ran = pytest_run(tmp_path, "-k", "lint or likely")
    assert set(ran.outcomes.values()) == {"failure"}
    assert all("error[NS410]" in message for message in ran.messages.values())
    assert "Traceback" not in ran.text


def test_slips_warn_and_do_not_fail_and_notes_are_silent(tmp_path: Path) -> None:
    slip = "rules: {low: {require: price <= 100}}\n"
    (tmp_path / "slip.scenario.yaml").write_text(SALE + slip, encoding="utf-8")
    ran = pytest_run(tmp_path)
    assert ran.outcomes == {("slip.scenario.yaml", "lint"): "passed"}
    assert "slip.scenario.yaml:8:24: warning[NS504]" in ran.text
    assert "1 passed, 1 warning" in ran.text
    sources = "sources: {paper: {title: A paper}}\nprovenance: {parties: {assumed: for the test}}\n"
    (tmp_path / "slip.scenario.yaml").write_text(SALE + sources, encoding="utf-8")
    noted = pytest_run(tmp_path, "-rP")
    assert "note[NS511]" in noted.text
    assert "NegsimWarning" not in noted.text


def test_counterexamples_are_written_where_a_folder_is_named_and_nowhere_else(tmp_path: Path) -> None:
    write_sale(tmp_path)
    before = set(tmp_path.iterdir())
    pytest_run(tmp_path, "-k", "always", "-p", "no:cacheprovider")
    assert {path.name for path in set(tmp_path.iterdir()) - before} <= {"__pycache__"}
    ran = pytest_run(tmp_path, "-k", "always", "--negsim-save", "found")
    assert "saved as found/sale--always.scenario.yaml" in ran.messages["expect:always"]
    again = pytest_run(tmp_path, "found")
    assert list(again.outcomes.values()) == ["failure"]
    (tmp_path / "sale.scenario.yaml").write_text((SALE + EXPECT).replace("40..80", "40..70"), encoding="utf-8")
    (tmp_path / "found" / "sale--always.scenario.yaml").write_text(
        REPLAY.replace("of: sale", "of: ../sale").replace("base: sale", "base: ../sale").replace("80", "70"),
        encoding="utf-8",
    )
    assert pytest_run(tmp_path, "found").code == 0


def test_numbers_come_from_options_before_the_ini_file(tmp_path: Path) -> None:
    write_sale(tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\nnegsim_worlds = 2048\n", encoding="utf-8")
    wanted = "sale.scenario.yaml::expect:undecided"
    assert "(2,048 worlds" in pytest_run(tmp_path, wanted).text
    assert "(4,096 worlds" in pytest_run(tmp_path, wanted, "--negsim-worlds=4096").text


@pytest.mark.parametrize("argument", ["--negsim-seed=-1", "--negsim-worlds=0", "-onegsim_seed=many"])
def test_a_number_that_is_none_is_refused_before_anything_runs(tmp_path: Path, argument: str) -> None:
    ran = pytest_run(tmp_path, argument)
    assert ran.code == 4
    assert "not a whole number from" in ran.text
    assert "Traceback" not in ran.text


def test_which_files_are_scenarios_can_be_said(tmp_path: Path) -> None:
    (tmp_path / "deals").mkdir()
    (tmp_path / "deals" / "sale.yaml").write_text(SALE, encoding="utf-8")
    (tmp_path / "other.yaml").write_text("a: [", encoding="utf-8")
    write_sale(tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\nnegsim_files = deals/*.yaml\n", encoding="utf-8")
    assert set(pytest_run(tmp_path).outcomes) == {("deals.sale.yaml", "lint")}


@pytest.mark.parametrize(
    ("body", "loaded"),
    [("pass", ["negsim", "negsim.testing", "negsim.testing.plugin"]), ("import click", ["click"])],
    ids=["nothing", "the probe sees it"],
)
def test_a_run_that_collects_no_scenario_loads_the_plugin_alone(tmp_path: Path, body: str, loaded: list[str]) -> None:
    (tmp_path / "test_it.py").write_text(PROBE.format(body=body), encoding="utf-8")
    ran = pytest_run(tmp_path)
    assert ran.code == 0
    found = next(line for line in ran.text.splitlines() if line.startswith("LOADED")).split()[1:]
    assert set(loaded) <= set(found)
    assert (found == loaded) == (body == "pass")


def test_the_plugin_is_an_entry_point_that_the_suite_of_negsim_leaves_out() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["entry-points"]["pytest11"] == {"negsim": "negsim.testing.plugin"}
    assert "no:negsim" in project["tool"]["pytest"]["ini_options"]["addopts"]
    assert {"Framework :: Pytest", "Framework :: Hypothesis"} <= set(project["project"]["classifiers"])
