from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from negsim.bargaining import Reason
from negsim.bargaining.stops import Stop
from negsim.model.estimates import Estimate
from negsim.report.page import Page, Style
from negsim.report.text_talks import write_talks, write_talks_briefly
from negsim.report.text_talks_seen import worlds_needed, worst_observation
from negsim.report.text_zone import PRIOR_ZONE, write_zone
from negsim.scenario.quantities import Uniform
from negsim.scenario.talks import Observation
from negsim.scenario.types import Scenario
from negsim.talks.result import DayFound, Moved, TalksResult
from tests.report.calendars import CONDITIONING, FOUND, SCARCE, SESSIONS, TALKS, UNSEEN, calendar, day, met
from tests.report.examples import estimate, finding, scenario
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"


def report(found: TalksResult = FOUND, style: Style | None = None, of: Scenario | None = None) -> str:
    page = Page(style or Style())
    write_talks(page, found, of or calendar(), "1.2.3")
    return page.text()


def said(found: TalksResult = FOUND, of: Scenario | None = None) -> str:
    return " ".join(report(found, of=of).split())


def timeline(found: TalksResult = FOUND, style: Style | None = None) -> list[str]:
    """The rows of the timeline below its heading."""
    lines = report(found, style).partition("Agreement by date")[2].partition("How talks end")[0].splitlines()
    rule = next(k for k, line in enumerate(lines) if set(line.strip()) in ({"─"}, {"-"}))
    return [line for line in lines[rule + 1 :] if line.strip()]


def test_the_report_reads_as_agreed() -> None:
    assert_matches(report(), SNAPSHOTS / "talks.txt")


def test_the_report_reads_as_agreed_in_ascii() -> None:
    text = report(style=Style(ascii_only=True))
    assert text.isascii()
    assert "?" not in text
    assert_matches(text, SNAPSHOTS / "talks-ascii.txt")


def test_the_report_reads_as_agreed_on_a_narrow_page() -> None:
    assert_matches(report(SCARCE, Style(width=40)), SNAPSHOTS / "talks-narrow.txt")


def test_the_report_reads_as_agreed_where_nothing_was_seen_and_nobody_agrees() -> None:
    assert_matches(report(UNSEEN), SNAPSHOTS / "talks-unseen.txt")


def test_the_short_report_reads_as_agreed() -> None:
    page = Page()
    write_talks_briefly(page, FOUND, calendar())
    assert_matches(page.text(), SNAPSHOTS / "talks-short.txt")


@pytest.mark.parametrize("found", [FOUND, SCARCE, UNSEEN])
@pytest.mark.parametrize("width", [40, 59, 60, 80, 100])
def test_no_line_is_wider_than_the_page(width: int, found: TalksResult) -> None:
    assert max(map(len, report(found, Style(width=width)).splitlines())) <= width


def test_the_first_sentence_says_up_to_when_it_is_conditioned() -> None:
    assert said().startswith(
        "Given what was seen up to 3 February 2026, in 8 % (±2) of worlds the parties agree by the deadline, 31 March"
        " 2026, and in 18 % (±2) by 30 April 2026. They miss a deal that there is at some session in 32 % (±2); in 50 %"
        " (±2) there is none to miss. All figures are posterior:"
    )


