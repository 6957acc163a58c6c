"""`negsim play` as a person meets it: what is shown, what is asked, what is kept, and how it ends."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from negsim.cli import main
from tests.cli.support import SNAPSHOTS
from tests.snapshots import assert_matches
from tests.teaching.playing.games import HARBOUR, MILL, SALE
from tests.teaching.playing.test_sittings import CALENDAR

PLAY = "import sys; from negsim.cli import main; sys.argv[0] = 'negsim'; main()"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    mill = MILL.replace("KIND", "alternating_offers").replace("SESSIONS", "2").replace("FIRM", "0")
    for name, text in {"sale": SALE, "mill": mill, "harbour": HARBOUR, "calendar": CALENDAR}.items():
        (tmp_path / f"{name}.scenario.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def play(name: str, *options: str, answers: str = "") -> Result:
    lines = "\n".join(re.split(r" ?\| ?", answers)) + "\n" if answers else ""
    return CliRunner().invoke(main, ["play", f"{name}.scenario.yaml", *options], input=lines)


SHORT = "offer | 2 | yes | refuse | offer price=4 | yes"
"""A buyer who offers 2 and 4 euros; the seller, at 64 points asked, would take 7."""


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


def test_a_match_that_is_saved_goes_on_where_it_was(folder: Path) -> None:
    whole = play("sale", "--as", "buyer", answers=f"{SHORT} | refuse")
    first = play("sale", "--as", "buyer", "--save", "m.jsonl", answers="offer | 2 | yes | refuse | quit")
    assert "The match is kept in m.jsonl" in first.output
    assert "negsim play sale.scenario.yaml --resume m.jsonl" in first.output
    rest = play("sale", "--resume", "m.jsonl", answers="offer price=4 | yes | refuse")
    assert "What was said so far" in rest.output
    assert rest.output.partition("\nDebrief\n")[2] == whole.output.partition("\nDebrief\n")[2] != ""
    # Once more, it is over.
    assert (
        play("sale", "--resume", "m.jsonl").output.partition("\nDebrief\n")[2]
        == whole.output.partition("\nDebrief\n")[2]
    )


def test_whoever_did_not_ask_to_save_finds_the_match_kept_at_the_end_of_input(folder: Path) -> None:
    for name in ("sale-buyer.play.jsonl", "sale-buyer-2.play.jsonl"):
        result = play("sale", "--as", "buyer", "--hints", answers="pass")
        assert result.exit_code == 0
        assert f"The match is kept in {name}" in result.output
        assert len((folder / name).read_text(encoding="utf-8").splitlines()) == 2
    assert "Hint:" in play("sale", "--resume", "sale-buyer.play.jsonl", answers="quit").output


def test_before_the_first_move_there_is_nothing_to_keep(folder: Path) -> None:
    result = play("sale", "--as", "buyer")
    assert "there is nothing to keep" in result.output
    assert sorted(path.suffix for path in folder.iterdir()) == [".yaml"] * 4


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--as", "seller"], "in the match that was kept you play buyer"),
        (["--seed", "4"], "the match that was kept has seed 0"),
        (["--save", "x"], "--save does not go with it"),
        (["--set", "parties.seller.no_deal=41"], "saved before sale was changed"),
    ],
)
def test_going_on_with_something_else_is_refused(folder: Path, options: list[str], said: str) -> None:
    play("sale", "--as", "buyer", "--save", "m.jsonl", answers="pass")
    before = (folder / "m.jsonl").read_bytes()
    result = play("sale", "--resume", "m.jsonl", *options)
    assert result.exit_code == 2
    assert said in result.output
    assert (folder / "m.jsonl").read_bytes() == before


def test_going_on_with_another_scenario_or_another_negsim_is_refused(folder: Path) -> None:
    play("sale", "--as", "buyer", "--save", "m.jsonl", answers="pass")
    assert "is a match of sale, not of mill" in play("mill", "--resume", "m.jsonl").output
    head, *moves = (folder / "m.jsonl").read_text(encoding="utf-8").splitlines()
    data = json.loads(head) | {"negsim": "0.0.1"}
    (folder / "m.jsonl").write_text("\n".join([json.dumps(data), *moves]) + "\n", encoding="utf-8")
    assert "was saved by negsim 0.0.1" in play("sale", "--resume", "m.jsonl").output


def test_a_damaged_last_line_is_told_and_left_out(folder: Path) -> None:
    play("sale", "--as", "buyer", "--save", "m.jsonl", answers="pass | refuse")
    text = (folder / "m.jsonl").read_bytes()
    (folder / "m.jsonl").write_bytes(text[:-4])
    result = play("sale", "--resume", "m.jsonl", answers="refuse | quit")
    assert "The last line of m.jsonl was damaged" in result.output
    assert result.exit_code == 0
    assert (folder / "m.jsonl").read_bytes() == text


def test_a_log_with_a_move_that_cannot_have_been_made_is_refused(folder: Path) -> None:
    play("sale", "--as", "buyer", "--save", "m.jsonl", answers="pass")
    with (folder / "m.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"move":"pass"}\n{"move":"offer","deal":{"price":"77"}}\n')
    result = play("sale", "--resume", "m.jsonl")
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_answers_come_from_a_file_as_from_the_keyboard(folder: Path) -> None:
    (folder / "answers.txt").write_text("pass\nrefuse\nleave\nyes\n", encoding="utf-8")
    by_file = play("sale", "--as", "buyer", "--script", "answers.txt")
    assert by_file.output == play("sale", "--as", "buyer", answers="pass | refuse | leave | yes").output


def started(folder: Path, *options: str, **streams: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PLAY, "play", "sale.scenario.yaml", *options],
        cwd=folder,
        **streams,  # type: ignore[call-overload]
    )


def test_a_match_that_is_killed_loses_no_move_that_was_made(folder: Path) -> None:
    process = started(
        folder, "--as", "buyer", "--save", "m.jsonl", stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"pass\nrefuse\noffer price=3\nyes\n")
    heard = b""
    while b"Round 4 of 4" not in heard:
        part = os.read(process.stdout.fileno(), 4096)
        assert part, heard
        heard += part
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close()
    process.stdout.close()
    moves = [json.loads(line)["move"] for line in (folder / "m.jsonl").read_text(encoding="utf-8").splitlines()[1:]]
    assert moves == ["pass", "refuse", "offer"]
    result = play("sale", "--resume", "m.jsonl", answers="refuse")
    assert "Round 4 of 4 (the last one)" in result.output
    assert "Debrief" in result.output


class Terminal:
    """A terminal of 80 columns in which somebody plays."""

    def __init__(self, folder: Path, *options: str, **environment: str) -> None:
        self.master, slave = pty.openpty()
        surroundings = {**os.environ, "TERM": "dumb", "COLUMNS": "80", "LINES": "24", **environment}
        self.process = started(
            folder, *options, stdin=slave, stdout=slave, stderr=slave, env=surroundings, start_new_session=True
        )
        os.close(slave)
        self.heard = ""

    def _read(self, seconds: float) -> bool:
        """Hear what is shown within so many seconds; tell whether there is more to come."""
        if not select.select([self.master], [], [], seconds)[0]:
            return self.process.poll() is None
        try:
            part = os.read(self.master, 4096)
        except OSError:  # Linux reports the end of a terminal as an error
            return False
        self.heard += part.decode("utf-8", "replace")
        return bool(part)

    def until(self, words: str, seconds: float = 120.0) -> str:
        end = time.monotonic() + seconds
        while words not in self.heard and time.monotonic() < end and self._read(1.0):
            pass
        assert words in self.heard, self.heard
        before, _, self.heard = self.heard.partition(words)
        return before

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode("utf-8"))

    def end(self, seconds: float = 120.0) -> tuple[str, int]:
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._read(1.0):
            pass
        if self.process.poll() is None and time.monotonic() >= end:
            self.process.kill()
        code = self.process.wait(60)
        os.close(self.master)
        return self.heard.replace("\r", ""), code


def test_in_a_terminal_a_deal_is_made_by_the_keyboard_alone(folder: Path) -> None:
    terminal = Terminal(folder, "--as", "buyer", NO_COLOR="1")
    shown = terminal.until("\n> ")
    assert "Your role" not in shown or "Buyer" in shown
    assert "\x1b[3" not in shown
    for keys in ("pass\n", "refuse\n", "offer\n"):
        terminal.type(keys)
        terminal.until("> " if keys != "offer\n" else "[0] ")
    terminal.type("7\n")
    terminal.until("Send it? [no] ")
    terminal.type("yes\n")
    text, code = terminal.end()
    assert code == 0
    assert "There is a deal, in round 3 of 4." in text
    assert max(len(line) for line in text.splitlines()) <= 80


@pytest.mark.parametrize(("keys", "code"), [("\x04", 0), ("\x03", 130)])
def test_in_a_terminal_ctrl_d_and_ctrl_c_keep_the_match_and_say_how_to_go_on(
    folder: Path, keys: str, code: int
) -> None:
    terminal = Terminal(folder, "--as", "buyer")
    terminal.until("\n> ")
    terminal.type("pass\n")
    terminal.until("\n> ")
    if keys == "\x03":
        # The terminal of a test is not that which controls the process, so the signal is sent as a key would.
        terminal.process.send_signal(signal.SIGINT)
    else:
        terminal.type(keys)
    text, ended = terminal.end()
    assert ended == code
    assert "The match is kept in sale-buyer.play.jsonl, up to your last move." in text
    assert "Go on with: negsim play sale.scenario.yaml --resume sale-buyer.play.jsonl" in text
    assert "Traceback" not in text
    assert play("sale", "--resume", "sale-buyer.play.jsonl", answers="quit").exit_code == 0


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


def test_ctrl_c_at_a_prompt_keeps_the_match_and_ends_with_130(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = iter(["pass"])

    def ask(*_: object) -> str:
        for line in lines:
            return line
        raise KeyboardInterrupt

    monkeypatch.setattr("negsim.cli.asking.Answers.ask", ask)
    result = play("sale", "--as", "buyer")
    assert result.exit_code == 130
    assert "The match is kept in sale-buyer.play.jsonl" in result.output


def test_an_issue_that_does_not_arise_is_not_asked_for_and_the_last_offer_is_kept_by_enter(folder: Path) -> None:
    output = play("mill", "--as", "ann", answers="offer | 20 | ann | yes | refuse | offer | | | yes | quit").output
    assert "3/3" not in output
    assert output.count("[20]") == 1
    assert output.count("  Price                 20 coins") == 2
