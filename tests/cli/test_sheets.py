from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from negsim.scenario import load
from tests.cli.support import SNAPSHOTS, run, write_sale
from tests.snapshots import assert_matches
from tests.teaching.small import SWAP

FOLDER = Path(__file__).parents[2] / "scenarios"


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_sheets_are_written_and_what_was_written_is_said(tmp_path: Path) -> None:
    result = run("sheets", write_sale(tmp_path, SWAP), "--out", str(tmp_path / "out"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.replace(str(tmp_path), "DIR") == (
        "DIR/out: general information, 2 role sheets, an agreement form;\n"
        "for you alone: instructor/ (pack.html, key.html, told.html, points.csv, game.scenario.yaml)\n"
    )
    assert len(files_in(tmp_path / "out")) == 10


def test_a_role_sheet_reads_as_agreed(tmp_path: Path) -> None:
    run("sheets", write_sale(tmp_path, SWAP), "--out", str(tmp_path / "out"))
    for name in ("role-ann.html", "general.html", "agreement.html", "instructor/pack.html"):
        text = (tmp_path / "out" / name).read_text(encoding="utf-8")
        text = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
        assert_matches(text, SNAPSHOTS / f"sheets-{Path(name).name}")


def test_points_for_a_spreadsheet_read_as_agreed(tmp_path: Path) -> None:
    run("sheets", write_sale(tmp_path, SWAP), "--out", str(tmp_path / "out"))
    assert_matches(
        (tmp_path / "out/instructor/points.csv").read_text(encoding="utf-8"), SNAPSHOTS / "sheets-points.csv"
    )


def test_the_game_file_gives_the_same_sheets_again(tmp_path: Path) -> None:
    run("sheets", str(FOLDER / "energy-truce-2026.scenario.yaml"), "--out", str(tmp_path / "one"), "--seed", "3")
    game = tmp_path / "one/instructor/game.scenario.yaml"
    assert load(game).id == "energy-truce-2026"
    run("sheets", str(game), "--out", str(tmp_path / "two"))
    one, two = files_in(tmp_path / "one"), files_in(tmp_path / "two")
    students = [name for name in one if not name.startswith("instructor/")]
    assert {name: two[name] for name in students} == {name: one[name] for name in students}
    assert two["instructor/game.scenario.yaml"] == one["instructor/game.scenario.yaml"]


def test_the_same_sheets_are_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", "0"), ("two", "0"), ("three", "1")):
        run("sheets", str(FOLDER / "house-sale.scenario.yaml"), "--out", str(tmp_path / name), "--seed", seed)
    assert files_in(tmp_path / "one") == files_in(tmp_path / "two")
    assert files_in(tmp_path / "one")["role-buyer.html"] != files_in(tmp_path / "three")["role-buyer.html"]


@pytest.mark.parametrize(("lang", "said"), [("uk", "КОНФІДЕНЦІЙНО – роль:"), ("ru", "КОНФИДЕНЦИАЛЬНО – роль:")])
def test_sheets_are_written_in_a_language_with_the_texts_beside_the_scenario(
    tmp_path: Path, lang: str, said: str
) -> None:
    file = write_sale(tmp_path, SWAP)
    (tmp_path / f"sale.texts.{lang}.yaml").write_text("parties.ann.title: Анна\n", encoding="utf-8")
    result = run("sheets", file, "--out", str(tmp_path / "out"), "--lang", lang)
    assert result.exit_code == 0, result.stderr
    sheet = (tmp_path / "out/role-ann.html").read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in sheet
    assert f"{said} Анна" in sheet
    assert '<span lang="en">Delivery</span>' in sheet


@pytest.mark.parametrize(
    ("options", "is_said"), [(("--lang", "uk"), True), (("--lang", "uk", "--written-in", "uk"), False), ((), False)]
)
def test_that_a_scenario_has_no_texts_in_a_language_is_said(
    tmp_path: Path, options: tuple[str, ...], is_said: bool
) -> None:
    result = run("sheets", write_sale(tmp_path, SWAP), "--out", str(tmp_path / "out"), *options)
    assert result.exit_code == 0, result.stderr
    missing = f"words stay as they are (en): there is no {tmp_path / 'sale.texts.uk.yaml'}."
    assert (missing in result.stdout) is is_said
    assert ("stay as they are" in result.stdout) is is_said


def test_a_path_that_names_no_text_is_refused_with_the_nearest(tmp_path: Path) -> None:
    file = write_sale(tmp_path, SWAP)
    (tmp_path / "sale.texts.uk.yaml").write_text("parties.an.title: Анна\n", encoding="utf-8")
    result = run("sheets", file, "--out", str(tmp_path / "out"), "--lang", "uk")
    assert result.exit_code == 2
    assert "sale.texts.uk.yaml:1:1: error: parties.an.title names no text of the scenario" in result.stderr
    assert "did you mean 'parties.ann.title'?" in result.stderr
    assert not (tmp_path / "out").exists()


def test_older_sheets_are_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("sheets", str(FOLDER / "energy-truce-2026.scenario.yaml"), "--out", str(out))
    result = run("sheets", write_sale(tmp_path, SWAP), "--out", str(out))
    assert result.exit_code == 0, result.stderr
    assert not (out / "role-russia.html").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("kind", ["a file", "other files", "a note beside sheets", "a forged mark"])
def test_what_is_not_ours_is_never_replaced(tmp_path: Path, kind: str) -> None:
    out = tmp_path / "out"
    if kind == "a file":
        out.write_text("mine")
    else:
        (out / "instructor").mkdir(parents=True)
        if kind == "a note beside sheets":
            out.joinpath("instructor").rmdir()
            out.rmdir()
            run("sheets", str(FOLDER / "house-sale.scenario.yaml"), "--out", str(out))
        if kind == "a forged mark":
            (out / "instructor/sheets.json").write_text(json.dumps({"format": "other/1", "files": ["note.txt"]}))
        (out / "note.txt").write_text("mine")
    before = out.read_text() if kind == "a file" else files_in(out)
    result = run("sheets", write_sale(tmp_path, SWAP), "--out", str(out))
    assert result.exit_code == 2
    assert str(out) in result.stderr
    assert (out.read_text() if kind == "a file" else files_in(out)) == before


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file, where a folder would have to be")
    result = run("sheets", write_sale(tmp_path, SWAP), "--out", str(tmp_path / "blocked" / "out"))
    assert result.exit_code == 2
    assert "blocked" in result.stderr
    assert "defect" not in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_a_clear_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    result = run("sheets", str(FOLDER / "house-sale.scenario.yaml"), "--out", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert "Permission denied" in result.stderr


@pytest.mark.parametrize("tag", ["", "english!", "e"])
def test_a_language_of_the_author_must_be_a_tag(tmp_path: Path, tag: str) -> None:
    result = run("sheets", write_sale(tmp_path, SWAP), "--out", str(tmp_path / "out"), "--written-in", tag)
    assert result.exit_code == 2
    assert "--written-in" in result.stderr


def test_a_game_without_a_deal_says_so_and_names_a_seed_with_one(tmp_path: Path) -> None:
    text = SWAP.replace("no_deal: 40", "no_deal: 20..100").replace("no_deal: 30", "no_deal: 20..100")
    file, seeds = write_sale(tmp_path, text), range(12)
    said = [run("sheets", file, "--out", str(tmp_path / f"{seed}"), "--seed", str(seed)).stdout for seed in seeds]
    hopeless = [seed for seed in seeds if "no deal is acceptable to all" in said[seed]]
    assert 0 < len(hopeless) < 12
    named = int(re.search(r"There is one with --seed (\d+)", said[hopeless[0]])[1])  # type: ignore[index]
    assert named not in hopeless


def test_nothing_is_written_of_a_scenario_that_cannot_be_read(tmp_path: Path) -> None:
    result = run("sheets", write_sale(tmp_path, SWAP.replace("price: 60", "prise: 60")), "--out", str(tmp_path / "out"))
    assert result.exit_code == 2
    assert "did you mean 'price'?" in result.stderr
    assert not (tmp_path / "out").exists()