def test_without_observations_it_says_that_nothing_was_seen() -> None:
    text = said(replace(FOUND, conditioning=None))
    assert text.startswith("In 8 % (±2) of worlds")
    assert "Nothing was observed: all figures are those before any conditioning (prior)." in text
    assert "What was seen" not in text
    assert "posterior" not in text


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (UNSEEN, "In none of 4,096 worlds (at most 0.09 %) do the parties agree by 30 April 2026."),
        (replace(FOUND, p_by_deadline=None), "in 18 % (±2) of worlds the parties agree by 30 April 2026."),
        (replace(FOUND, deadline_day=TALKS.horizon), "in 18 % (±2) of worlds the parties agree by 30 April 2026."),
        (replace(FOUND, missed=Estimate(0.0, 0.0, 0.0)), "They miss no deal: in 50 % (±2) there is none to miss"),
        (replace(FOUND, impossible=Estimate(0.0, 0.0, 0.0)), "at some session in 32 % (±2). All figures"),
    ],
)
def test_the_first_sentence_says_what_there_is_to_say(found: TalksResult, words: str) -> None:
    assert words in said(found)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("firm", "Talks end with 31 March 2026. Agreement"),
        ("extensible", "Talks end with 31 March 2026 unless that is put off: in 59 % (±2) it is."),
        ("hazard", "Talks may end on any day, by chance."),
    ],
)
def test_the_deadline_is_told(kind: str, words: str) -> None:
    assert words in said(replace(FOUND, deadline_kind=kind))


def test_every_way_to_end_is_told() -> None:
    words = [stop.word for stop in Stop if stop is not Stop.OPEN]
    text = said(replace(FOUND, reasons=tuple(Reason(word, estimate(0.1)) for word in words)))
    assert text.count("10 % (±2)") >= len(words)
    assert "the rounds run out" not in text


def marked(text: list[str]) -> list[tuple[str, str, str]]:
    """Day, mark and the rest of the rows of a timeline that have a mark."""
    return [(row[2:8].strip(), row[9], row[10:]) for row in text if len(row) > 9 and row[9] in "●○◆─"]


def test_the_timeline_is_in_order_and_marks_what_a_day_brings() -> None:
    rows = marked(timeline())
    assert [day for day, _, _ in rows] == [
        *("25 Nov", "1 Feb", "3 Feb", "3 Feb", "20 Feb", "2 Mar", "5 Mar", "13 Mar", "31 Mar"),
        *("3 Apr", "24 Apr", "30 Apr"),
    ]
    last = {day: (mark, rest) for day, mark, rest in rows}
    assert last["25 Nov"][0] == "○"  # its end was seen
    assert last["20 Feb"][0] == "●"
    assert last["5 Mar"][0] == "◆"
    assert "deadline" in last["31 Mar"][1]
    assert "now" in last["3 Feb"][1]  # after the session of that day
    assert "the calendar ends" in last["30 Apr"][1]


def test_a_bar_is_solid_to_the_lower_end_of_the_interval_and_shaded_to_the_upper() -> None:
    # 20 columns for 20 %: a column a percentage point.
    (row,) = [row for row in timeline() if "Rounds (3)" in row]
    assert row.count("█") == 16
    assert row.count("▒") == 4
    assert row.rstrip().endswith("18 %")


def test_bars_never_shrink_from_day_to_day() -> None:
    shares = [int(row.rstrip().removesuffix(" %").split()[-1]) for row in timeline() if row.rstrip().endswith(" %")]
    assert shares == sorted(shares)
    assert len(shares) > 5


def test_what_happens_at_a_rate_runs_beside_the_bars_while_it_does() -> None:
    talks = replace(TALKS, events=(replace(TALKS.events[0], start=day("2026-03-01"), end=day("2026-03-31")),))
    text = report(of=replace(calendar(), talks=talks))
    beside = {line[2:8].strip(): "┊" in line for line in text.splitlines() if len(line) > 9 and line[9] in "●○◆"}
    assert not beside["20 Feb"]
    assert beside["13 Mar"]
    assert not beside["3 Apr"]


def test_a_series_of_very_many_meetings_is_thinned_out() -> None:
    start = TALKS.start
    many = tuple(
        met("rounds", k + 1, (start + dt.timedelta(days=k)).isoformat(), estimate(0.5), estimate(0.1))
        for k in range(150)
    )
    rows = timeline(replace(FOUND, sessions=many))
    assert 30 < len(rows) < 60
    assert any("Rounds (1)" in row for row in rows)
    assert any("Rounds (150)" in row for row in rows)


