"""`negsim talks` from the file to the page, with nothing stood in for."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import negsim.cli.terminal
from tests.cli.support import SNAPSHOTS, run
from tests.snapshots import assert_matches

# Upper and lower village share out land and water; raids cost the lower one what it has without a deal.
STRIP = """\
negsim: 1
id: strip
title: A strip of land
issues:
  land: {title: Land, kind: numeric, scale: 0..10, step: 1, unit: fields}
  water: {title: Water, options: {upper: To the upper village, shared: Shared}}
  cattle: {title: Cattle, options: {kept: Kept, returned: Returned}}
parties:
  upper:
    title: Upper village
    demands: {land: 10, water: upper, cattle: returned}
    priorities: {land: 4, water: 1..3, cattle: 1}
    no_deal: 30..60
    good_faith: 0.8
    red_lines:
      spring: {title: The spring, require: water == upper or land >= 5, firmness: 0.5, audience_cost: 5}
  lower:
    title: Lower village
    demands: {land: 0, water: shared, cattle: returned}
    priorities: {land: 4, water: 1..3, cattle: 1}
    no_deal: 40..70
    tactic: {time: {exponent: 1..4}}
  wardens: {title: Wardens, role: mediator, no_deal: 0}
talks:
  start: 2026-01-01
  horizon: 2026-04-30
  now: 2026-01-25
  tracks:
    elders: {title: Elders, delegations: {upper: ulf}}
    herders: {title: Herders}
  envoys:
    ulf: {party: upper, title: Ulf, tactic: {time: {exponent: 3..8}}, sidesteps: 0.2..0.6}
  sessions:
    hall: {title: In the hall, date: 2026-01-10, venue: Town hall, format: bilateral, track: elders, exchanges: 3}
    fair: {title: At the fair, date: 2026-01-20, agenda: [cattle], mismatch: 0.1}
    monthly: {title: Every month, every: 28, from: 2026-02-01, track: elders, exchanges: 3}
  deadline:
    extensible: {date: 2026-03-15, chance: 0.3..0.7, by: 30}
  events:
    raids:
      title: A raid
      rate: 0.05..0.2
      effects: {loss: {path: parties.lower.no_deal, add: -4..-1, fades: 30}}
    truce:
      title: A truce
      date: 2026-01-15
      chance: 0.5
      unless_serious: {upper: 0.1}
      effects: {quiet: {path: talks.events.raids.rate, multiply: 0.1, lasts: 10}}
    feud: {title: A feud, effects: {hurt: {path: parties.upper.no_deal, add: -1}}}
  reciprocity:
    revenge: {after: raids, brings: feud, chance: 0.5, delay: 2}
  partial_agreements:
    swap:
      title: Cattle for cattle
      issue: cattle
      to: returned
      instead_of: kept
      sessions: [fair]
      chance: 0.6
  counsel:
    on_the_spring:
      {mediator: wardens, hears: lower, line: parties.upper.red_lines.spring, session: monthly, bias: 0.2..1, war_cost: 2}
  observed:
    no_deal_yet: {session: hall, about: Nothing was signed.}
    kept_quiet: {event: truce, about: The truce held.}
    two_raids: {event: raids, count: 2, from: 2026-01-02, until: 2026-01-25}
  what_if:
    herders_lead: {title: The herders talk, tracks: {elders: herders}}
    no_raids: {title: Nobody raids, effects: {x: {path: talks.events.raids.rate, multiply: 0}}}
