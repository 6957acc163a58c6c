from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from negsim.report.page import Page, Style
from negsim.report.text_story import write_story
from negsim.talks.story import Change, Happening, Meeting, Story
from tests.report.bargains import STEPS, ZONE, answer, offer
from tests.report.calendars import FAILED, STORY, calendar, day, meeting
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"


def report(story: Story = STORY, style: Style | None = None) -> str:
    page = Page(style or Style())
    write_story(page, story, calendar(), "lhs", "1.2.3")
    return page.text()


def said(story: Story = STORY) -> str:
    return " ".join(report(story).split())


def of(*entries: Happening) -> Story:
    return replace(STORY, entries=entries)


def test_the_history_reads_as_agreed() -> None:
    assert_matches(report(), SNAPSHOTS / "story.txt")


def test_the_history_reads_as_agreed_in_ascii_on_a_narrow_page() -> None:
    text = report(FAILED, Style(width=40, ascii_only=True))
    assert text.isascii()
    assert "?" not in text
    assert_matches(text, SNAPSHOTS / "story-narrow.txt")


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    assert max(map(len, report(style=Style(width=width)).splitlines())) <= width


@pytest.mark.parametrize(
    ("story", "words"),
    [
        (STORY, "World 7: Upper village [the old one] and Lower village agree on 3 April 2026."),
        (FAILED, "do not agree. Deadline on 30 April 2026: there is a deal, and time runs out. One world"),
        (replace(FAILED, stop="no_zone"), "Nothing to agree on, by 30 April 2026: no outcome suits"),
        (replace(FAILED, stop="not_held"), "Never met, by 30 April 2026: no session was held at which a settlement"),
        (replace(FAILED, stop="walk_out"), "in earnest. Some deal was possible in this world."),
        (replace(FAILED, stop="bad_faith", had_zone=False), "No deal was ever possible in this world."),
    ],
)
def test_the_first_sentence_says_how_it_ends(story: Story, words: str) -> None:
    assert words in said(story)


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (1.42, "It fits what was seen 1.4 times as well as worlds do on average"),
        (0.0, "It does not fit what was seen at all"),
    ],
)
def test_the_weight_of_the_world_is_told(weight: float, words: str) -> None:
    assert words in said(replace(STORY, weight=weight))
    assert words not in said(replace(STORY, weight=1.0))


def test_a_long_run_of_an_event_is_told_once_with_what_it_changes_in_all() -> None:
    # 1 + 1 + 2 + 1 times; 41.26 before the first, 37.25 - 2.04 after the last.
    assert (
        "Raids on the barns 5 times between 11 and 31 December 2025; the no-deal value of Lower village from 41.3 to 35.2."
        in said()
    )


def test_a_few_events_are_told_one_by_one() -> None:
    raids = [Happening(day(f"2026-01-0{k}"), "event", "raids") for k in (1, 2, 3)]
    text = said(of(*raids))
    assert [text.count(f"{k} January 2026: Raids on the barns.") for k in (1, 2, 3)] == [1, 1, 1]
    text = said(of(*raids, Happening(day("2026-01-09"), "event", "raids")))
    assert "Raids on the barns 4 times between 1 and 9 January 2026." in text
    assert "January 2026: Raids" not in text


def test_runs_on_either_side_of_a_session_are_not_put_together() -> None:
    raids = [Happening(day(f"2026-01-{k:02}"), "event", "raids") for k in (1, 2, 3, 20, 21, 22)]
    text = said(replace(STORY, entries=(*raids[:3], meeting("2026-01-10", 1), *raids[3:])))
    assert text.count("January 2026: Raids on the barns.") == 6


@pytest.mark.parametrize(
    ("happening", "words"),
    [
        (Happening(day("2026-01-01"), "event", "musters", word="upper"), "musters, won by Upper village [the old one]."),
        (Happening(day("2026-01-01"), "event", "raids", times=2), "Raids on the barns, 2 times."),
        (Happening(day("2026-01-01"), "answer", "answer"), "in answer, answer."),
        (Happening(day("2026-01-01"), "partial_agreement", "wells"), "agreed early, wells: “Term of the guarantee” becomes “10 years”."),
        (Happening(day("2026-01-01"), "counsel", "advice", word="not believed"), "The county tells Upper village [the old one] of “No handing over” (Lower village): not believed."),
        (Happening(day("2026-01-01"), "deadline_put_off", ""), "the deadline is put off."),
        (Happening(day("2026-01-01"), "what_if", "no_raids"), "from here on, No more raids."),
        (
            Happening(day("2026-01-01"), "event", "thaw", changes=(Change("parties.lower.no_deal", 4.0, 4.0),)),
            "The thaw. ",
        ),
    ],
)  # fmt: skip
def test_what_happens_is_told_by_its_kind(happening: Happening, words: str) -> None:
    assert f"1 January 2026: {words}" in said(of(happening))


def test_now_stands_before_the_first_entry_after_it() -> None:
    text = said()
    now = text.index("now, 3 February 2026: nothing after it was seen")
    assert text.index("agreed early, The herds") < now < text.index("20 February 2026: Rounds (1)")
    assert "nothing after it was seen" not in said(replace(STORY, now=STORY.start))


def test_who_offers_anew_for_a_party_is_told_by_what_is_new() -> None:
    first = meeting("2026-03-01", 1, steps=(STEPS[1],))
    second = meeting("2026-03-09", 2, steps=(offer(2, "lower", ZONE, answer("upper", 1.0, 2.0)),))
    text = said(replace(STORY, entries=(first, second)))
    assert (
        "Lower village now offers The strip between the villages: Nobody enters it; Who guards the zone: The county's wardens; Term of the guarantee: 20 years"
        in text
    )


def test_a_session_without_offers_says_why() -> None:
    def told(entry: Meeting) -> str:
        return said(replace(STORY, entries=(entry,)))

    assert "Nobody has anything to offer that is better than no deal." in told(meeting("2026-03-01", 1))
    assert "Only partial agreements are on its agenda." in told(meeting("2026-03-01", 0, identity="mill"))
    past = told(meeting("2026-03-01", 1, mismatch=True))
    assert "Its sides talk past each other, so that nothing moves." in past
    assert "Nobody has anything" not in past
