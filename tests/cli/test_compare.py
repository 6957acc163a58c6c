from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.support import SALE, SNAPSHOTS, hopeless_text, run, write_sale
from tests.snapshots import assert_matches

BUYER = "parties.buyer.no_deal.same_as.price"


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def sale(tmp_path: Path) -> str:
    return write_sale(tmp_path)


def p_zone(text: str) -> tuple[float, float, float]:
    data = json.loads(text)["p_zone"]
    return tuple(data[name]["estimate"] for name in ("before", "after", "difference"))


def test_a_file_is_compared_with_itself_changed_and_reads_as_agreed(sale: str) -> None:
    result = run("compare", sale, "--set", f"{BUYER}=2..6", "--worlds", "1024")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert_matches(result.stdout, SNAPSHOTS / "compare-sale.txt")


def test_the_first_side_of_one_file_is_the_file_as_it_is(sale: str) -> None:
    # The seller takes 4 at least. The buyer pays up to 6, then up to 3: a zone in every world, then in none.
    text = run("compare", sale, "--set", f"{BUYER}=3", "--worlds", "256", "--format", "json").stdout
    assert p_zone(text) == (1.0, 0.0, -1.0)
    assert json.loads(text)["differences"]["changed"] == [{"path": BUYER, "before": 6, "after": 3}]


def test_two_files_are_compared_in_the_order_given(tmp_path: Path, sale: str) -> None:
    poorer = write(tmp_path, "poorer.yaml", SALE.replace("price: 6", "price: 3"))
    assert p_zone(run("compare", sale, poorer, "--worlds", "256", "--format", "json").stdout) == (1.0, 0.0, -1.0)
    assert p_zone(run("compare", poorer, sale, "--worlds", "256", "--format", "json").stdout) == (0.0, 1.0, 1.0)


def test_a_change_is_made_to_both_of_two_files(tmp_path: Path, sale: str) -> None:
    poorer = write(tmp_path, "poorer.yaml", SALE.replace("price: 6", "price: 3"))
    text = run("compare", sale, poorer, "--set", f"{BUYER}=3", "--worlds", "256", "--format", "json").stdout
    assert p_zone(text) == (0.0, 0.0, 0.0)
    assert json.loads(text)["differences"]["changed"] == []


def test_json_fits_the_schema_that_negsim_prints(sale: str) -> None:
    text = run("compare", sale, "--set", f"{BUYER}=2..6", "--worlds", "256", "--format", "json").stdout
    jsonschema.validate(json.loads(text), json.loads(run("schema", "compare").stdout))


def test_the_number_of_jobs_changes_no_byte(sale: str) -> None:
    arguments = ("compare", sale, "--set", f"{BUYER}=2..6", "--worlds", "600", "--format", "json")
    assert run(*arguments, "--jobs", "1").stdout == run(*arguments, "--jobs", "3").stdout


def test_seed_and_sampler_are_those_asked_for(sale: str) -> None:
    arguments = ("compare", sale, "--set", f"{BUYER}=2..6", "--worlds", "300", "--format", "json")
    data = json.loads(run(*arguments, "--seed", "7", "--sampler", "random").stdout)
    assert data["settings"] == {"worlds": 300, "seed": 7, "sampler": "random"}
    assert data["p_zone"] != json.loads(run(*arguments).stdout)["p_zone"]


def test_one_file_without_a_change_says_what_to_do(sale: str) -> None:
    result = run("compare", sale)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "name a second file, or change the first with --set PATH=VALUE" in result.stderr


def test_a_file_compared_with_itself_differs_in_nothing(sale: str) -> None:
    assert "Nothing differs" in run("compare", sale, sale, "--worlds", "256").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--set", "parties.byuer.no_deal=3"], "byuer"),
        (["--set", f"{BUYER}=11"], "11"),
        (["--set", f"{BUYER}=3", "--precision", "0.01"], "--precision"),
        (["--set", f"{BUYER}=3", "--format", "csv"], "'text', 'json'"),
        (["no-such.yaml"], "no-such.yaml cannot be read"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(sale: str, arguments: list[str], said: str) -> None:
    result = run("compare", sale, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_change_that_one_of_two_files_cannot_take_names_the_file(tmp_path: Path, sale: str) -> None:
    renamed = write(tmp_path, "renamed.yaml", SALE.replace("buyer:", "client:"))
    result = run("compare", sale, renamed, "--set", f"{BUYER}=3")
    assert result.exit_code == 2
    assert "renamed.yaml" in result.stderr
    assert "buyer" in result.stderr


def test_errors_of_both_files_come_at_once_each_in_its_file(tmp_path: Path) -> None:
    first = write(tmp_path, "first.yaml", SALE.replace("title: Buyer", "titel: Buyer"))
    second = write(tmp_path, "second.yaml", SALE.replace("scale: 0..10", "scale: 10..0"))
    result = run("compare", first, second)
    assert result.exit_code == 2
    assert f"{first}:9:" in result.stderr
    assert f"{second}:5:" in result.stderr


def test_errors_of_a_file_given_twice_are_told_once(tmp_path: Path) -> None:
    file = write(tmp_path, "first.yaml", SALE.replace("title: Buyer", "titel: Buyer"))
    assert run("compare", file, file).stderr == run("zone", file).stderr


RULES = "rules:\n  one: {require: price == 0}\n  two: {require: price == 1}\n"


def test_what_only_the_analysis_finds_is_shown_in_the_file_that_has_it(tmp_path: Path, sale: str) -> None:
    empty = write(tmp_path, "empty.yaml", SALE + RULES)
    other = write(tmp_path, "other.yaml", SALE + RULES)
    line = len(SALE.splitlines()) + 1
    result = run("compare", sale, empty)
    assert result.exit_code == 2
    assert f"{empty}:{line}:1: error[NS410]" in result.stderr
    assert sale not in result.stderr
    both = run("compare", empty, other).stderr
    assert f"{empty}:{line}:1: error[NS410]" in both
    assert f"{other}:{line}:1: error[NS410]" in both


def test_too_many_combinations_are_shown_in_the_file_that_has_them(tmp_path: Path, sale: str) -> None:
    hopeless = write(tmp_path, "hopeless.yaml", hopeless_text(25))
    result = run("compare", sale, hopeless, "--worlds", "256")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{hopeless}:4:1: error[NS418]: there are 3.36e+07 outcomes; merging them was stopped" in result.stderr
    assert sale not in result.stderr


def test_an_interrupt_names_the_worlds_done(sale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **settings: object) -> None:
        on_progress = settings["on_progress"]
        assert callable(on_progress)
        on_progress(1024, 4096)
        raise KeyboardInterrupt

    monkeypatch.setattr("negsim.zone.compare_zones", interrupted)
    result = run("compare", sale, sale)
    assert result.exit_code == 130
    assert result.stderr == "Interrupted after 1,024 of 4,096 worlds; nothing was saved.\n"
