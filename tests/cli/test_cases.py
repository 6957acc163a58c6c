"""`negsim cases`: the library from the command line, and in a wheel."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest
from hatchling.builders.wheel import WheelBuilder

from negsim.report.schema import cases_schema_text
from negsim.scenario import load
from tests.cli.support import SNAPSHOTS, run
from tests.snapshots import assert_matches

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_list_reads_as_agreed() -> None:
    result = run("cases")
    assert result.exit_code == 0
    assert_matches(result.stdout, SNAPSHOTS / "cases.txt")
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_the_list_as_json_is_what_its_schema_says() -> None:
    found = json.loads(run("cases", "--format", "json").stdout)
    jsonschema.validate(found, json.loads(cases_schema_text()))
    assert json.loads(run("schema", "cases").stdout) == json.loads(cases_schema_text())
    assert found["cases"][0]["name"] == "house-sale"


def test_a_note_is_printed_without_its_head() -> None:
    result = run("cases", "show", "job-offer")
    assert result.stdout.startswith("# A job offer\n")
    assert result.stdout in (SCENARIOS / "job-offer.teaching.md").read_text(encoding="utf-8")


def test_a_copy_has_every_comment_and_says_what_to_do_next() -> None:
    result = run("cases", "copy", "job-offer")
    assert result.exit_code == 0
    assert_matches(result.stdout, SNAPSHOTS / "cases-copy.txt")
    assert Path("job-offer.scenario.yaml").read_bytes() == (SCENARIOS / "job-offer.scenario.yaml").read_bytes()


def test_a_copy_may_have_another_id_and_another_place() -> None:
    assert run("cases", "copy", "job-offer", "--as", "my-offer").exit_code == 0
    assert load("my-offer.scenario.yaml").id == "my-offer"
    assert run("cases", "copy", "house-sale", "--out", "mine.yaml").exit_code == 0
    assert load("mine.yaml").id == "house-sale"


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_texts_in_other_languages_come_with_a_copy_and_are_found_by_sheets(language: str) -> None:
    result = run("cases", "copy", "house-sale", "--as", "my-house")
    assert result.exit_code == 0
    copied = Path(f"my-house.texts.{language}.yaml")
    assert copied.name in result.stdout
    assert copied.read_bytes() == (SCENARIOS / f"house-sale.texts.{language}.yaml").read_bytes()
    assert run("sheets", "my-house.scenario.yaml", "--out", "sheets", "--lang", language).exit_code == 0
    title = copied.read_text(encoding="utf-8").splitlines()[0].removeprefix("title: ")
    assert title in Path("sheets/general.html").read_text(encoding="utf-8")


def test_a_case_in_one_language_is_copied_alone() -> None:
    assert run("cases", "copy", "job-offer").exit_code == 0
    assert [path.name for path in Path().iterdir()] == ["job-offer.scenario.yaml"]


def test_texts_that_are_there_are_not_overwritten_and_nothing_else_is_written() -> None:
    Path("house-sale.texts.uk.yaml").write_text("mine")
    result = run("cases", "copy", "house-sale")
    assert result.exit_code == 2
    assert "house-sale.texts.uk.yaml exists already" in result.stderr
    assert [(path.name, path.read_text()) for path in Path().iterdir()] == [("house-sale.texts.uk.yaml", "mine")]


def test_no_file_is_overwritten() -> None:
    Path("job-offer.scenario.yaml").write_text("mine")
    result = run("cases", "copy", "job-offer")
    assert (result.exit_code, Path("job-offer.scenario.yaml").read_text()) == (2, "mine")
    assert "exists already" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("copy", "job-ofer"), "Did you mean 'job-offer'?"),
        (("show", "zzz"), "`negsim cases` lists all"),
        (("copy", "job-offer", "--as", "My Offer"), "try 'my-offer'"),
        (("copy", "job-offer", "--out", "no/such/folder.yaml"), "No such file"),
        (("copi", "job-offer"), "No such command"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_hint(arguments: tuple[str, ...], said: str) -> None:
    result = run("cases", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert list(Path().iterdir()) == []


INSTALLED = """\
import sys
sys.path.insert(0, sys.argv[1])
import negsim
assert negsim.__file__.startswith(sys.argv[1]), negsim.__file__
from negsim.teaching.library import case_text, cases
print(*(case.name for case in cases() if case_text(case.name)))
"""


def test_a_wheel_holds_every_case_and_finds_it(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path / "dist"), versions=["standard"])
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        packed.extractall(tmp_path / "site")
    wanted = {f"negsim/_scenarios/{path.name}" for path in SCENARIOS.glob("*.scenario.yaml")}
    wanted |= {name.replace(".scenario.yaml", ".teaching.md") for name in wanted}
    wanted |= {f"negsim/_scenarios/{path.name}" for path in SCENARIOS.glob("*.texts.*.yaml")}
    assert wanted <= names
    done = subprocess.run(
        [sys.executable, "-c", INSTALLED, str(tmp_path / "site")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": ""},
    )
    assert sorted(done.stdout.split()) == sorted(
        path.name.removesuffix(".scenario.yaml") for path in SCENARIOS.glob("*.scenario.yaml")
    )