def test_the_scale_ends_above_the_longest_bar() -> None:
    likely = replace(FOUND, by_day=(DayFound(TALKS.horizon, estimate(0.73)),))
    assert "2025 ab 0 80 %" in said(likely)
    assert "2025 a 0 1 %" in said(UNSEEN)


def test_a_small_sample_is_warned_of_at_the_top_with_what_to_do() -> None:
    warning = "Warning: in effect 38 of 4,096 worlds are left, too few to go by. --worlds 32768 would leave some 200."
    text = said(SCARCE)
    assert text.index(warning) < text.index("Agreement by date")
    assert "“heard” costs most of them" in text
    assert "Warning" not in said()
    assert "In effect 612 of 4,096 worlds are left, enough to go by." in said()


def test_more_worlds_are_recommended_only_where_there_can_be_so_many() -> None:
    hopeless = replace(SCARCE, conditioning=replace(CONDITIONING, effective=1.0, enough=False), n_worlds=4_194_304)
    assert "--worlds" not in said(hopeless)
    assert "--worlds" not in said(replace(SCARCE, conditioning=replace(CONDITIONING, effective=350.0, enough=False)))


def test_a_small_sample_that_few_worlds_make_is_blamed_on_nothing_that_was_seen() -> None:
    few = replace(CONDITIONING, effective=100.0, enough=False, observations=CONDITIONING.observations[:1])
    text = said(replace(FOUND, n_worlds=128, conditioning=few))
    # 200 of 128 · 2 and no less are 256, the next power of 2.
    assert (
        "Warning: 128 worlds are too few to go by; in effect 100 are left. --worlds 256 would leave some 200." in text
    )
    assert "costs most" not in text


def test_who_may_not_be_in_earnest_is_said_to_accept_nothing() -> None:
    bare, doubted = calendar(), doubtful(calendar())
    assert "counts as accepting nothing" not in said(of=bare)
    text = said(of=doubted)
    assert "Who is not in earnest counts as accepting nothing, so that there is no deal to miss then." in text
    assert "Who is not in earnest accepts nothing, so that there is no zone then." in text.partition("Sessions Held")[2]
    page = Page()
    write_talks_briefly(page, FOUND, doubted)
    assert "counts as accepting nothing" in " ".join(page.text().split())


def doubtful(of: Scenario) -> Scenario:
    first, *others = of.parties
    return replace(of, parties=(replace(first, good_faith=Uniform(0.2, 0.8)), *others))


def test_sessions_that_are_never_held_take_one_line() -> None:
    never = tuple(replace(SESSIONS[-1], number=k, day=day(f"2026-04-{10 + k}")) for k in range(4, 11))
    text = report(replace(FOUND, sessions=(*SESSIONS[:-1], *never)))
    assert text.count("7 more after the deadline") == 2
    assert "Rounds (4)" not in text
    assert "Rounds (10)" not in text
    assert "Rounds (3)" in text


def test_two_figures_that_are_the_same_are_told_once() -> None:
    text = said(replace(FOUND, p_agreement=estimate(0.08)))
    assert "in 8 % (±2) of worlds the parties agree by the deadline, 31 March 2026; nothing is agreed after it." in text


def test_the_worlds_needed_would_leave_enough_at_the_same_rate() -> None:
    for effective, n_worlds in ((38.2, 4096), (1.0, 1024), (199.0, 4096)):
        needed = worlds_needed(effective, n_worlds)
        assert effective / n_worlds * needed >= 200
        assert effective / n_worlds * needed / 2 < 200


