"""What the command asks of the calendar of talks and how it prints the answer; the calendar itself is stood in for."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import negsim.scenario
import negsim.talks
from negsim.cli.analysis import DEFAULT_WORLDS
from negsim.errors import UsageError
from negsim.scenario import LoadedScenario, Scenario, load_with_places
from negsim.scenario.types import Role
from tests.cli.support import SALE, run, write_sale
from tests.report.calendars import FOUND, STORY, TALKS, calendar

FILE = "strip.scenario.yaml"


class Stand:
    """Stands in for the loader and for the calendar; remembers what it was asked."""

    def __init__(self, scenario: Scenario, loaded: LoadedScenario) -> None:
        self.loaded = replace(loaded, scenario=scenario)
        self.asked: dict[str, Any] = {}

    def load_with_places(self, _: str, *, overrides: tuple[str, ...] = ()) -> LoadedScenario:
        self.asked["overrides"] = overrides
        return self.loaded

    def hold_talks(self, scenario: Scenario, **asked: Any) -> object:
        assert scenario is self.loaded.scenario
        self.asked |= asked
        asked["on_progress"](1, 2)
        what_ifs = tuple(one for one in FOUND.what_ifs if one.id in asked["what_if"])
        return replace(FOUND, n_worlds=asked["n_worlds"], what_ifs=what_ifs)

    def tell_story(self, scenario: Scenario, **asked: Any) -> object:
        assert scenario is self.loaded.scenario
        self.asked |= asked
        return replace(STORY, world=asked["world"])


def put_in(monkeypatch: pytest.MonkeyPatch, folder: Path, scenario: Scenario) -> Stand:
    stand = Stand(scenario, load_with_places(write_sale(folder)))
    monkeypatch.setattr(negsim.scenario, "load_with_places", stand.load_with_places)
    for name in ("hold_talks", "tell_story"):
        monkeypatch.setattr(negsim.talks, name, getattr(stand, name), raising=False)
    monkeypatch.setattr(negsim.talks, "can_hold_talks", lambda _: True, raising=False)
    return stand


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stand:
    return put_in(monkeypatch, tmp_path, calendar())


def test_without_options_4096_worlds_talk_and_no_what_if_is_asked(stand: Stand) -> None:
    result = run("talks", FILE)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("Given what was seen up to 3 February 2026, in 8 %")
    asked = {name: stand.asked[name] for name in ("n_worlds", "seed", "sampler", "what_if")}
    assert asked == {"n_worlds": 4096, "seed": 0, "sampler": "lhs", "what_if": ()}
    assert DEFAULT_WORLDS == 4096


def test_what_is_asked_is_handed_on(stand: Stand) -> None:
    asked = ("--worlds", "256", "--seed", "3", "--sampler", "sobol", "--jobs", "2", "--set", "a.b=1")
    assert run("talks", FILE, *asked).exit_code == 0
    names = ("n_worlds", "seed", "sampler", "n_jobs", "overrides")
    assert [stand.asked[name] for name in names] == [256, 3, "sobol", 2, ("a.b=1",)]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (["no_raids"], ("no_raids",)),
        (["no_raids", "wardens_lead", "no_raids"], ("no_raids", "wardens_lead")),
        (["all"], ("wardens_lead", "no_raids", "later")),
        (["later", "all"], ("later", "wardens_lead", "no_raids")),
    ],
)
def test_each_what_if_is_asked_once(stand: Stand, asked: list[str], names: tuple[str, ...]) -> None:
    result = run("talks", FILE, *(word for name in asked for word in ("--what-if", name)))
    assert result.exit_code == 0, result.stderr
    assert stand.asked["what_if"] == names


def test_json_fits_the_schema_that_negsim_prints(stand: Stand) -> None:
    data = json.loads(run("talks", FILE, "--format", "json", "--what-if", "no_raids").stdout)
    jsonschema.validate(data, json.loads(run("schema", "talks").stdout))
    assert [one["what_if"] for one in data["what_ifs"]] == ["no_raids"]
    told = json.loads(run("talks", FILE, "--trace", "--world", "300", "--format", "json").stdout)
    jsonschema.validate(told, json.loads(run("schema", "talks-trace").stdout))
    assert told["settings"] == {"world": 300, "seed": STORY.seed, "sampler": "lhs", "what_if": None}
    assert stand.asked["world"] == 300


def test_a_history_is_told_under_one_what_if(stand: Stand) -> None:
    result = run("talks", FILE, "--trace", "--what-if", "no_raids")
    assert result.stdout.startswith("World 0: Upper village")
    assert (stand.asked["what_if"], stand.asked["world"]) == ("no_raids", 0)
    told = json.loads(run("talks", FILE, "--trace", "--what-if", "later", "--format", "json").stdout)
    assert told["settings"]["what_if"] == "later"


@pytest.mark.usefixtures("stand")
def test_a_row_is_what_was_asked_for() -> None:
    def rows(*asked: str) -> list[dict[str, str]]:
        text = run("talks", FILE, "--format", "csv", *asked).stdout
        return list(csv.DictReader(io.StringIO(text)))

    assert rows() == rows("--rows", "sessions")
    assert len(rows()) == len(FOUND.sessions)
    assert [row["what_if"] for row in rows("--rows", "what-ifs", "--what-if", "no_raids")] == ["no_raids"]
    assert {row["day"] for row in rows("--rows", "days")} == {one.day.isoformat() for one in FOUND.by_day}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--what-if", "no_riads"], "--what-if no_riads: strip has no what-if of this name; did you mean 'no_raids'?"),
        (["--what-if", "x"], "strip has no what-if of this name; known here: wardens_lead, no_raids and later"),
        (["--trace", "--what-if", "later", "--what-if", "no_raids"], "--trace tells one history: of --what-if later, no_raids only one goes with it"),
        (["--trace", "--what-if", "all"], "of --what-if wardens_lead, no_raids, later only one goes with it"),
        (["--world", "3"], "--world 3 needs --trace: without it all worlds are told together"),
        (["--trace", "--format", "csv"], "--trace has no rows: --format csv does not go with it"),
        (["--trace", "--worlds", "8"], "--trace tells one world, named by --world: --worlds 8 does not go with it"),
        (["--rows", "days"], "--rows days needs --format csv"),
        (["--rows", "options", "--format", "csv"], "'sessions', 'days', 'reasons', 'what-ifs', 'moved'"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("stand")
def test_a_request_that_makes_no_sense_is_refused(arguments: list[str], said: str) -> None:
    result = run("talks", FILE, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


def test_a_calendar_without_what_ifs_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in(monkeypatch, tmp_path, replace(calendar(), talks=replace(TALKS, what_if=())))
    assert "strip has no what-if of this name; it has none" in run("talks", FILE, "--what-if", "later").stderr
    assert run("talks", FILE, "--what-if", "all").exit_code == 0


@pytest.mark.parametrize("trace", [(), ("--trace",)])
def test_a_file_without_a_calendar_is_refused_with_what_to_write(tmp_path: Path, trace: tuple[str, ...]) -> None:
    result = run("talks", write_sale(tmp_path), *trace)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: sale has no calendar of talks; write a block like this one into the file:")
    for line in ("talks:", "  start: 2026-03-01", "  horizon: 2026-09-30", "  sessions:"):
        assert line in result.stderr.splitlines()


def test_who_has_nobody_to_talk_with_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one_signs = tuple(
        replace(party, role=Role.MEDIATOR) if party.id == "lower" else party for party in calendar().parties
    )
    put_in(monkeypatch, tmp_path, replace(calendar(), parties=one_signs))
    result = run("talks", FILE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: talks take two signatories or more, and in strip only upper has to sign\n"


def test_what_goes_wrong_in_the_calendar_is_told(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise UsageError("too many worlds")

    monkeypatch.setattr(negsim.talks, "hold_talks", fails, raising=False)
    result = run("talks", FILE)
    assert (result.exit_code, result.stderr) == (2, "Error: too many worlds\n")
    assert stand.asked == {"overrides": ()}


def test_a_run_holds_talks_too_with_all_what_ifs(tmp_path: Path, stand: Stand) -> None:
    out = tmp_path / "out"
    result = run("run", FILE, "--worlds", "256", "--out", str(out))
    assert result.exit_code == 0, result.stderr
    data = json.loads((out / "result.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, json.loads(run("schema", "zone").stdout))
    assert data["talks"]["worlds"] == 256
    assert [one["what_if"] for one in data["talks"]["what_ifs"]] == ["wardens_lead", "no_raids"]
    assert stand.asked["what_if"] == ("wardens_lead", "no_raids", "later")
    assert "If they talk by the calendar" in (out / "report.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("n_worlds", "held"), [(256, 256), (1024, 1024), (4096, 1024)])
def test_a_run_holds_talks_in_no_more_than_the_first_1024_worlds(stand: Stand, n_worlds: int, held: int) -> None:
    from negsim.cli.analysis import Settings
    from negsim.cli.talks import talks_if_any

    found = talks_if_any(stand.loaded, Settings(), n_worlds)
    assert found is not None
    assert (found.n_worlds, stand.asked["what_if"]) == (held, ("wardens_lead", "no_raids", "later"))


def test_in_a_run_nobody_talks_without_a_calendar(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("run", write_sale(tmp_path, SALE), "--worlds", "256", "--out", str(out))
    assert result.exit_code == 0
    assert "If they talk by the calendar" not in result.stdout
    data = json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert data["talks"] is None
    jsonschema.validate(data, json.loads(run("schema", "zone").stdout))
