"""Matches of `negsim play` that are kept and gone on with, killed, or played in a terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.matches import SHORT, play, write_games

PLAY = "import sys; from negsim.cli import main; sys.argv[0] = 'negsim'; main()"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_games(tmp_path)


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

    def interrupt(self) -> None:
        """Press Ctrl-C, again after a while: one that comes just before the wait for a key is heard with the next key.

        The terminal of a test is not that which controls the process, so the signal is sent as the key would.
        """
        for _ in range(12):
            if self.process.poll() is not None:
                return
            self.process.send_signal(signal.SIGINT)
            end = time.monotonic() + 10
            while time.monotonic() < end and self._read(1.0):
                pass

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
        terminal.interrupt()
    else:
        terminal.type(keys)
    text, ended = terminal.end()
    assert ended == code
    assert "The match is kept in sale-buyer.play.jsonl, up to your last move." in text
    assert "Go on with: negsim play sale.scenario.yaml --resume sale-buyer.play.jsonl" in text
    assert "Traceback" not in text
    assert play("sale", "--resume", "sale-buyer.play.jsonl", answers="quit").exit_code == 0


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
