"""Which studies lie in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from negsim.errors import UsageError
from negsim.study import run_study
from negsim.study.listing import StudyListed, list_studies
from tests.study.sales import FAILING, SELLER, begun, done


def test_studies_are_listed_by_name_with_how_far_they_are(tmp_path: Path) -> None:
    done(tmp_path / "b", vary=FAILING, n_worlds=16)
    begun(tmp_path / "a", 2, vary=((SELLER, "2..5"),), n_cells=8, of=("zone", "bargain"), n_worlds=16)
    (tmp_path / "c").mkdir()
    (tmp_path / "d.txt").write_text("no folder", encoding="utf-8")
    first, second = list_studies(tmp_path)
    assert first == StudyListed(str(tmp_path / "a"), "sale", "A sale", "sobol", ("zone", "bargain"), 8, 2, 0)
    assert second == StudyListed(str(tmp_path / "b"), "sale", "A sale", "grid", ("zone",), 4, 3, 1)


def test_a_study_itself_is_a_list_of_one(tmp_path: Path) -> None:
    done(tmp_path, vary=((SELLER, "3,4"),), n_worlds=16)
    assert [(one.folder, one.n_done) for one in list_studies(tmp_path)] == [(str(tmp_path), 2)]


def test_what_cannot_be_read_is_listed_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "run.sqlite").write_bytes(b"not a database at all, but long enough to look at" * 10)
    done(tmp_path / "whole", vary=((SELLER, "3,4"),), n_worlds=16)
    broken, whole = list_studies(tmp_path)
    assert "it is no study, or damaged" in broken.problem
    assert (broken.scenario, broken.n_cells) == ("", 0)
    assert whole.problem == ""


def test_the_study_of_a_model_that_is_no_scenario_says_so(tmp_path: Path) -> None:
    run_study(lambda cell: {"y": cell["x"]}, {"x": [1, 2]}, ["y"], folder=tmp_path / "own", executor="serial")
    (found,) = list_studies(tmp_path)
    assert "is the study of a model that is no scenario" in found.problem


def test_a_folder_that_is_not_there_is_an_error_and_an_empty_one_is_none(tmp_path: Path) -> None:
    assert list_studies(tmp_path) == ()
    with pytest.raises(UsageError, match="there is no folder"):
        list_studies(tmp_path / "nowhere")
