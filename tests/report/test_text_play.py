"""Words of a match that a short game does not come to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from negsim.report.page import Page
from negsim.report.text_play import hint_sentence, write_history, write_question, write_said, write_sitting
from negsim.report.text_play_debrief import ending_sentence, write_debrief
from negsim.report.text_play_sheet import options_listed
from negsim.scenario import loads
from negsim.teaching.playing.debrief import Debrief, debrief
from negsim.teaching.playing.hints import Hint
from negsim.teaching.playing.match import Match
from negsim.teaching.playing.moves import Move
from negsim.teaching.playing.own import own_view
from negsim.teaching.playing.told import Ending, Question, Reply, Said
from negsim.teaching.points import role_tables
from negsim.teaching.sheets import role_sheet
from tests.teaching.playing.games import HARBOUR, SALE, match_of, mill

OWN = own_view(match_of(mill(), "ann"))
DEAL = (("price", "40"), ("repairs", "bob"), ("pledge", "land"))


def text(page: Page) -> str:
    return " ".join(page.text().split())


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        (Hint("final"), "Nothing can be said after this answer"),
        (Hint("last_round"), "This is the last round"),
        (Hint("next_to_last"), "Who speaks in it"),
        (Hint("refuse_this", "bob", points=-4.0), "Having no deal would be better"),
        (Hint("as_good_as_yours", "bob", points=3.0), "Bob offers you no less than your own last offer"),
        (Hint("adviser_accepts", "bob"), "would take this now"),
        (Hint("adviser_asks", points=44.26), "would ask for about 44.3 points now"),
        (Hint("trade", "bob", "pledge", "price"), "“What Bob pledges”, which carries few points for you"),
        (Hint("stands_still", points=3.0), "Your last 3 offers were the same"),
        (Hint("less_than_offered", "bob", points=5.0), "a deal that is 5 points better for you"),
        (Hint("less_than_offered", "bob", points=0.0), "worth as much to you as this one"),
        (Hint("crosses_stated", "bob", other="land"), "Bob calls “Never the land” a red line"),
        (Hint("offered_more_before", "bob"), "met more of its demands"),
    ],
)
def test_every_hint_has_its_words(hint: Hint, said: str) -> None:
    assert said in hint_sentence(hint, OWN)


def said_by(speaker: str, *replies: Reply) -> Said:
    return Said(1, 1, speaker, DEAL, DEAL, replies)


def test_reasons_are_told_in_words() -> None:
    page = Page()
    write_said(page, said_by("", Reply("bob", accepted=True)), OWN)
    write_said(page, said_by("", Reply("bob", accepted=False, lines=("land",))), OWN)
    write_said(page, said_by("ann", Reply("bob", accepted=False)), OWN)
    write_said(page, said_by("ann", Reply("bob", accepted=False, wants="price", away=True)), OWN)
    assert text(page) == (
        "Bob lets it pass. Bob holds it up: it crosses what it calls its red line “Never the land”. Bob refuses: it is"
        " below what they need. Bob refuses, though not at the table: it is below what they need, and they want movement"
        " on “Price” first of all."
    )


def test_an_offer_of_another_to_others_alone_is_told_with_its_worth() -> None:
    own = own_view(match_of(loads(HARBOUR), "city"))
    deal = (("size", "10"), ("fund", "small"))
    page = Page()
    write_said(page, Said(1, 2, "port", deal, deal, (Reply("fishers", accepted=True),)), own)
    assert text(page).startswith("Port offers: Size 10 Fund for fishers small Worth 70 points to you")


def test_history_tells_what_the_mediator_put_and_who_said_what() -> None:
    page = Page()
    replies = (Reply("ann", accepted=True), Reply("bob", accepted=False))
    write_history(page, [said_by("", *replies), Said(1, 2, "bob", DEAL, (), (Reply("ann", accepted=False),))], OWN)
    assert "The mediator: Price: 40 coins" in text(page)
    assert "You accept. Bob holds it up: it is below what they need." in text(page)
    assert "2. Bob: the same as before (76 points to you). You refuse." in text(page)


def test_a_draft_that_is_put_to_all_is_read_whole() -> None:
    page = Page()
    write_question(page, Question("final", 1, 5, 0, options=DEAL), OWN)
    assert text(page).startswith("Round 5 of 5 (the last one) The mediator puts the draft to all: Price 40 coins")


def test_without_a_calendar_a_session_is_not_announced() -> None:
    page = Page()
    write_sitting(page, OWN, 0, OWN.no_deal)
    assert text(page) == ""


def over(**changes: object) -> tuple[Debrief, Match]:
    match = match_of(loads(SALE), "buyer")
    found = debrief(match, [Move("leave")], n_peers=0)
    return replace(found, **changes), match  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (Ending("standstill", 1, 2), "Nobody conceded any more"),
        (Ending("bad_faith", 1, 2), "did not negotiate in earnest"),
        (Ending("red_line", 1, 2), "crossed a red line that was real"),
        (Ending("walk_out", 1, 2, left=("seller", "buyer")), "Seller and Buyer have left the talks"),
    ],
)
def test_every_end_has_its_words(ending: Ending, said: str) -> None:
    assert said in ending_sentence(*over(ending=ending))


def test_one_deal_that_was_better_is_told_in_the_singular() -> None:
    found, match = over()
    page = Page()
    write_debrief(page, replace(found, n_better=1, better=found.better[:1], n_zone=1), match)
    assert "1 suits all who must agree." in text(page)
    assert "1 deal was to be had in which nobody has less" in text(page)


def test_news_of_a_session_is_told_with_its_days() -> None:
    from negsim.teaching.playing.sittings import News, Sitting

    day = dt.date(2026, 3, 1)
    news = (News("A strike", 2, day, dt.date(2026, 3, 9)), News("A thaw", 1, day, day))
    sitting = Sitting(2, dt.date(2026, 3, 10), "later talks", "Vienna", news, (dt.date(2026, 3, 5),))
    own = replace(OWN, match=replace(OWN.match, sittings=(sitting,)))
    page = Page()
    write_sitting(page, own, 0, own.no_deal - 4)
    assert text(page) == (
        "Session 1 of 1 (2 rounds) Later talks, in Vienna, 10 March 2026. - 5 March 2026: the sides met, spoke of"
        " different things, and nothing moved. - A strike, 2 times (between 1 and 9 March 2026). - A thaw (1 March 2026)."
        " Your walk-away value is now 30 points (26 before)."
    )


@pytest.mark.parametrize("step", ["5", "1"])
def test_a_role_reads_the_same_levels_on_the_screen_as_on_paper(step: str) -> None:
    # 21 levels are listed one by one; of 101 those where the line bends, at 50, and the ends.
    scenario = loads(
        SALE.replace("0..10, step: 1", f"0..100, step: {step}").replace(
            "no_deal: 40}\n  seller", "values: {price: {0: 100, 50: 20, 100: 0}}, no_deal: 40}\n  seller"
        )
    )
    match = match_of(scenario, "buyer")
    paper = role_sheet(role_tables(match.scenario)["buyer"], match.scenario.issues).issues[0].levels
    (issue,) = match.scenario.issues
    screen = [line for line in options_listed(issue, own_view(match).worth["price"]) if line[0] != "between these"]
    assert [name for name, _ in screen] == [f"{level.choice} euros" for level in paper]
    assert len(screen) == (21 if step == "5" else 3)
