from __future__ import annotations

import csv
import io
import json
from typing import Any

import jsonschema
import pytest

from negsim.report.csv_talks import TALKS_ROWS
from negsim.report.json import to_text
from negsim.report.json_story import story_data
from negsim.report.json_talks import calendar_data, talks_data
from negsim.report.schema import story_schema_text, talks_schema_text, zone_schema_text
from negsim.talks.result import TalksResult
from negsim.talks.story import Story
from tests.docs.pages import ROOT
from tests.docs.test_docs import keys, words_in_code
from tests.report.calendars import FAILED, FOUND, SCARCE, STORY, UNSEEN, calendar

TALKS: dict[str, Any] = json.loads(talks_schema_text())
STORIES: dict[str, Any] = json.loads(story_schema_text())


def assert_fits(data: dict[str, Any], schema: dict[str, Any]) -> None:
    """Fits, and no longer does once a key is added or left out."""
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(to_text(data)), schema)
    for broken in (data | {"elapsed": 1}, *({k: v for k, v in data.items() if k != key} for key in data)):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, schema)


@pytest.mark.parametrize("found", [FOUND, SCARCE, UNSEEN])
def test_the_data_fit_their_schema(found: TalksResult) -> None:
    assert_fits(talks_data(found, calendar(), "1.2.3"), TALKS)


@pytest.mark.parametrize("story", [STORY, FAILED])
@pytest.mark.parametrize("what_if", ["", "no_raids"])
def test_a_history_fits_its_schema(story: Story, what_if: str) -> None:
    data = story_data(story, calendar(), "lhs", "1.2.3", what_if)
    assert_fits(data, STORIES)
    assert data["settings"]["what_if"] == (what_if or None)


def test_a_saved_run_holds_the_same_in_the_same_form() -> None:
    part = json.loads(zone_schema_text())
    inner = part["properties"]["talks"]["anyOf"][0]["properties"]
    own = {name: held for name, held in TALKS["properties"].items() if name in inner}
    assert {name: held for name, held in inner.items() if name != "worlds"} == own
    for name, held in TALKS["$defs"].items():  # but for their descriptions
        assert part["$defs"][name]["properties"] == held["properties"]
        assert part["$defs"][name]["required"] == held["required"]
    whole, saved = talks_data(FOUND, calendar(), "1.2.3"), calendar_data(FOUND)
    assert saved == {"worlds": 4096} | {name: whole[name] for name in own}
    assert calendar_data(None) is None


@pytest.mark.parametrize("schema", [TALKS, STORIES])
def test_every_key_is_in_the_reference(schema: dict[str, Any]) -> None:
    assert keys(schema) - words_in_code(ROOT / "docs" / "reference" / "json.md") == set()


def rows(name: str, found: TalksResult = FOUND) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(TALKS_ROWS[name](found))))


def test_a_row_of_sessions_holds_what_is_known_and_leaves_the_rest_empty() -> None:
    found = rows("sessions")
    assert [row["day"] for row in found] == [one.day.isoformat() for one in FOUND.sessions]
    assert (found[2]["session"], found[2]["number"], found[2]["p_zone"]) == ("rounds", "1", "0.41")
    assert (found[2]["p_in_earnest.upper"], found[2]["believed.lower"]) == ("0.31", "0.88")
    assert (found[-1]["p_zone"], found[-1]["p_in_earnest.upper"], found[-1]["believed.upper"]) == ("", "", "")


def test_rows_of_days_are_those_of_things_as_they_stand_and_of_each_what_if() -> None:
    found = rows("days")
    n_days = len(FOUND.by_day)
    assert [row["what_if"] for row in found] == [""] * n_days + ["wardens_lead"] * n_days + ["no_raids"] * n_days
    assert found[n_days - 1] == {
        "what_if": "",
        "day": "2026-04-30",
        "p_agreement": "0.18",
        "p_agreement.low": "0.16",
        "p_agreement.high": str(0.18 + 0.02),
    }


def test_rows_of_reasons_what_ifs_and_moves_hold_their_figures() -> None:
    assert [(row["stop"], row["p"]) for row in rows("reasons")][:2] == [("agreed", "0.18"), ("bad_faith", "0.45")]
    first = rows("what-ifs")[0]
    assert (first["what_if"], first["p_agreement"], first["change"], first["change.low"]) == (
        *("wardens_lead", "0.3", "0.12", "0.09"),
    )
    moved = rows("moved")[2]
    assert moved["path"] == "talks.events.raids.rate"
    assert float(moved["shift"]) == pytest.approx(0.013 / 0.058)


@pytest.mark.parametrize("name", TALKS_ROWS)
def test_where_nothing_was_seen_or_asked_there_may_be_no_rows_but_a_header(name: str) -> None:
    assert TALKS_ROWS[name](UNSEEN).splitlines()[0] == TALKS_ROWS[name](FOUND).splitlines()[0]
    assert bool(rows(name, UNSEEN)) is (name not in ("what-ifs", "moved"))
