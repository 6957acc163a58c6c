"""What `negsim show` says of the calendar of talks, in every form."""

from __future__ import annotations

import pytest

from negsim.errors import format_path
from negsim.report.implications import Implications
from negsim.report.json import scenario_data
from negsim.report.page import Page
from negsim.report.paths import path_words
from negsim.report.text_differences import write_differences
from negsim.report.text_show import write_scenario
from negsim.scenario import Scenario, loads
from negsim.scenario.codes import EXAMPLE_BASE
from negsim.scenario.differences import find_differences
from negsim.scenario.inventory import list_quantities
from tests.scenario.rich import RICH

IMPLIED = Implications(72, 36)
HEAD = "talks:\n  start: 2026-02-01\n  horizon: 2026-06-30\n"
SESSIONS = "  sessions: {first: {date: 2026-02-17}}\n"


def calendar(told: Scenario) -> list[str]:
    """Show a scenario, and take what stands below the heading: a paragraph, then an item in each line."""
    page = Page()
    write_scenario(page, told, IMPLIED)
    below = page.text().partition("Calendar of talks\n")[2]
    return " ".join(below.partition("What is uncertain")[0].split()).split(" - ")


def boat(rest: str) -> Scenario:
    return loads(EXAMPLE_BASE + HEAD + SESSIONS + rest)


def test_without_a_calendar_nothing_is_said() -> None:
    assert calendar(loads(EXAMPLE_BASE)) == [""]


def test_a_calendar_says_when_it_starts_and_ends_and_what_is_now() -> None:
    assert calendar(boat("")) == [
        "From 1 February 2026 to 30 June 2026; seen up to 1 February 2026. Talks end with 30 June 2026.",
        "first: 17 February 2026.",
    ]


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        ("firm: {date: 2026-05-01}", "Talks end with 1 May 2026."),
        (
            "extensible: {date: 2026-05-01, chance: 0.5, by: 1}",
            "Talks end with 1 May 2026, or are prolonged by 1 day with a probability of 0.5.",
        ),
        (
            "extensible: {date: 2026-05-01, chance: 0.5, by: 30, times: 2}",
            "Talks end with 1 May 2026, or are prolonged by 30 days with a probability of 0.5, 2 times at most.",
        ),
        ("hazard: {mean: 30..90}", "Talks may end on any day, after 30 to 90 days on average."),
        (
            "hazard: {mean: 90, from: 2026-03-01}",
            "Talks may end on any day from 1 March 2026 on, after 90 days on average.",
        ),
    ],
)
def test_each_kind_of_deadline_is_told(deadline: str, words: str) -> None:
    assert calendar(boat(f"  deadline: {{{deadline}}}\n"))[0].endswith(f"seen up to 1 February 2026. {words}")


def test_every_part_of_a_calendar_is_told() -> None:
    lines = calendar(loads(RICH))
    assert lines[0].startswith("Over a summer. From 1 February 2026 to 30 September 2026; seen up to 1 April 2026.")
    assert [line.partition(":")[0] for line in lines[1:4]] == ["“Opening”", "lamplight", "weekly"]
    assert (
        "“Opening”: 1 March 2026, The hall, bilateral, track “In the hall”, bob for The city and Ann for The club, 4 rounds"
        in lines[1]
    )
    assert "Ann for The club, only about “Lamps” and “Term”" in lines[2]
    assert "every 7 days from 1 May 2026 until 30 June 2026" in lines[3]
    assert "at cross purposes with a probability of 0 to 0.2" in lines[3]
    text = "\n".join(lines)
    for words in (
        "storms: 0.01 to 0.05 times a day from 10 February 2026 until 10 August 2026",
        "rises by 1 to 2, half of it gone in 30 days",
        "“A strike”: 10 March 2026, with a probability of 0.5, 0.2 to 0.4 if The club is not serious",
        "how often a day “storms” happens is multiplied by 0.5 for 4 to 6 days",
        "answer: after “Opening”, 2 to 5 days later",
        "protest: in answer to others",
        "fights: every 10 days, a battle, drawn",
        "storms brings protest 2 days later with a probability of 0.2.",
        "“Light” may settle “Lamps” early: “1.5” instead of “0”, with a probability of 0.4.",
        "The state tells The city on 10 April 2026 whether “term” (The club) is real.",
        "The state tells The city at weekly whether",
        "Seen: “Opening” brought no settlement.",
        "Seen: “A strike” did not happen.",
        "Seen: storms 2 times from 10 February 2026 to 31 March 2026.",
        "Seen: “Light” was concluded at lamplight.",
        "Seen: 3 of 8 trials by 31 March 2026, as to the share ships in the loss idle without a deal, for The port.",
        "What if “On the quay”: sessions of “In the hall” are held on quay.",
        "What if calm: how often a day “storms” happens becomes 0.",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("-1", "falls by 1."),
        ("-10..-2", "falls by 2 to 10."),
        ("2..10", "rises by 2 to 10."),
        ("-2..3", "changes by −2 to 3."),
        ("{normal: {mean: -1, sd: 2}}", "changes by normal, mean −1, sd 2."),
        ("{triangular: {low: -4, mode: -3, high: -1}}", "falls by triangular, 1 to 4, most likely 3."),
    ],
)
def test_what_takes_away_falls(amount: str, words: str) -> None:
    effect = f"{{path: parties.seller.no_deal, add: {amount}}}"
    told = boat(f"  events: {{storm: {{rate: 0.1, effects: {{e: {effect}}}}}}}\n")
    assert calendar(told)[-1].endswith(words)


