"""Damaged files, studies of another time or text: clear errors, and nothing is lost."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from negsim.study import begin_sweep, read_study, read_table
from negsim.study.listing import list_studies
from negsim.study.running.damage import StoreError
from negsim.study.running.store import Store
from tests.study.running.making import content_of, counts_of, make_study
from tests.study.running.sales import SALE, negsim_here, refused, sale_of


def manifest_set(folder: Path, **entries: object) -> None:
    """Change entries of a manifest; None takes one out, a text stands as it is, without being JSON."""
    database = sqlite3.connect(folder / "run.sqlite", isolation_level=None)
    for key, value in entries.items():
        if value is None:
            database.execute("DELETE FROM manifest WHERE key = ?", (key,))
        else:
            database.execute("UPDATE manifest SET value = ? WHERE key = ?", (value, key))
    database.close()


# -------------------------------------------------------------------------------------- damaged files


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def emptied(content: bytes) -> bytes:
    del content
    return b""


def beheaded(content: bytes) -> bytes:
    return b"garbage".ljust(100, b"!") + content[100:]


def overwritten(content: bytes) -> bytes:
    return content[:4096] + b"\xff" * 4096 + content[8192:]


@pytest.mark.parametrize("kind", ["whole", "half"])
@pytest.mark.parametrize("damage", [truncated, emptied, beheaded, overwritten])
def test_a_damaged_file_is_refused_and_left_as_it_is(
    damage: Callable[[bytes], bytes], kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder = Path(shutil.copytree(request.getfixturevalue(kind), tmp_path / "study"))
    (folder / "run.sqlite").write_bytes(damage(content_of(folder)))
    before = content_of(folder)
    for command in (
        ("results", folder),
        ("results", folder, "--format", "csv"),
        ("results", folder, "--format", "json"),
    ):
        refused(negsim_here(*command), str(folder))
    resumed = negsim_here("sweep", "--resume", folder, "--executor", "serial")
    if (damage, kind) == (overwritten, "whole"):
        assert resumed.exit_code in (0, 2), "whose manifest is whole, and which has nothing left to do"
    else:
        refused(resumed, str(folder))
    listed = negsim_here("studies", tmp_path)
    assert listed.exit_code == 0
    assert content_of(folder) == before


@pytest.mark.parametrize("kind", ["whole", "half"])
def test_bytes_that_flip_are_noticed_or_change_nothing(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Byte by byte, at places without pattern: what is shown is what was shown before, or an error is."""
    source = request.getfixturevalue(kind)
    content, shown = content_of(source), negsim_here("results", source, "--format", "csv").output
    folder = tmp_path / "study"
    folder.mkdir()
    n_refused = 0
    for k in range(150):
        place = int.from_bytes(hashlib.blake2b(str(k).encode(), digest_size=4).digest(), "big") % len(content)
        flipped = bytearray(content)
        flipped[place] ^= 0xFF
        (folder / "run.sqlite").write_bytes(flipped)
        for result in (negsim_here("results", folder, "--format", "csv"), negsim_here("studies", folder)):
            assert result.exit_code in (0, 2), (place, result.output)
        result = negsim_here("results", folder, "--format", "csv")
        n_refused += result.exit_code == 2
        if kind == "whole" and result.exit_code == 0:
            assert result.output == shown, place
        assert content_of(folder) == bytes(flipped)
    assert n_refused > 10


@pytest.mark.parametrize("place", range(0, 4096 * 3, 311))
def test_an_unfinished_study_with_a_flipped_byte_is_finished_or_refused(place: int, half: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(half, tmp_path / "study"))
    flipped = bytearray(content_of(folder))
    flipped[place] ^= 0xFF
    (folder / "run.sqlite").write_bytes(flipped)
    result = negsim_here("sweep", "--resume", folder, "--executor", "serial")
    assert result.exit_code in (0, 2), result.output


@pytest.mark.parametrize("table", ["cells", "manifest"])
def test_a_missing_table_is_refused(table: str, half: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(half, tmp_path / "study"))
    with sqlite3.connect(folder / "run.sqlite") as database:
        database.execute(f"DROP TABLE {table}")
    database.close()
    said = "it is not a study of this version: a table or a column is missing"
    for command in (("results", folder), ("sweep", "--resume", folder)):
        refused(negsim_here(*command), said)
    assert said in list_studies(tmp_path)[0].problem


@pytest.mark.parametrize(
    "key", ["format", "versions", "processor", "columns", "sweep", "scenario_sha256", "sweep_sha256"]
)
@pytest.mark.parametrize("value", [None, "{", "[]", "7", '"text"', '{"a": 1}', "null"])
def test_a_manifest_that_makes_no_sense_is_refused(key: str, value: str | None, half: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(half, tmp_path / "study"))
    manifest_set(folder, **{key: value})
    before = content_of(folder)
    results, resumed = negsim_here("results", folder), negsim_here("sweep", "--resume", folder, "--executor", "serial")
    if key == "processor" and value not in {None, "{"}:
        assert results.exit_code == 0, "which says what it was computed with, and nothing that figures are made of"
    else:
        refused(results, str(folder))
        assert key == "versions" or list_studies(folder)[0].problem
    if key != "processor" or value == "{" or value is None:
        refused(resumed, str(folder))
        assert content_of(folder) == before


def test_a_status_that_is_none_is_refused(half: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(half, tmp_path / "study"))
    with sqlite3.connect(folder / "run.sqlite") as database:
        database.execute("UPDATE cells SET status = 'lost' WHERE cell = 3")
    database.close()
    with Store(folder) as store, pytest.raises(StoreError, match="a cell is 'lost', which is no status"):
        store.counts()


