"""Studies as JSON and CSV, and their schemas."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from negsim.report.csv_study import study_csv
from negsim.report.json_study import studies_data, study_data
from negsim.report.schema import studies_schema_text, study_schema_text
from negsim.study import ReadStudy
from negsim.study.listing import list_studies
from negsim.study.policies import compare_policies
from negsim.study.reading import digest_of, read_rows
from negsim.study.summary import summarise_study
from tests.docs.pages import ROOT
from tests.docs.test_docs import keys, words_in_code
from tests.report.test_text_study import STUDIES
from tests.study.sales import SELLER, begun, done

STUDY: dict[str, Any] = json.loads(study_schema_text())
LIST: dict[str, Any] = json.loads(studies_schema_text())


def data(study: ReadStudy) -> Any:
    comparison = compare_policies(study) if len(study.sweep.policies) > 1 else None
    rows, digest = read_rows(study.folder), digest_of(study.folder)
    return json.loads(
        json.dumps(study_data(study, summarise_study(study), comparison, rows, digest, "1.2.3"), allow_nan=False)
    )


@pytest.mark.parametrize("schema", [STUDY, LIST])
def test_the_schema_is_a_schema(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("schema", [STUDY, LIST])
def test_every_key_is_in_the_reference(schema: dict[str, Any]) -> None:
    assert keys(schema) - words_in_code(ROOT / "docs" / "reference" / "json.md") == set()


@pytest.mark.parametrize("name", STUDIES)
def test_every_study_fits_the_schema(tmp_path: Path, name: str) -> None:
    study = done(tmp_path, **{**STUDIES[name], "n_worlds": 64})
    found = data(study)
    jsonschema.validate(found, STUDY)
    assert len(found["rows"]) == found["cells"]["planned"] == study.n_cells
    assert (found["policies"] is None) == (len(study.sweep.policies) < 2)


def test_studies_that_are_begun_fit_it_too(tmp_path: Path) -> None:
    for k in (0, 2):
        found = data(begun(tmp_path / str(k), k, vary=((SELLER, "2,3,4"),)))
        jsonschema.validate(found, STUDY)
        assert found["cells"] == {"planned": 3, "done": k, "failed": 0, "left": 3 - k}


def test_a_failed_cell_has_its_reason_and_no_results(tmp_path: Path) -> None:
    found = data(done(tmp_path, **STUDIES["failures"]))
    jsonschema.validate(found, STUDY)
    failed = [row for row in found["rows"] if row["status"] == "failed"]
    assert len(failed) == found["cells"]["failed"] == 2
    assert all("no outcome satisfies all rules" in row["error"] for row in failed)
    assert all(value is None for row in failed for value in row["results"].values())
    assert found["policies"]["n_left_out"] == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [("policies", {}), ("digest", "abc"), ("of", "p_zoen"), ("cells", {"planned": -1}), ("more", 1), ("rows", [{}])],
)
def test_other_documents_do_not_fit(tmp_path: Path, key: str, value: Any) -> None:
    found = data(done(tmp_path, vary=((SELLER, "2,3"),), n_worlds=16))
    jsonschema.validate(found, STUDY)
    assert not jsonschema.Draft202012Validator(STUDY).is_valid({**found, key: value})


def test_a_list_fits_its_schema_with_what_cannot_be_read(tmp_path: Path) -> None:
    done(tmp_path / "whole", vary=((SELLER, "2,3"),), n_worlds=16)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "run.sqlite").write_bytes(b"no database" * 100)
    found = json.loads(json.dumps(studies_data(list_studies(tmp_path), str(tmp_path), "1.2.3")))
    jsonschema.validate(found, LIST)
    assert [bool(one["problem"]) for one in found["studies"]] == [True, False]


def test_csv_has_a_row_a_cell_with_everything_in_full(tmp_path: Path) -> None:
    study = done(tmp_path, **{**STUDIES["failures"], "n_worlds": 64})
    rows = list(csv.DictReader(io.StringIO(study_csv(study, read_rows(tmp_path)))))
    assert [int(row["cell"]) for row in rows] == list(range(study.n_cells))
    assert list(rows[0])[:6] == ["cell", "rules.one.require", "rules.two.require", "policy", "status", "attempts"]
    assert [row["status"] for row in rows] == ["failed"] * 2 + ["done"] * 6
    assert rows[0]["p_zone"] == ""
    assert [float(row["p_zone"]) for row in rows[2:]] == study.table.results["p_zone"][2:].tolist()
