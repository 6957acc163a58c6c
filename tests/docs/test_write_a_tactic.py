"""The tactic on the page about writing one, installed as a package and let loose on the scenario of the page before."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, Block, Outcome, agree, read_blocks, run

PAGE = ROOT / "docs" / "how-to" / "write-a-tactic.md"
SCENARIO = ROOT / "docs" / "how-to" / "let-them-bargain.md"


def blocks(page: Path) -> dict[str, Block]:
    """The first block of each language on a page."""
    return {block.language: block for block in reversed(read_blocks(page.read_text(encoding="utf-8")))}


def install(site: Path, module: str = "") -> None:
    """Lay down what `pip install` leaves of the package on the page."""
    shown = blocks(PAGE)
    project = tomllib.loads(shown["toml"].text)["project"]
    info = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    name = f"Name: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\n{name}", encoding="utf-8")
    groups = project["entry-points"]
    text = "".join(
        f"[{group}]\n" + "".join(f"{entry} = {value}\n" for entry, value in entries.items())
        for group, entries in groups.items()
    )
    (info / "entry_points.txt").write_text(text, encoding="utf-8")
    (site / "last_minute.py").write_text(module or shown["python"].text, encoding="utf-8")


def bargain(folder: Path, *settings: str, module: str = "") -> Outcome:
    """Run the command on the page beside the package on it."""
    install(folder / "site", module)
    (folder / "water.scenario.yaml").write_text(blocks(SCENARIO)["yaml"].text, encoding="utf-8")
    (step,) = blocks(PAGE)["console"].steps()
    return run(" ".join([step.command, *settings]), folder, folder / "site")


def test_the_page_shows_what_the_tactic_does(tmp_path: Path) -> None:
    done = bargain(tmp_path)
    assert done.code == 0, done.output
    (step,) = blocks(PAGE)["console"].steps()
    assert len(step.expected.splitlines()) > 10
    assert agree(step.expected, done.output), done.output
    assert "bargains by the tactic last minute: until 0.5 to 0.9." in done.output


def test_it_is_written_in_about_twenty_lines() -> None:
    assert len(blocks(PAGE)["python"].lines) <= 22


def test_processes_find_it_too(tmp_path: Path) -> None:
    one = bargain(tmp_path / "one", "--worlds", "600", "--jobs", "1")
    two = bargain(tmp_path / "two", "--worlds", "600", "--jobs", "2")
    assert one.code == 0
    assert one.output == two.output


def test_without_the_package_there_is_no_such_tactic(tmp_path: Path) -> None:
    (tmp_path / "water.scenario.yaml").write_text(blocks(SCENARIO)["yaml"].text, encoding="utf-8")
    (step,) = blocks(PAGE)["console"].steps()
    done = run(step.command, tmp_path)
    assert done.code == 2
    assert "error[NS427]" in done.output
    assert "last_minute" in done.output


@pytest.mark.parametrize("value", ["0.5..0.99", "-1"])
def test_its_parameters_have_the_domain_that_it_states(tmp_path: Path, value: str) -> None:
    done = bargain(tmp_path, f'--set "parties.lower.tactic={{last_minute: {{until: {value}}}}}"')
    assert done.code == 2
    assert "outside 0..0.95 (share)" in done.output


def test_what_has_parameters_and_is_no_tactic_is_refused_by_name(tmp_path: Path) -> None:
    module = blocks(PAGE)["python"].text.replace("LAST_MINUTE = Tactic(", "from types import SimpleNamespace\n_ = (")
    module += "LAST_MINUTE = SimpleNamespace(parameters=(UNTIL,))\n"
    done = bargain(tmp_path, module=module)
    assert done.code == 2
    assert "the tactic last_minute of last_minute:LAST_MINUTE is no negsim.bargaining.Tactic" in done.output
