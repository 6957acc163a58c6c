"""`negsim play` as a person meets it: what is shown, what is asked, and how it ends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.matches import play, write_games
from tests.cli.support import SNAPSHOTS
from tests.snapshots import assert_matches
from tests.teaching.playing.games import MILL, SALE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_games(tmp_path)


def test_a_short_game_with_hints_reads_like_this(folder: Path) -> None:
    result = play("sale", "--as", "buyer", "--hints", answers="offer | 2 | | refuse | offer price=7 | yes")
    assert result.exit_code == 0
    assert_matches(result.output, SNAPSHOTS / "play-sale.txt")


def test_a_game_with_red_lines_rules_and_sessions_reads_like_this(folder: Path) -> None:
    answers = (
        "help | offer | 0 | bob | back | 10 | 2 | back | 2 | land | no | offer price=10 repairs=bob pledge=land | yes"
        " | refuse | sheet | history | offer repairs=ann | yes | hint | leave | no | leave | yes"
    )
    result = play("mill", "--as", "ann", answers=answers)
    assert result.exit_code == 0
    assert_matches(result.output, SNAPSHOTS / "play-mill.txt")


def test_a_game_by_a_calendar_reads_like_this(folder: Path) -> None:
    result = play("calendar", "--as", "buyer", answers="pass | refuse | pass | accept | no | refuse")
    assert result.exit_code == 0
    assert_matches(result.output, SNAPSHOTS / "play-calendar.txt")


def test_several_who_sit_at_the_table_each_give_their_answer(folder: Path) -> None:
    result = play("harbour", "--as", "fishers", answers="refuse | offer size=5 fund=large | yes | quit")
    assert result.exit_code == 0
    assert "City refuses" in result.output
    assert "State refuses, though not at the table" in result.output


@pytest.mark.parametrize("name", ["sale", "mill", "harbour", "calendar"])
@pytest.mark.parametrize("ends", ["leave | yes", "quit"])
def test_no_line_is_wider_than_80_columns(folder: Path, name: str, ends: str) -> None:
    party = {"sale": "seller", "mill": "bob", "harbour": "city", "calendar": "seller"}[name]
    result = play(name, "--as", party, "--hints", answers=f"help | hint | sheet | history | pass | refuse | {ends}")
    text = "\n".join(line for line in result.output.splitlines() if not line.startswith("Go on with:"))
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in result.output


def test_the_same_seed_gives_the_same_game_and_another_another(folder: Path) -> None:
    (folder / "open.scenario.yaml").write_text(SALE.replace("no_deal: 40", "no_deal: 20..60"), encoding="utf-8")
    one, same, other = (
        play("open", "--as", "buyer", "--seed", seed, answers="leave | yes").output for seed in ("3", "3", "4")
    )
    assert one == same != other


MARKED = """\
negsim: 1
id: marked
title: Marked cards
issues:
  price: {title: Price, scale: 0..10, step: 1}
  colour: {title: Colour, options: {red: Red, blue: Blue, green: Green}}
parties:
  ann:
    title: Ann
    demands: {price: 0, colour: red}
    priorities: {price: 60, colour: 40}
    no_deal: 30
  bob:
    title: Bob
    about: Bob is known to all.
    demands: {price: 10}
    priorities: {price: 83, colour: 17}
    values: {colour: {red: 0, blue: 41.176471, green: 100}}
    no_deal: 39
    walks_out_below: 0.0123
    tactic: {time: {exponent: 1.777, start: 0.987}}
    red_lines:
      dear: {title: Never below four, require: price >= 4, firmness: FIRM, audience_cost: 19}
    adjustments:
      secret: {when: colour == blue and price > 5, amount: 23, because: SECRETREASON}
    sheet: {story: SECRETSTORY, interests: [SECRETINTEREST], may_say: [SECRETWORD]}