def test_nothing_is_added_to_a_damaged_file(tmp_path: Path) -> None:
    """The first cell that is still to do can be read; a page further on is of something else."""
    make_study(tmp_path, 2000)
    content = bytearray(content_of(tmp_path))
    content[-4096:] = content[-8192:-4096]
    (tmp_path / "run.sqlite").write_bytes(content)
    with (
        Store(tmp_path, writes=True) as store,
        pytest.raises(StoreError, match=r"it is damaged; `sqlite3 run.sqlite .recover`"),
    ):
        store.begin()
    assert content_of(tmp_path) == bytes(content)


def test_values_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    make_study(tmp_path, 2)
    with sqlite3.connect(tmp_path / "run.sqlite") as database:
        database.execute("UPDATE cells SET product = 'many', status = 'done' WHERE cell = 1")
    database.close()
    with pytest.raises(StoreError, match="it is damaged, or no study of this version"):
        read_table(tmp_path)


# ------------------------------------------------------------------------------- of another time or text


def sweep_set(folder: Path, *, and_hash: bool, **settings: object) -> None:
    with Store(folder) as store:
        sweep = {**store.manifest["sweep"], **settings}
    entries: dict[str, object] = {"sweep": json.dumps(sweep)}
    if and_hash:
        entries["sweep_sha256"] = json.dumps(hashlib.sha256(json.dumps(sweep, sort_keys=True).encode()).hexdigest())
    manifest_set(folder, **entries)


def test_another_text_of_the_scenario_no_longer_fits_its_hash(half: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(half, tmp_path / "study"))
    sweep_set(folder, and_hash=True, scenario=SALE.replace("3..8", "3..9"))
    said = "its scenario was changed after the study began, and no longer fits its hash"
    for command in (("results", folder), ("sweep", "--resume", folder)):
        refused(negsim_here(*command), said)
    assert counts_of(folder)["done"] == 10


def test_other_settings_no_longer_fit_their_hash(half: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(half, tmp_path / "study"))
    sweep_set(folder, and_hash=False, n_worlds=64)
    refused(negsim_here("sweep", "--resume", folder), "what it says of the sweep was changed after the study began")


def test_a_setting_of_a_later_version_is_refused(half: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(half, tmp_path / "study"))
    sweep_set(folder, and_hash=True, telepathy=True)
    refused(negsim_here("sweep", "--resume", folder), "it is damaged, or no study of this version")


def test_another_version_is_refused_and_its_cells_can_be_read(half: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(half, tmp_path / "study"))
    manifest_set(folder, versions=json.dumps({"negsim": "0.0.1", "numpy": "1", "scipy": "1", "python": "3"}))
    result = negsim_here("sweep", "--resume", folder)
    assert result.exit_code == 2
    assert "was begun by negsim 0.0.1" in result.stderr
    assert "Finished cells are kept" in result.stderr
    assert read_study(folder).n_planned == 15


def test_another_form_is_refused(half: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(half, tmp_path / "study"))
    manifest_set(folder, format='"negsim.study/9"')
    said = "its form is negsim.study/9; this version reads negsim.study/1"
    for command in (("results", folder), ("sweep", "--resume", folder)):
        refused(negsim_here(*command), said)


def test_another_sweep_in_the_same_folder_is_refused(half: Path) -> None:
    with pytest.raises(StoreError) as caught:
        begin_sweep(sale_of(of=("zone",), seed=3, scenario=SALE.replace("3..8", "3..9")), half)
    said = str(caught.value)
    assert "its scenario differs (hash " in said
    assert "its seed is 0, not 3" in said
    assert "Its cells are kept" in said


@pytest.mark.parametrize("there", ["nothing", "an empty folder", "a file", "something else"])
def test_what_is_no_study_cannot_be_gone_on_with(there: str, tmp_path: Path) -> None:
    place = tmp_path / "place"
    if there == "a file":
        place.write_text("text", encoding="utf-8")
    elif there != "nothing":
        place.mkdir()
        if there == "something else":
            (place / "thesis.txt").touch()
    refused(negsim_here("sweep", "--resume", place), f"{place} holds no study (run.sqlite)")
    refused(negsim_here("results", place), f"{place} holds no study (run.sqlite)")


def test_a_study_of_no_scenario_is_gone_on_with_from_python(tmp_path: Path) -> None:
    make_study(tmp_path, 2)
    refused(negsim_here("sweep", "--resume", tmp_path), "is the study of a model that is no scenario")


@pytest.mark.parametrize(
    ("name", "said"), [("thesis.txt", "holds something that is no study (thesis.txt)"), ("", "is a file")]
)
def test_a_study_is_not_begun_in_what_is_something_else(name: str, said: str, tmp_path: Path) -> None:
    place = tmp_path / "place"
    if name:
        place.mkdir()
        (place / name).touch()
    else:
        place.write_text("text", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        begin_sweep(sale_of(), place)
    assert said in str(caught.value)


def test_a_list_of_studies_goes_on_past_one_that_cannot_be_read(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "b")
    for name in ("a", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "run.sqlite").write_bytes(b"no")
    begin_sweep(sale_of(), tmp_path / "d")
    sweep_set(
        tmp_path / "d",
        and_hash=True,
        scenario="negsim: 1",
    )
    manifest_set(tmp_path / "d", scenario_sha256=json.dumps(hashlib.sha256(b"negsim: 1").hexdigest()))
    problems = {Path(one.folder).name: bool(one.problem) for one in list_studies(tmp_path)}
    assert problems == {"a": True, "b": False, "c": True, "d": True}