def test_the_worst_observation_is_the_one_after_which_most_of_the_sample_is_gone() -> None:
    # 4096 − 3731 = 365, 3731 − 2210 = 1521, 2210 − 612 = 1598
    assert worst_observation(CONDITIONING, 4096) == "heard"
    assert worst_observation(replace(CONDITIONING, observations=CONDITIONING.observations[:2]), 4096) == "quiet_held"


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (Observation("one", session="mill"), "The mill: no agreement on a settlement"),
        (Observation("one", event="thaw", happened=False), "The thaw: did not happen"),
        (Observation("one", event="raids", count=12), "Raids on the barns: 12 times"),
        (Observation("one", partial="herds"), "The herds come home: not concluded so far"),
        (Observation("one", partial="herds", at="mill"), "The herds come home: concluded at The mill"),
        (replace(TALKS.observed[2], id="one"), "4 of 29, by the good faith of Upper village"),
    ],
)
def test_what_was_seen_is_told_by_its_kind(seen: Observation, words: str) -> None:
    found = replace(CONDITIONING.observations[0], id="one")
    text = said(
        replace(FOUND, conditioning=replace(CONDITIONING, observations=(found,))),
        of=replace(calendar(), talks=replace(TALKS, observed=(seen,))),
    )
    assert words in text


def test_what_moved_is_told_in_words_with_its_shift() -> None:
    text = said()
    assert "How often a day “Raids on the barns” happens 0.2 0.213 +0.22" in text
    assert "The probability of being real of “No handing 0.775 0.79 +0.04 over” (Lower village)" in text
    fixed = replace(CONDITIONING, moved=(Moved("parties.lower.no_deal", 4.0, 4.0, 0.0),))
    assert "The no-deal value of Lower village 4 4 0.00" in said(replace(FOUND, conditioning=fixed))


def test_a_session_with_an_agenda_of_its_own_ends_in_no_settlement() -> None:
    rows = report().partition("Sessions")[2].splitlines()
    row = next(line for line in rows if line.lstrip().startswith("3 Feb  The mill"))
    assert row.split()[-5:] == ["–", "41", "%", "0", "%"]


def test_who_is_in_earnest_stands_beside_what_others_believe() -> None:
    (row,) = [line for line in report().splitlines() if "31 / 42 %" in line and "Rounds (1)" in line]
    assert "95 / 88 %" in row
    certain = tuple(
        replace(one, trust=tuple(replace(t, p_serious=Estimate(1.0, 1.0, 1.0), believed=1.0) for t in one.trust))
        for one in FOUND.sessions
    )
    assert "Who negotiates in earnest" not in report(replace(FOUND, sessions=certain))


def test_a_star_stands_only_where_the_interval_excludes_0() -> None:
    rows = report().partition("What would change it")[2].partition("What was seen")[0]
    cells = {"20 % +12 (±2)": True, "50 % 0.0 (±0.4)": False, "17 % −1 (±2)": False, "56 % +6 (±2)": True}
    for cell, starred in cells.items():
        assert cell in rows
        assert (f"{cell} *" in rows) is starred


def test_what_was_not_asked_is_named_with_how_to_ask() -> None:
    assert "One more of the file: later. --what-if later tells what it changes." in said()
    none = said(replace(FOUND, what_ifs=()))
    assert "In the file: wardens_lead, no_raids and later. --what-if NAME or --what-if all tells" in none
    without = replace(calendar(), talks=replace(TALKS, what_if=()))
    assert "What would change it" not in said(replace(FOUND, what_ifs=()), of=without)
    asked = replace(calendar(), talks=replace(TALKS, what_if=TALKS.what_if[:2]))
    assert "--what-if" not in said(of=asked)


def test_the_zone_says_that_it_is_prior_to_what_was_observed() -> None:
    def zone(of: Scenario) -> str:
        page = Page()
        write_zone(page, finding(of), of, "1.2.3")
        return " ".join(page.text().split())

    assert PRIOR_ZONE in zone(calendar())
    assert PRIOR_ZONE not in zone(scenario())
    assert PRIOR_ZONE not in zone(replace(calendar(), talks=replace(TALKS, observed=())))


def test_a_run_tells_of_talks_in_short() -> None:
    page = Page()
    write_zone(page, finding(calendar()), calendar(), "1.2.3", talks=FOUND)
    text = " ".join(page.text().split())
    assert "If they talk by the calendar Given what was seen up to 3 February 2026, in 8 % (±2) of worlds" in text
