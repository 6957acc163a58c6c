"""The committed example run can be made again, and its page says what it holds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from negsim.cli import main
from negsim.model.estimates import Estimate
from negsim.report.words import exact_percent
from tests.docs.pages import ROOT, read_blocks

EXAMPLE = ROOT / "results" / "example-geneva-2026"
PAGE = ROOT / "results" / "README.md"
SCENARIO = ROOT / "scenarios" / "geneva-2026.scenario.yaml"

LAST_BITS = 0.005
"""Another kind of processor may differ in the last bit of a draw, and so in a world or two of 4,096."""

ROW = re.compile(r"^\| [^|]+ \| `([^`]+)` \| ([^|]+) \|$", re.MULTILINE)


def load(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / EXAMPLE.name
    done = CliRunner().invoke(main, ["run", str(SCENARIO), "--out", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return folder


def same_machinery(one: Path, other: Path) -> bool:
    """Bytes are promised for one kind of processor and one version of NumPy and SciPy."""
    first, second = load(one, "run.json"), load(other, "run.json")
    libraries = ("numpy", "scipy")
    return first["processor"] == second["processor"] and all(
        first["versions"][name] == second["versions"][name] for name in libraries
    )


def farthest(one: Any, other: Any) -> float:
    """Find how far two results differ in any estimate of P(zone) or of an option; infinite if they differ in form."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return max((farthest(one[key], other[key]) for key in one), default=0.0)
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return max((farthest(*pair) for pair in zip(one, other, strict=True)), default=0.0)
    if isinstance(one, float | int) and isinstance(other, float | int):
        return abs(one - other)
    return 0.0 if one == other else float("inf")


def test_the_example_run_is_what_negsim_run_writes_today(remade: Path) -> None:
    assert (remade / "scenario.yaml").read_bytes() == (EXAMPLE / "scenario.yaml").read_bytes()
    settings = ("format", "id", "n_worlds", "settings")
    assert [load(remade, "run.json")[key] for key in settings] == [load(EXAMPLE, "run.json")[key] for key in settings]
    if same_machinery(remade, EXAMPLE):
        for name in ("result.json", "report.txt"):
            assert (remade / name).read_bytes() == (EXAMPLE / name).read_bytes(), name


def test_the_example_run_has_the_same_estimates_on_any_processor(remade: Path) -> None:
    new, kept = load(remade, "result.json"), load(EXAMPLE, "result.json")
    for key in ("p_zone", "options"):
        assert farthest(new[key], kept[key]) <= LAST_BITS


def test_a_result_that_differs_is_noticed() -> None:
    kept = load(EXAMPLE, "result.json")
    assert farthest(kept["p_zone"], {**kept["p_zone"], "low": kept["p_zone"]["low"] - 0.01}) > LAST_BITS
    assert farthest(kept["options"], kept["options"][1:]) > LAST_BITS


def test_nothing_but_a_run_stands_in_the_folder() -> None:
    assert {path.name for path in EXAMPLE.iterdir()} == {"report.txt", "result.json", "run.json", "scenario.yaml"}


def look_up(result: Any, key: str) -> Any:
    """Find ``p_zone``, ``deals[0].p_in_zone`` or ``ISSUE.OPTION.share_of_zones`` in a result."""
    first, *rest = re.sub(r"\[(\d+)\]", r".\1", key).split(".")
    if first not in result:
        option = next(item for item in result["options"] if (item["issue"], item["option"]) == (first, rest[0]))
        found, rest = option, rest[1:]
    else:
        found = result[first]
    for step in rest:
        found = found[int(step)] if isinstance(found, list) else found[step]
    return found


def in_words(estimate: Estimate) -> str:
    middle, low, high = (exact_percent(share, 1) for share in (estimate.estimate, estimate.low, estimate.high))
    return f"{middle} % ({low}–{high})"


def test_the_figures_of_the_page_are_those_of_the_result() -> None:
    result = load(EXAMPLE, "result.json")
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    assert len(rows) >= 10
    for key, shown in rows:
        found = look_up(result, key)
        assert shown == in_words(Estimate(found["estimate"], found["low"], found["high"])), key


def test_the_page_quotes_the_report_word_for_word() -> None:
    report = (EXAMPLE / "report.txt").read_text(encoding="utf-8")
    quoted = [block.text for block in read_blocks(PAGE.read_text(encoding="utf-8")) if block.language == "text"]
    command, *pieces = quoted
    assert command == f"negsim run {SCENARIO.relative_to(ROOT)} --out {EXAMPLE.relative_to(ROOT)}\n"
    assert len(pieces) >= 6
    for piece in pieces:
        assert piece in report, piece


def test_no_sentence_of_the_page_states_an_estimate() -> None:
    # A figure in a sentence would stay when the run changes; those in blocks and in the table are compared.
    page = PAGE.read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", ROW.sub("", page), flags=re.MULTILINE | re.DOTALL)
    assert re.findall(r"\d\s*%|±", prose.replace("95 % interval", "")) == []


def test_the_share_that_red_lines_leave_open_is_about_p_zone() -> None:
    # Firmnesses are uniform and independent of each other and of the coins, so their means are probabilities.
    russia, ukraine, wide, rada = (0.5 + 0.95) / 2, (0.5 + 0.95) / 2, (0.1 + 0.5) / 2, (0.5 + 0.9) / 2
    open_share = 1 - russia * (1 - (1 - ukraine) * (1 - wide) * (1 - rada))
    sum_ = f"1 − {russia} · (1 − (1 − {ukraine}) · (1 − {wide}) · (1 − {rada})) = {open_share:.3f}"
    assert sum_ in PAGE.read_text(encoding="utf-8")
    # Other things only take worlds away: above, P(zone) may lie by chance alone.
    p_zone = load(EXAMPLE, "result.json")["p_zone"]
    assert p_zone["low"] <= open_share
    assert open_share - p_zone["estimate"] < 0.03