"""
FEW = ("--worlds", "256")


@pytest.fixture
def strip(tmp_path: Path) -> str:
    path = tmp_path / "strip.scenario.yaml"
    path.write_text(STRIP, encoding="utf-8")
    return str(path)


def text(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.stderr
    return result.stdout


def data(*arguments: str) -> Any:
    return json.loads(text(*arguments, "--format", "json"))


def test_the_text_reads_as_agreed(strip: str) -> None:
    assert_matches(text("talks", strip, *FEW, "--what-if", "all"), SNAPSHOTS / "talks-strip.txt")


def test_the_text_reads_as_agreed_on_a_narrow_terminal(strip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(negsim.cli.terminal, "stdout_width", lambda: 40)
    told = text("talks", strip, *FEW, "--what-if", "all")
    assert max(map(len, told.splitlines())) <= 40
    assert_matches(told, SNAPSHOTS / "talks-strip-narrow.txt")


def test_a_history_reads_as_agreed(strip: str) -> None:
    assert_matches(text("talks", strip, "--trace", "--world", "1"), SNAPSHOTS / "talks-trace-strip.txt")


@pytest.mark.parametrize("asked", [(), ("--what-if", "no_raids"), ("--what-if", "all")])
def test_json_fits_the_schema_that_negsim_prints(strip: str, asked: tuple[str, ...]) -> None:
    found = data("talks", strip, *FEW, *asked)
    jsonschema.validate(found, json.loads(text("schema", "talks")))
    expected = {(): [], ("--what-if", "no_raids"): ["no_raids"]}.get(asked, ["herders_lead", "no_raids"])
    assert [one["what_if"] for one in found["what_ifs"]] == expected


@pytest.mark.parametrize("asked", [(), ("--what-if", "herders_lead"), ("--world", "300")])
def test_a_history_as_json_fits_its_schema(strip: str, asked: tuple[str, ...]) -> None:
    jsonschema.validate(data("talks", strip, "--trace", *asked), json.loads(text("schema", "talks-trace")))


def rows_of(strip: str, rows: str) -> list[dict[str, str]]:
    asked = (*FEW, "--what-if", "all", "--format", "csv", "--rows", rows)
    return list(csv.DictReader(io.StringIO(text("talks", strip, *asked))))


def test_rows_say_what_the_json_says(strip: str) -> None:
    found = data("talks", strip, *FEW, "--what-if", "all")
    sessions, days, reasons = (rows_of(strip, rows) for rows in ("sessions", "days", "reasons"))
    assert [row["session"] for row in sessions] == ["hall", "fair", *["monthly"] * 4]
    held = [float(row["p_held"]) for row in sessions]
    assert held == pytest.approx([one["p_held"]["estimate"] for one in found["sessions"]])
    assert held == sorted(held, reverse=True)
    p = [float(row["p_agreement"]) for row in days if not row["what_if"]]
    assert p == sorted(p)
    assert p[-1] == pytest.approx(found["p_agreement"]["estimate"])
    assert sum(float(row["p"]) for row in reasons) == pytest.approx(1)
    assert [row["what_if"] for row in rows_of(strip, "what-ifs")] == ["herders_lead", "no_raids"]
    assert "talks.events.raids.rate" in {row["path"] for row in rows_of(strip, "moved")}


def test_the_histories_of_worlds_add_up_to_the_result(strip: str) -> None:
    # Where nothing was seen, all worlds weigh the same.
    unseen = STRIP[: STRIP.index("  observed:")] + STRIP[STRIP.index("  what_if:") :]
    Path(strip).write_text(unseen, encoding="utf-8")
    found = data("talks", strip, "--worlds", "6")
    stops = [data("talks", strip, "--trace", "--world", str(world))["end"]["stop"] for world in range(6)]
    told = {reason["stop"]: reason["p"]["estimate"] for reason in found["reasons"] if reason["p"]["estimate"]}
    assert told == pytest.approx({stop: stops.count(stop) / 6 for stop in set(stops)})


def test_a_name_that_is_none_is_refused(strip: str) -> None:
    result = run("talks", strip, "--what-if", "no_riads")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean 'no_raids'?" in result.stderr


@pytest.mark.parametrize("output", ["text", "json", "csv"])
def test_as_many_processes_as_you_like_find_the_same(strip: str, output: str) -> None:
    asked = ("talks", strip, "--worlds", "768", "--what-if", "no_raids", "--format", output)
    assert text(*asked, "--jobs", "1") == text(*asked, "--jobs", "2")


def test_where_nobody_puts_the_deadline_off_nothing_is_agreed_after_it(strip: str) -> None:
    never = ("--set", "talks.deadline.extensible.chance=0")
    found = data("talks", strip, *FEW, *never)
    assert found["deadline"]["p_extended"]["estimate"] == 0
    later = [one for one in found["sessions"] if one["day"] > "2026-03-15"]
    assert later
    assert all(one["p_held"]["estimate"] == 0 for one in later)


def test_a_run_lets_them_talk_too(strip: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = text("run", strip, *FEW, "--out", str(out))
    assert "If they talk by the calendar" in (out / "report.txt").read_text(encoding="utf-8")
    found = json.loads((out / "result.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, json.loads(text("schema", "zone")))
    alone = data("talks", strip, *FEW, "--what-if", "all")
    assert found["talks"]["p_agreement"] == alone["p_agreement"]
    assert found["talks"]["what_ifs"] == alone["what_ifs"]
    assert told


def test_a_zone_is_that_before_anything_was_seen(strip: str) -> None:
    told = " ".join(text("zone", strip, *FEW).split())
    assert "This zone is prior to what was observed of the talks" in told
    Path(strip).write_text(STRIP[: STRIP.index("  observed:")], encoding="utf-8")
    bare = data("zone", strip, *FEW)
    Path(strip).write_text(STRIP, encoding="utf-8")
    assert data("zone", strip, *FEW)["p_zone"] == bare["p_zone"]


def test_a_run_in_which_no_world_fits_what_was_seen_keeps_all_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("strip.scenario.yaml").write_text(ONE_DEAL, encoding="utf-8")
    found = run("run", "strip.scenario.yaml", "--worlds", "64", "--out", "kept")
    assert found.exit_code == 0
    assert (
        "Warning: no talks are held: none of 64 worlds fits what was seen up to talks.observed.failed" in found.stderr
    )
    kept = json.loads(Path("kept/result.json").read_text(encoding="utf-8"))
    assert kept["talks"] is None
    assert kept["p_zone"]["estimate"] == 1.0
    failed = run("talks", "strip.scenario.yaml", "--worlds", "64")
    assert failed.exit_code == 2
    assert "talks.observed.failed" in failed.stderr


# They cannot but agree at the only session.
ONE_DEAL = """\
negsim: 1
id: strip
title: A strip of land
issues: {land: {title: Land, options: [shared]}}
parties:
  upper: {title: Upper village, values: {land: {shared: 60}}, no_deal: 40}
  lower: {title: Lower village, values: {land: {shared: 60}}, no_deal: 40}
talks:
  start: 2026-01-01
  horizon: 2026-02-01
  now: 2026-01-10
  sessions: {only: {date: 2026-01-05}}
  observed: {failed: {session: only}}
"""
