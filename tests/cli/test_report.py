"""`negsim report` and what `negsim run` writes of pictures: the same page by both ways, and clear refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import run, write_sale

PICTURES = {"acceptability", "reasons", "utility-space"}
"""What there is to draw of a sale in which nothing is uncertain."""


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    out = folder / "out"
    done = run("run", write_sale(folder), "--worlds", "256", "--out", str(out), "--html")
    assert done.exit_code == 0, done.output
    return out


def test_a_page_made_later_is_the_one_that_the_run_saves(saved: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = run("report", str(saved), "--out", str(page))
    assert (result.exit_code, result.stdout) == (0, f"Wrote {page}.\n")
    assert page.read_bytes() == (saved / "report.html").read_bytes()
    assert "In all of 256 worlds" in page.read_text(encoding="utf-8")


def test_the_page_stands_in_the_folder_of_the_run_unless_a_file_is_named(saved: Path) -> None:
    before = (saved / "report.html").read_bytes()
    assert run("report", str(saved)).stdout == f"Wrote {saved / 'report.html'}.\n"
    assert (saved / "report.html").read_bytes() == before


def test_a_run_without_html_saves_no_page(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("run", write_sale(tmp_path), "--worlds", "256", "--out", str(out))
    assert not (out / "report.html").exists()


def test_a_page_is_put_beside_the_same_run_and_all_else_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = write_sale(tmp_path)
    run("run", file, "--worlds", "256")
    (folder,) = (tmp_path / "results").iterdir()
    (folder / "notes.txt").write_text("mine")
    old = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert "Saved in" in run("run", file, "--worlds", "256", "--html").stdout
    assert {name: (folder / name).stat().st_mtime_ns for name in old} == old
    assert {path.name for path in folder.iterdir()} == {*old, "report.html"}
    assert "Already saved in" in run("run", file, "--worlds", "256", "--html").stdout


def test_an_older_run_with_a_page_is_replaced_page_and_all(tmp_path: Path) -> None:
    file, out = write_sale(tmp_path), tmp_path / "out"
    run("run", file, "--worlds", "256", "--out", str(out), "--html")
    assert run("run", file, "--worlds", "512", "--out", str(out)).exit_code == 0
    assert not (out / "report.html").exists()


@pytest.mark.parametrize(
    ("extra", "kind", "begins"),
    [
        ((), "svg", b"<svg "),
        (("--format", "png"), "png", b"\x89PNG"),
        (("--plot-format", "png"), "png", b"\x89PNG"),
    ],
)
def test_plots_are_pictures_with_their_csv(
    saved: Path, tmp_path: Path, extra: tuple[str, ...], kind: str, begins: bytes
) -> None:
    plots = tmp_path / "deep" / "plots"
    result = run("report", str(saved), "--out", str(tmp_path / "r.html"), "--plots", str(plots), *extra)
    assert result.exit_code == 0
    assert {path.name for path in plots.iterdir()} == {f"{name}.{end}" for name in PICTURES for end in (kind, "csv")}
    assert all((plots / f"{name}.{kind}").read_bytes().startswith(begins) for name in PICTURES)
    assert f"Wrote 3 pictures, each with its CSV, into {plots}." in result.stderr
    assert "No picture of red lines: there are none." in result.stderr


def test_run_writes_plots_without_a_page(tmp_path: Path) -> None:
    plots, out = tmp_path / "plots", tmp_path / "out"
    result = run("run", write_sale(tmp_path), "--worlds", "256", "--out", str(out), "--plots", str(plots))
    assert result.exit_code == 0
    assert (plots / "utility-space.svg").exists()
    assert not (out / "report.html").exists()


def test_the_parties_of_the_space_can_be_chosen(saved: Path, tmp_path: Path) -> None:
    plots = tmp_path / "plots"
    out = ("--out", str(tmp_path / "r.html"))
    assert run("report", str(saved), *out, "--plots", str(plots), "--parties", "seller, buyer").exit_code == 0
    assert (plots / "utility-space.csv").read_text(encoding="utf-8").startswith("what,Seller,Buyer,")


@pytest.mark.parametrize(
    ("parties", "said"),
    [
        ("seler,buyer", "there is no party 'seler'; did you mean 'seller'?"),
        ("seller", "the picture is of two different parties; known: buyer, seller"),
        ("seller,seller", "the picture is of two different parties; known: buyer, seller"),
        ("a,b,c", "there is no party 'a'; known here: buyer and seller"),
    ],
)
def test_parties_that_make_no_picture_are_refused(saved: Path, tmp_path: Path, parties: str, said: str) -> None:
    page = tmp_path / "r.html"
    result = run("report", str(saved), "--out", str(page), "--parties", parties)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not page.exists()


def copy(saved: Path, to: Path, **changed: bytes | None) -> Path:
    to.mkdir()
    for name in ("run.json", "result.json", "scenario.yaml"):
        content = changed.get(name.replace(".", "_"), (saved / name).read_bytes())
        if content is not None:
            (to / name).write_bytes(content)
    return to


def without(saved: Path, key: str) -> bytes:
    data = json.loads((saved / "result.json").read_bytes())
    del data[key]
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"result_json": None}, "is neither a run nor a study: there is no result.json in it"),
        ({"run_json": None}, "there is no run.json in it"),
        ({"result_json": b'{"format": '}, "result.json is damaged: Expecting value"),
        ({"result_json": b"[]"}, "result.json is damaged: it holds no object"),
        ({"result_json": b"\xff\xfe"}, "result.json is damaged: "),
        ({"result_json": b"[" * 200_000}, "result.json is damaged: "),
        ({"result_json": b'{"format": "negsim.check/1"}'}, "its format is 'negsim.check/1', not 'negsim.zone/1'"),
        ({"scenario_yaml": b"\xff"}, "scenario.yaml is damaged: it is not UTF-8"),
        ({"scenario_yaml": b"negsim: 1\nid: x\n"}, "NS2"),
    ],
)
def test_what_is_no_run_or_a_damaged_one_is_refused(
    saved: Path, tmp_path: Path, changed: dict[str, bytes | None], said: str
) -> None:
    folder = copy(saved, tmp_path / "copy", **changed)
    result = run("report", str(folder))
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert not (folder / "report.html").exists()


@pytest.mark.parametrize("key", ["p_zone", "options", "deals", "moves", "settings", "outcome_space", "solutions"])
def test_a_result_that_lacks_something_is_called_damaged(saved: Path, tmp_path: Path, key: str) -> None:
    folder = copy(saved, tmp_path / "copy", result_json=without(saved, key))
    result = run("report", str(folder))
    assert result.exit_code == 2
    assert f"result.json is damaged, or not of this version (it lacks '{key}')" in result.stderr


def test_a_run_of_before_pictures_has_a_page_without_the_space(saved: Path, tmp_path: Path) -> None:
    folder = copy(saved, tmp_path / "copy", result_json=without(saved, "utility_space"))
    assert run("report", str(folder)).exit_code == 0
    assert "two parties: the result does not hold it." in (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere does not exist; name a folder that `negsim run` or `negsim sweep` made"),
        (["{file}"], "is a file; name a folder"),
        (["{saved}", "--out", "{saved}"], "is a folder; name a file"),
        (["{saved}", "--out", "{saved}/no/r.html"], "there is no folder"),
        (["{saved}", "--plots", "{file}"], "is a file; name a folder"),
    ],
)
def test_places_that_cannot_be_are_refused(saved: Path, tmp_path: Path, arguments: list[str], said: str) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    result = run("report", *(one.format(saved=saved, file=file) for one in arguments))
    assert result.exit_code == 2
    assert said in result.stderr
    assert file.read_text() == "mine"


def test_open_needs_a_page_to_open(tmp_path: Path) -> None:
    result = run("run", write_sale(tmp_path), "--open")
    assert result.exit_code == 2
    assert "--open shows the page that --html saves: give both" in result.stderr


@pytest.mark.parametrize("there_is_one", [True, False])
def test_the_page_is_opened_in_a_browser_if_there_is_one(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there_is_one: bool
) -> None:
    opened: list[str] = []

    def opening(url: str) -> bool:
        opened.append(url)
        return there_is_one

    monkeypatch.setattr("webbrowser.open", opening)
    page = tmp_path / "r.html"
    result = run("report", str(saved), "--out", str(page), "--open")
    assert result.exit_code == 0
    assert opened == [page.as_uri()]
    assert ("No browser was found" in result.stderr) is not there_is_one


SWEEP = ("--vary", "parties.seller.no_deal.same_as.price=3..7/3", "--worlds", "256")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("study")
    done = run("sweep", write_sale(folder), *SWEEP, "--study", str(folder / "s"), "--jobs", "1")
    assert done.exit_code == 0, done.output
    return folder / "s"


def test_a_study_has_a_page_as_well(study: Path, tmp_path: Path) -> None:
    plots = tmp_path / "plots"
    result = run("report", str(study), "--plots", str(plots))
    assert result.exit_code == 0, result.output
    assert "it is above one half in 2 of 3 cells" in (study / "report.html").read_text(encoding="utf-8")
    assert {path.stem for path in plots.iterdir()} == {"curves", "indices"}
    header, *rows = (plots / "curves.csv").read_text(encoding="utf-8").splitlines()
    assert header == 'parties.seller.no_deal.same_as.price,"P(zone), %",low,high'
    assert [row.split(",")[:2] for row in rows] == [["3.0", "100.0"], ["5.0", "100.0"], ["7.0", "0.0"]]
    first = (study / "report.html").read_bytes()
    run("report", str(study))
    assert (study / "report.html").read_bytes() == first
    assert run("results", str(study)).exit_code == 0  # a page beside it does not disturb a study


def test_a_study_does_not_keep_what_deals_are_worth(study: Path) -> None:
    result = run("report", str(study), "--parties", "buyer,seller")
    assert result.exit_code == 2
    assert "--parties goes with a run" in result.stderr
