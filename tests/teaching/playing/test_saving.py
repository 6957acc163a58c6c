"""Keeping a match: what is on the disk is what was played, whatever happens to the last line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from negsim.errors import UsageError
from negsim.scenario import loads
from negsim.teaching.game import fixed_game
from negsim.teaching.playing.match import Match, make_match
from negsim.teaching.playing.moves import Move
from negsim.teaching.playing.saving import mend, read_save, start_save
from tests.teaching.playing.games import SALE, match_of

MOVES = (
    Move("offer", (("price", "2"),)),
    Move("refuse"),
    Move("offer", (("price", "3"),)),
    Move("accept"),
)


@pytest.fixture
def match() -> Match:
    return match_of(loads(SALE), "buyer", seed=7)


def kept(folder: Path, match: Match) -> Path:
    path = folder / "match.jsonl"
    save = start_save(path, match, "1.2.3", hints=True)
    for move in MOVES:
        save.add(move)
    return path


def test_what_was_saved_is_read_again(tmp_path: Path, match: Match) -> None:
    saved = read_save(kept(tmp_path, match))
    assert (saved.party, saved.seed, saved.hints, saved.moves, saved.cut) == ("buyer", 7, True, MOVES, False)
    saved.refuse_another("sale", "1.2.3")
    saved.refuse_changed(match)


def test_a_file_can_begin_with_moves_that_were_made_before(tmp_path: Path, match: Match) -> None:
    path = tmp_path / "late.jsonl"
    start_save(path, match, "1.2.3", moves=MOVES)
    assert read_save(path).moves == MOVES
    assert not read_save(path).hints


def test_wherever_a_file_is_cut_every_whole_line_counts_and_playing_goes_on(tmp_path: Path, match: Match) -> None:
    whole = kept(tmp_path, match).read_bytes()
    head = whole.index(b"\n") + 1
    for size in range(head, len(whole) + 1):
        path = tmp_path / "cut.jsonl"
        path.write_bytes(whole[:size])
        saved = read_save(path)
        n_whole = whole[:size].count(b"\n") - 1
        assert saved.moves == MOVES[:n_whole]
        assert saved.cut is not whole[:size].endswith(b"\n")
        mend(path, saved).add(Move("leave"))
        assert read_save(path).moves == (*MOVES[:n_whole], Move("leave"))


def test_a_last_line_that_is_whole_but_damaged_is_left_out(tmp_path: Path, match: Match) -> None:
    path = kept(tmp_path, match)
    path.write_bytes(path.read_bytes() + b"\x00\x00\x00\n")
    saved = read_save(path)
    assert (saved.moves, saved.cut) == (MOVES, True)
    mend(path, saved).add(Move("pass"))
    assert read_save(path).moves == (*MOVES, Move("pass"))


def test_damage_before_the_last_line_is_told_with_its_place(tmp_path: Path, match: Match) -> None:
    path = kept(tmp_path, match)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[2] = "{}\n"
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(UsageError, match="damaged: line 3 is no move"):
        read_save(path)


@pytest.mark.parametrize("text", ["", "\n", "price: 3\n", "[]\n", '{"format": "negsim.play/1"}\n', '{"format": "x"}\n'])
def test_what_is_no_saved_match_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="no match saved by negsim play"):
        read_save(path)


def test_nothing_is_written_over(tmp_path: Path, match: Match) -> None:
    path = kept(tmp_path, match)
    with pytest.raises(UsageError, match="exists already: go on with it by --resume"):
        start_save(path, match, "1.2.3")


def test_a_match_of_another_scenario_of_another_version_or_of_a_changed_one_is_refused(
    tmp_path: Path, match: Match
) -> None:
    saved = read_save(kept(tmp_path, match))
    with pytest.raises(UsageError, match="is a match of sale, not of mill"):
        saved.refuse_another("mill", "1.2.3")
    with pytest.raises(UsageError, match=r"saved by negsim 1\.2\.3, and this is 2\.0"):
        saved.refuse_another("sale", "2.0")
    changed = match_of(loads(SALE.replace("no_deal: 40}\n  seller", "no_deal: 41}\n  seller")), "buyer", seed=7)
    with pytest.raises(UsageError, match="saved before sale was changed"):
        saved.refuse_changed(changed)


def test_what_the_others_think_is_part_of_which_match_it_is() -> None:
    open_text = SALE.replace("no_deal: 40}\n  seller", "no_deal: 30..50}\n  seller")
    game = fixed_game(loads(open_text))
    alone, beside = make_match(game, "buyer"), make_match(game, "buyer", scenario=loads(open_text))
    assert alone.fingerprint() != beside.fingerprint()


def test_a_line_of_the_file_is_plain_json(tmp_path: Path, match: Match) -> None:
    lines = [json.loads(line) for line in kept(tmp_path, match).read_text(encoding="utf-8").splitlines()]
    assert lines[0]["as"] == "buyer"
    assert lines[1] == {"move": "offer", "deal": {"price": "2"}}
    assert lines[2] == {"move": "refuse"}


def test_a_move_is_on_the_disk_before_it_counts(tmp_path: Path, match: Match, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "match.jsonl"
    save = start_save(path, match, "1.2.3")
    synced = []
    monkeypatch.setattr(os, "fsync", lambda _: synced.append(path.read_bytes()))
    save.add(MOVES[0])
    assert synced == [path.read_bytes()]
    assert synced[0].endswith(b'{"move":"offer","deal":{"price":"2"}}\n')