protocol: {rounds: 4}
"""
PRIVATE = re.compile(
    r"SECRET|(?<![\d.])(?:83|17|39|19|23|41|1\.777|0\.987|0\.0123)(?![\d.]*\d)|exponent|is a bluff|was (?:real|a bluff)"
)


@pytest.mark.parametrize("firm", ["hard", "0"])
def test_nothing_that_another_keeps_to_itself_is_shown_before_the_debrief(folder: Path, firm: str) -> None:
    (folder / "marked.scenario.yaml").write_text(MARKED.replace("FIRM", firm), encoding="utf-8")
    answers = (
        "help | sheet | hint | offer | 3 | blue | yes | history | hint | refuse | hint | sheet"
        " | offer price=8 colour=blue | yes | history | refuse"
    )
    output = play("marked", "--as", "ann", "--hints", answers=answers).output
    before, _, after = output.partition("\nDebrief\n")
    assert after or "is kept in" in before
    assert "Never below four" in before
    assert "it crosses what it calls its red line" in before
    assert PRIVATE.findall(before) == []
    # The markers would be found if they were there: the sheet of Bob himself has them.
    own = play("marked", "--as", "bob", answers="quit").output
    assert {"SECRETSTORY", "SECRETINTEREST", "SECRETWORD", "SECRETREASON"} <= set(re.findall(r"SECRET\w+", own))
    assert {"83", "17", "39", "23"} <= set(re.findall(r"\d+", own))


def test_the_debrief_lays_the_cards_open(folder: Path) -> None:
    (folder / "marked.scenario.yaml").write_text(MARKED.replace("FIRM", "0"), encoding="utf-8")
    output = " ".join(play("marked", "--as", "ann", answers="leave | yes").output.split())
    assert "“Never below four” was a bluff" in output
    assert "exponent 1.78, start 0.987" in output
    assert "No deal was worth 39 points to it" in output
    assert "1,000 simulated negotiators took your seat" in output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "say whom you play: --as buyer (Buyer) or --as seller (Seller)"),
        (["--as", "byer"], "there is no party of this name to play; did you mean 'buyer'?"),
        (["--as", "buyer", "--save", "a", "--resume", "b"], "--save does not go with it"),
        (["--resume", "b"], "b: No such file"),
        (["--as", "buyer", "--script", "none.txt"], "none.txt: No such file"),
        (["--as", "buyer", "--save", "none/here.jsonl"], "none/here.jsonl: No such file"),
        (["--as", "buyer", "--save", "sale.scenario.yaml"], "sale.scenario.yaml exists already"),
        (["--resume", "sale.scenario.yaml"], "is no match saved by negsim play"),
        (["--as", "buyer", "--seed", "-1"], "--seed"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(folder: Path, options: list[str], said: str) -> None:
    result = play("sale", *options)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("ofer", "There is no move 'ofer' here; did you mean 'offer'?"),
        ("accept", "There is no move 'accept' here;"),
        ("zzz", "There is no move 'zzz' here; known here: offer, pass, leave"),
        ("offer price=99", "nearest is 10"),
        ("offer prce=3", "did you mean 'price'?"),
        ("offer | 99 | 3 | yes", "the nearest to 99 is 10"),
        ("offer price=3,0 | yes", "Your offer: Price 3 euros"),
        ("offer price=3, | yes", "Your offer: Price 3 euros"),
        ("offer price=6/2", "price has no level '6/2'"),
        ("offer | 1e6000000 | stop", "is a number from 0 to 10"),
        ("offer | dear | stop", "is a number from 0 to 10"),
        ("offer price=2 | maybe | yes", "Please answer yes or no."),
        ("pass | | refuse", "Type accept, refuse or another of these words"),
        ("h", "There is no move 'h' here"),
        ("leave | no | hint", "There is nothing to remark on."),
    ],
)
def test_a_slip_is_told_and_the_game_goes_on(folder: Path, answers: str, said: str) -> None:
    result = play("sale", "--as", "buyer", answers=answers)
    assert result.exit_code == 0
    assert said.replace("There is nothing to remark on.", "") in " ".join(result.output.split())


def test_words_may_be_shortened_and_have_other_names(folder: Path) -> None:
    one = play("sale", "--as", "seller", answers="ref | off price=8 | y | yes | yes | exit").output
    assert "Seller" in one
    assert "Accept all the same? [no] yes" in one


def test_accepting_below_the_walk_away_value_is_warned_of_and_allowed(folder: Path) -> None:
    output = play("sale", "--as", "buyer", answers="pass | accept | | accept | yes").output
    assert output.count("Careful: if this is accepted you are worse off than without a deal.") == 2
    assert "There is a deal, in round 2 of 4." in output


def test_an_own_real_red_line_may_be_crossed_after_a_warning(folder: Path) -> None:
    output = play("mill", "--as", "ann", answers="offer price=90 repairs=ann | yes").output
    assert "It crosses your red line “Not more than sixty”, and you mean that one." in " ".join(output.split())
    assert "Careful: you have said that you will not cross this line, and you mean it." in output
    assert "There is a deal" in output


def written(folder: Path, text: str) -> str:
    (folder / "other.scenario.yaml").write_text(text, encoding="utf-8")
    return "other"


@pytest.mark.parametrize("party", ["ann", "bob"])
@pytest.mark.parametrize(
    "kind", ["stacked_alternating_offers", "monotonic_concession", "single_text", "take_it_or_leave_it"]
)
def test_every_protocol_can_be_played_to_its_end(folder: Path, kind: str, party: str) -> None:
    name = written(folder, MILL.replace("KIND", kind).replace("SESSIONS", "2").replace("FIRM", "hard"))
    # Whatever is not asked for is told to be no move here, and changes nothing.
    answers = " | ".join(["offer price=40 roof=bob", "offer price=40 repairs=bob pledge=word | yes", "refuse"] * 20)
    result = play(name, "--as", party, "--hints", answers=answers)
    assert result.exit_code == 0
    assert "Debrief" in result.output
    assert max(map(len, result.output.splitlines())) <= 80


def test_a_single_text_is_read_change_by_change(folder: Path) -> None:
    text = MILL.replace("KIND", "single_text").replace("SESSIONS", "1").replace("rounds: 5", "rounds: 3")
    name = written(folder, text.replace("FIRM", "hard"))
    result = play(name, "--as", "ann", answers="accept | history | refuse | accept | yes")
    assert result.exit_code == 0
    assert_matches(result.output, SNAPSHOTS / "play-single-text.txt")


def test_under_monotonic_concession_a_larger_demand_is_refused_and_asked_for_again(folder: Path) -> None:
    text = MILL.replace("KIND", "monotonic_concession").replace("SESSIONS", "1").replace("FIRM", "hard")
    answers = "offer price=40 repairs=ann | yes | refuse | offer price=20 | yes | offer price=50 | yes | quit"
    output = " ".join(play(written(folder, text), "--as", "ann", answers=answers).output.split())
    assert "this deal is worth more to you than your last offer." in output
    assert "Round 2 of 5" in output


@pytest.mark.parametrize(
    ("change", "answers", "said"),
    [
        (("protocol: {rounds: 4}", "protocol: {rounds: 4, breakdown: 1}"), "pass", "The talks broke down"),
        (("no_deal: 40}", "no_deal: 60}"), "pass | refuse | pass | refuse", "No deal would have suited all who must"),
        (("protocol: {rounds: 4}", "protocol: {rounds: 1}"), "pass", "Time is up: there is no deal."),
        (
            ("title: Seller, ", "title: Seller, ratifiers: {aunt: {title: Aunt, no_deal: 95}}, "),
            "offer price=9 | yes",
            "The deal was signed, but Aunt, for Seller rejected it at home.",
        ),
        (
            (
                "no_deal: 40}\nprotocol: {rounds: 4}",
                "no_deal: 40, walks_out_below: 0.6}\nprotocol: {rounds: 1, sessions: 2}",
            ),
            "offer price=0 | yes | refuse",
            "Seller has left the talks",
        ),
    ],
)
def test_the_end_is_told_as_it_came(folder: Path, change: tuple[str, str], answers: str, said: str) -> None:
    text = SALE.replace(*change)
    if "left" in said:
        text = text.replace("title: Buyer, ", "title: Buyer, good_faith: 0.5, ")
    assert text != SALE
    output = " ".join(play(written(folder, text), "--as", "buyer", answers=answers).output.split())
    assert said in output


def test_where_no_deal_suits_all_nothing_was_left_on_the_table(folder: Path) -> None:
    text = SALE.replace("no_deal: 40}", "no_deal: 60}")
    output = play(written(folder, text), "--as", "seller", answers="leave | yes").output
    assert "So there was nothing to be left" in output
    assert "The frontier" not in output


def test_a_role_s_own_sheet_holds_its_story_and_what_is_added_to_deals(folder: Path) -> None:
    name = written(folder, MARKED.replace("FIRM", "0").replace("title: Colour,", "title: Colour, about: Of the door.,"))
    output = " ".join(play(name, "--as", "bob", answers="quit").output.split())
    for said in (
        "What you care about: - SECRETINTEREST",
        "What you may tell the others: - SECRETWORD",
        "23 points more where colour == blue and price > 5. SECRETREASON",
        "with what is added or taken away",
        "You say so in public, but you could sign a deal that crosses it. It would cost you 19 points.",
        "Of the door.",
    ):
        assert said in output


def test_who_is_asked_at_home_and_elsewhere_is_public(folder: Path) -> None:
    lines = "red_lines: {dear: {title: Not for less than five, require: price >= 5, firmness: hard}}"
    text = SALE.replace("title: Seller, ", f"title: Seller, ratifiers: {{aunt: {{title: Aunt, {lines}}}}}, ")
    output = " ".join(play(written(folder, text), "--as", "buyer", answers="quit").output.split())
    assert "Aunt must agree at home. Calls a red line: Not for less than five (price >= 5)." in output
    assert "State." in play("harbour", "--as", "city", answers="quit").output
    assert "Must agree where fund == large." in play("harbour", "--as", "city", answers="quit").output


def test_an_offer_can_be_given_up_and_gone_back_in(folder: Path) -> None:
    output = play("mill", "--as", "ann", answers="offer | back | 20 | back | 30 | stop | offer price=30 | quit").output
    assert output.count("1/3 Price") == 3
    assert "repairs is missing" in output


def test_an_issue_that_does_not_arise_is_not_asked_for_and_the_last_offer_is_kept_by_enter(folder: Path) -> None:
    output = play("mill", "--as", "ann", answers="offer | 20 | ann | yes | refuse | offer | | | yes | quit").output
    assert "3/3" not in output
    assert output.count("[20]") == 1
    assert output.count("  Price                 20 coins") == 2