def test_every_quantity_of_the_calendar_has_a_name_of_its_own() -> None:
    told = loads(RICH)
    names = [path_words(named.path, told) for named in list_quantities(told) if named.path[0] == "talks"]
    assert len(names) == len(set(names))
    hazard = boat("  deadline: {hazard: {mean: 90}}\n")
    assert path_words(("talks", "deadline", "hazard", "mean"), hazard) == "the days that talks last on average"


def test_another_calendar_is_told_in_a_comparison() -> None:
    before = boat("  events: {storm: {rate: 0.1}}\n")
    after = boat("  events: {frost: {rate: 0.1}}\n  deadline: {firm: {date: 2026-05-01}}\n")
    page = Page()
    differences = find_differences(before, after)
    write_differences(page, differences, before, after)
    text = " ".join(page.text().split())
    assert "Only in the first: the event storm." in text
    assert "Only in the second: the event frost and the deadline firm." in text
    page = Page()
    bare = loads(EXAMPLE_BASE)
    write_differences(page, find_differences(bare, before), bare, before)
    assert "Only in the second: the calendar of talks." in " ".join(page.text().split())


def test_the_data_hold_the_calendar_without_its_quantities_which_are_listed_by_path() -> None:
    told = loads(RICH)
    data = scenario_data(told, IMPLIED, "0")
    talks = data["talks"]
    assert (talks["start"], talks["horizon"], talks["now"]) == ("2026-02-01", "2026-09-30", "2026-04-01")
    assert talks["deadline"] == {"kind": "extensible", "date": "2026-08-01", "from": None, "by": 14, "times": 2}
    assert talks["sessions"][1]["agenda"] == ["lamps", "years"]
    assert talks["events"][4] == {
        "id": "strike",
        "title": "A strike",
        "date": "2026-03-10",
        "every": None,
        "from": None,
        "until": None,
        "after": None,
        "random": False,
        "battle": None,
        "effects": [
            {"id": "calm", "path": "talks.events.storms.rate", "operation": "multiply"},
            {"id": "hope", "path": "parties.club.good_faith", "operation": "set"},
        ],
    }
    assert [{key: item[key] for key in item if key not in ("id", "about")} for item in talks["observed"]] == [
        {"event": "storms", "count": 2, "from": "2026-02-10", "until": "2026-03-31"},
        {"session": "opening"},
        {"partial": "light", "at": "lamplight"},
        {
            "binomial": {
                "path": "parties.port.no_deal.war.losses.idle.factors.ships",
                "hits": 3,
                "trials": 8,
            },
            "date": "2026-03-31",
        },
        {"event": "strike", "happened": False},
    ]
    listed = {item["path"] for item in data["quantities"]}
    assert {format_path(named.path) for named in list_quantities(told) if named.path[0] == "talks"} <= listed
    assert scenario_data(loads(EXAMPLE_BASE), IMPLIED, "0")["talks"] is None
