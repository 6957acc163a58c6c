"""What holds of every picture: its specification is one, its figures are those of the document, it can be read."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from negsim.report.pictures import style
from negsim.report.pictures.picture import Absent, Picture
from negsim.report.pictures.rendering import VEGA_LITE, png_bytes, svg_file, svg_inline
from negsim.report.pictures.table import OF_RUNS, OF_STUDIES, draw_run, draw_study
from tests.report.pictures.documents import plain_source, source, study

OKABE_ITO = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00"}


@cache
def every_picture() -> dict[str, Picture]:
    found = [*draw_run(source())[0], *draw_study(study(policies=True))[0]]
    found += [one for one in draw_study(study(two=True))[0] if one.name == "map"]
    return {one.name: one for one in found}


NAMES = sorted({*OF_RUNS, *OF_STUDIES})


@cache
def validator() -> Any:
    spec = importlib.util.find_spec("altair")
    assert spec is not None
    assert spec.submodule_search_locations
    path = Path(spec.submodule_search_locations[0]) / "vegalite" / "v6" / "schema" / "vega-lite-schema.json"
    return jsonschema.Draft7Validator(json.loads(path.read_text(encoding="utf-8")))


def test_all_pictures_are_drawn_where_a_document_holds_everything() -> None:
    assert sorted(every_picture()) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", ["spec", "narrow"])
def test_a_specification_is_one_of_vega_lite(name: str, width: str) -> None:
    spec = getattr(every_picture()[name], width)
    assert list(validator().iter_errors(spec)) == []
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec
    assert spec["$schema"] == f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE.split('.')[0]}.json"


def test_what_is_no_specification_is_noticed() -> None:
    spec = every_picture()["tornado"].spec
    assert list(validator().iter_errors({**spec, "layer": [{"mark": "brush", "encoding": {}}]}))


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_says_in_words_what_is_seen_and_how_to_read_it(name: str) -> None:
    picture = every_picture()[name]
    assert re.search(r"\d", picture.title), "the title states a figure"
    assert not picture.title.endswith(".")
    assert len(picture.description) > 60
    assert picture.description.endswith(".")
    assert picture.rows
    assert all(len(row) == len(picture.header) for row in picture.rows)
    assert len(set(picture.header)) == len(picture.header)


@pytest.mark.parametrize("name", NAMES)
def test_the_csv_holds_the_table(name: str) -> None:
    picture = every_picture()[name]
    header, *rows = list(csv.reader(io.StringIO(picture.csv())))
    assert header == list(picture.header)
    assert rows == [["" if cell is None else str(cell) for cell in row] for row in picture.rows]


def test_a_text_of_a_scenario_starts_no_formula_in_a_spreadsheet() -> None:
    picture = every_picture()["red-lines"]
    tricked = Picture(picture.name, picture.title, picture.description, {}, {}, ("a", "b"), (("=HYPERLINK(1)", -2.5),))
    assert tricked.csv() == "a,b\n'=HYPERLINK(1),-2.5\n"
    headed = Picture("a", "b", "c", {}, {}, ("@a", "b"), ((" =1", "y;=1+1"), ("-2,5", "\t=1")))
    assert headed.csv() == '\'@a,b\n\' =1,"y;\'=1+1"\n"-2,5","\'\t\'=1"\n'


@pytest.mark.parametrize("name", NAMES)
def test_the_figures_of_a_picture_are_those_of_its_table(name: str) -> None:
    picture = every_picture()[name]
    told = {round(float(cell), 2) for row in picture.rows for cell in row if isinstance(cell, int | float)}
    drawn = set(figures_of(name, picture.spec))
    if name == "acceptability":
        told |= {float(f"{one:.0f}") for one in told}
    assert drawn
    assert drawn <= told, sorted(drawn - told)


def figures_of(name: str, spec: Any) -> Iterator[float]:
    """List what is placed by a scale; where cells are laid out by pixels, what is printed in them."""
    keys = {"utility-space": ("x", "y"), "policies": ("points", "low", "high"), "learned": ("shift",)}
    for value in data_values(spec):
        if name in ("acceptability", "map"):
            printed = value.get("share", value.get("said", "")).removesuffix(" %")
            yield from [float(printed)] if re.fullmatch(r"[0-9]+", printed) else []
        elif "x2" in value or value == {"points": 0}:  # bands of no-deal values, and the line at no difference
            continue
        else:
            yield from (round(float(value[key]), 2) for key in keys.get(name, ("share",)) if key in value)


def data_values(spec: Any) -> Iterator[dict[str, Any]]:
    if isinstance(spec, dict):
        for key, inner in spec.items():
            if key == "values" and isinstance(inner, list) and inner and isinstance(inner[0], dict):
                yield from inner
            else:
                yield from data_values(inner)
    elif isinstance(spec, list):
        for inner in spec:
            yield from data_values(inner)


def colours(spec: Any) -> set[str]:
    return {found.lower() for found in re.findall(r'"(#[0-9a-fA-F]{6})"', json.dumps(spec))}


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#0072b2", "#ffffff") == pytest.approx(5.19, abs=0.01)  # Okabe and Ito's blue, as published


def test_text_can_be_read_on_what_is_below_it() -> None:
    assert all(contrast(text, cell) >= 4.5 for _, cell, text in style.RAMP)
    assert all(contrast(ink, style.PAPER) >= 4.5 for ink in (style.INK, style.MUTED))
    assert contrast(style.INK, style.SHADE) >= 4.5
    css = (Path(style.__file__).parent.parent / "html" / "style.css").read_text(encoding="utf-8")
    dark = dict(re.findall(r'svg \[fill="(#[0-9a-f]{6})"\] \{ fill: (#[0-9a-f]{6})', css))
    assert contrast(dark[style.INK], dark[style.PAPER]) >= 4.5
    assert contrast(dark[style.MUTED], dark[style.PAPER]) >= 4.5
    assert contrast(dark[style.INK], dark[style.SHADE]) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_colours_of_marks_are_those_that_who_sees_colours_otherwise_can_tell_apart(name: str) -> None:
    picture = every_picture()[name]
    steps = {cell for _, cell, _ in style.RAMP} | {text for _, _, text in style.RAMP}
    neutral = {style.INK, style.MUTED, style.GRID, style.SHADE, style.PAPER, "#8fa3b3"}
    tints = {"#9fc8e6", "#4d9acb"}  # of the blue, beside a shape and a size
    assert colours(picture.spec) <= OKABE_ITO | steps | neutral | tints


def encodings(spec: Any) -> Iterator[dict[str, Any]]:
    if isinstance(spec, dict):
        if isinstance(spec.get("encoding"), dict):
            yield spec["encoding"]
        for inner in spec.values():
            yield from encodings(inner)
    elif isinstance(spec, list):
        for inner in spec:
            yield from encodings(inner)


@pytest.mark.parametrize("name", NAMES)
def test_no_colour_of_a_kind_stands_without_a_shape_a_dash_or_a_hollow_beside_it(name: str) -> None:
    for encoding in encodings(every_picture()[name].spec):
        for channel in ("color", "fill", "stroke"):
            by = encoding.get(channel, {}).get("field")
            if by is None or encoding[channel].get("scale", {}) is None:  # printed figures say what the shade says
                continue
            others = [encoding.get(other, {}).get("field") for other in ("shape", "strokeDash", "yOffset")]
            assert by in others, (channel, by)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_drawn_the_same_way_every_time_and_as_one_image(name: str) -> None:
    picture = every_picture()[name]
    first, second = (svg_inline(picture.spec, "p", picture.title, picture.description) for _ in range(2))
    assert first == second
    assert first.startswith("<svg ")
    assert first.count('role="') == 1
    assert 'role="img" aria-labelledby="p-title" aria-describedby="p-desc"' in first
    assert " style=" not in first  # a policy without unsafe-inline would refuse it
    ids = re.findall(r'\bid="([^"]*)"', first)
    assert all(one.startswith("p-") for one in ids)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]*)\)", first)) <= set(ids)


def test_titles_and_descriptions_are_escaped_in_a_picture() -> None:
    picture = every_picture()["reasons"]
    svg = svg_file(picture.spec, "p", "a < b & c", "<script>alert(1)</script>")
    assert "<script" not in svg
    assert "a &lt; b &amp; c</title>" in svg


def test_a_picture_is_a_png_on_white() -> None:
    assert png_bytes(every_picture()["tornado"].spec, "A title").startswith(b"\x89PNG\r\n")


def test_what_a_document_does_not_hold_is_left_out_and_said() -> None:
    pictures, absent = draw_run(plain_source())
    assert {one.name for one in pictures} == {"acceptability", "tornado"}
    why = {one.name: one.why for one in absent}
    assert why["utility-space"].endswith("the result does not hold it.")
    assert "older version" in why["red-lines"]
    assert "no calendar" in why["agreement-by-date"]
    assert "observes no talks" in why["learned"]
    assert "fewer than two parties sign" in why["reasons"]


def test_what_a_study_does_not_tell_is_left_out_and_said() -> None:
    _, absent = draw_study(study())
    assert {one.name: one.why for one in absent} == {
        "policies": "No picture of policies: the study compares none.",
        "map": "No map: that takes two things varied over a grid or a list of values.",
    }


@pytest.mark.parametrize("name", sorted(OF_RUNS))
def test_a_picture_takes_nothing_but_the_document(name: str) -> None:
    told = source()
    before = deepcopy(told)
    drawn = OF_RUNS[name](told)
    assert not isinstance(drawn, Absent)
    assert told.document == before.document
    assert told.scenario == before.scenario
