"""Studies as text: small real ones, under snapshot at 80 columns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from negsim.report import text_study
from negsim.report.page import Page, Style
from negsim.report.study_names import DESIGNS, RESULTS
from negsim.report.text_study import short_paths, write_study
from negsim.study import Policy, ReadStudy
from negsim.study.designs import DESIGNS as KNOWN_DESIGNS
from negsim.study.outcomes import HEADLINES
from negsim.study.policies import compare_policies
from negsim.study.summary import Effect, Group, StudySummary, summarise_study
from tests.snapshots import assert_matches
from tests.study.sales import BUYER, CALENDAR, FAILING, SALE, SEEN, SELLER, begun, done

SNAPSHOTS = Path(__file__).parent / "snapshots"

AS_IS = Policy("as_is", ())
POLICIES = (
    AS_IS,
    Policy("a_richer_buyer", (f"{BUYER}=4..7",)),
    Policy("a_buyer_who_knows_nothing_of_other_sellers", (f"{BUYER}=6..9",)),
)
FIRST = ("parties.seller.tactic", "holdout,{time: {exponent: 2}},relative_tit_for_tat")
TACTICS = (FIRST, ("protocol.kind", "alternating_offers,single_text"))

STUDIES: dict[str, dict[str, Any]] = {
    "one-cell": {"policies": (AS_IS,), "n_worlds": 512},
    "grid": {"vary": ((SELLER, "range(2,5,1)"), (BUYER, "3..6/7"))},
    "sobol": {
        "vary": (("all", ""), ("parties.buyer.tactic.time.exponent", "0.5..4")),
        "n_cells": 48,
        "of": ("zone", "bargain"),
    },
    "words": {"vary": TACTICS, "of": ("zone", "bargain", "talks"), "text": SALE + CALENDAR + SEEN},
    "policies": {"vary": ((SELLER, ""),), "n_cells": 20, "policies": POLICIES, "n_worlds": 512},
    "failures": {"vary": FAILING, "policies": POLICIES[:2]},
}


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadStudy]:
    return {name: done(tmp_path_factory.mktemp(name), **settings) for name, settings in STUDIES.items()}


def report(study: ReadStudy, of: str = "", style: Style | None = None, found: StudySummary | None = None) -> str:
    page = Page(style or Style())
    comparison = compare_policies(study, of) if len(study.sweep.policies) > 1 else None
    named = replace(study, folder="results/sale", made_with={**study.made_with, "negsim": "1.2.3"})
    write_study(page, named, found or summarise_study(study, of), comparison)
    return page.text()


def said(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", STUDIES)
def test_a_study_reads_as_agreed(studies: dict[str, ReadStudy], name: str) -> None:
    assert_matches(report(studies[name]), SNAPSHOTS / f"study-{name}.txt")


def test_another_result_of_a_study_reads_as_agreed(studies: dict[str, ReadStudy]) -> None:
    assert_matches(report(studies["words"], "talks.p_agreement"), SNAPSHOTS / "study-words-talks.txt")


def test_a_study_reads_as_agreed_in_ascii(studies: dict[str, ReadStudy]) -> None:
    text = report(studies["policies"], style=Style(ascii_only=True))
    assert text.isascii()
    assert "?" not in text
    assert_matches(text, SNAPSHOTS / "study-policies-ascii.txt")


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("name", STUDIES)
def test_no_line_is_wider_than_the_page(studies: dict[str, ReadStudy], name: str, width: int) -> None:
    assert max(len(line) for line in report(studies[name], style=Style(width=width)).splitlines()) <= width


def test_an_unfinished_study_reads_as_agreed(tmp_path: Path) -> None:
    text = report(begun(tmp_path, 5, vary=((SELLER, "2..5"),), n_cells=32))
    assert_matches(text, SNAPSHOTS / "study-unfinished.txt")


def test_a_study_that_was_only_begun_says_so(tmp_path: Path) -> None:
    text = said(report(begun(tmp_path, 0, vary=((SELLER, "2,5"),))))
    assert text.startswith("No cell has a result yet.")
    assert "A sale: 2 cells, 2 still to be done. Every combination of the values." in text
    assert "What it goes along with" not in text


def test_a_study_all_of_which_failed_says_so_and_gives_the_reasons(tmp_path: Path) -> None:
    both = tuple((path, over.split(",")[0]) for path, over in FAILING)
    text = said(report(done(tmp_path, vary=both)))
    assert text.startswith("Every cell failed.")
    assert "1 cell, the first is 0: rules: error[NS410]: no outcome satisfies all rules" in text


def test_many_reasons_are_cut_and_say_where_the_rest_is(studies: dict[str, ReadStudy]) -> None:
    errors = tuple((f"reason {k}\nmore of it", 2, k) for k in range(8))
    text = said(report(replace(studies["failures"], errors=errors)))
    assert "2 cells, the first is 4: reason 4 3 more reasons are in the column error of --format csv." in text
    assert "reason 5" not in text
    assert "more of it" not in text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ("2,2.5", "P(zone) is 100 % in all 2 cells."),
        ("2,5", "P(zone) goes from 33 % to 100 %, 67 % in the middle: it is above one half in 1 of 2 cells."),
        ("4.5,5", "P(zone) is 33 % in all 2 cells."),
        ("2,3,3.5", "it is above one half in all of 3 cells."),
    ],
)
def test_the_headline_says_how_the_result_runs(tmp_path: Path, values: str, sentence: str) -> None:
    study = done(tmp_path, vary=((SELLER, values),), n_worlds=1024)
    assert sentence in said(report(study))


def test_none_and_one_are_words(studies: dict[str, ReadStudy]) -> None:
    found = summarise_study(studies["grid"])
    (line,) = found.headlines
    none = replace(found, headlines=(replace(line, n_above_half=0),))
    assert "it is above one half in none of 28 cells" in said(report(studies["grid"], found=none))


def effects(n: int, *, clear: bool) -> tuple[Effect, ...]:
    groups = (Group(1, 1, "", 2, 0.2), Group(2, 2, "", 2, 0.4))
    return tuple(Effect(f"paths.number_{k}", groups, 0.2, clear) for k in range(n))


@pytest.mark.parametrize(
    ("n", "clear", "sentence"),
    [
        (11, True, "1 further path goes along with less; --format csv has every cell."),
        (13, True, "3 further paths go along with less; --format csv has every cell."),
        (
            2,
            False,
            "With these the mean of P(zone) changes by less than half a percentage point: - paths.number_0 - paths.number_1",
        ),
        (12, False, "- paths.number_9 and 2 more."),
    ],
)
def test_of_many_effects_ten_are_shown(
    studies: dict[str, ReadStudy], monkeypatch: pytest.MonkeyPatch, n: int, clear: bool, sentence: str
) -> None:
    found = replace(summarise_study(studies["grid"]), effects=effects(n, clear=clear))
    monkeypatch.setattr(text_study, "titles_of", lambda *_: {one.path: one.path for one in found.effects})
    monkeypatch.setattr(text_study, "_fitting", lambda *_: 0)
    text = said(report(studies["grid"], found=found))
    assert sentence in text
    assert "paths.number_10" not in text


def test_worlds_by_sobol_points_are_not_said_to_be_the_same_in_all_cells(studies: dict[str, ReadStudy]) -> None:
    study = studies["grid"]
    assert "the same in all cells" in said(report(study))
    assert "the same in all" not in said(report(replace(study, sweep=replace(study.sweep, sampler="sobol"))))


@pytest.mark.parametrize(
    ("paths", "short"),
    [
        (["policy"], ["policy"]),
        (["a.b.c"], ["b.c"]),
        (["a.b.c", "d.b.c"], ["a … c", "d … c"]),
        (["x.a.b.c", "x.d.b.c", "x.a.e"], ["a … c", "d … c", "a.e"]),
        (["b.c", "a.b.c"], ["b … c", "a … c"]),
    ],
)
def test_paths_are_cut_to_what_tells_them_apart(paths: list[str], short: list[str]) -> None:
    assert short_paths(paths) == short


def test_everything_that_a_study_can_be_of_has_a_name() -> None:
    assert set(RESULTS) == set(HEADLINES)
    assert set(KNOWN_DESIGNS) <= set(DESIGNS)
