"""The page: one file that needs nothing else, that says what it is, and that no text of a scenario can break out of."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from negsim.report.html.page import Report, page_html
from negsim.report.html.run_report import report_of_run, scenario_hash
from negsim.report.html.study_report import report_of_study
from negsim.report.phrases import NO_FORECAST
from negsim.report.pictures.source import Source
from negsim.report.pictures.table import draw_run, draw_study
from negsim.scenario.types import Source as Origin
from tests.report.calendars import calendar
from tests.report.pictures.documents import document, source, study

NASTY = '</script><script>window.hacked = true</script><img src=x onerror="window.hacked=true">&'


def report(told: Source | None = None) -> Report:
    told = told or source()
    pictures, absent = draw_run(told)
    return report_of_run(told, pictures, absent, run_id="strip-0123456789", scenario_text="negsim: 1\n")


@cache
def page() -> str:
    return page_html(report())


@cache
def nasty_page() -> str:
    plain = calendar()
    land, *issues = plain.issues
    villages = [replace(party, title=f"{party.id} {NASTY}") for party in plain.parties]
    told = replace(
        plain,
        title=NASTY,
        about=NASTY,
        issues=(replace(land, title=NASTY, option_titles=(NASTY, *land.option_titles[1:])), *issues),
        parties=tuple(villages),
        sources=(
            Origin("one", NASTY, NASTY, "2026-02-17", url="javascript:alert(1)"),
            Origin("two", "Gazette", "Press", "2026-02-16", "published", url='https://example.org/"><script>'),
        ),
    )
    return page_html(report(Source(document(), told)))


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.text.append((tag, ""))

    def handle_data(self, data: str) -> None:
        if self.text:
            tag, text = self.text[-1]
            self.text[-1] = (tag, text + data)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert page_html(report()) == page()


def test_a_page_is_small_enough_to_send() -> None:
    assert len(page().encode("utf-8")) < 3_000_000


def test_the_title_states_the_finding_with_its_uncertainty() -> None:
    assert "<h1>In 31 % (±2) of worlds some deal is acceptable to all who must agree</h1>" in page()


@pytest.mark.parametrize(
    "said",
    [
        "negsim explores assumptions; this is not a forecast.",
        NO_FORECAST,
        "<dt>Scenario hash</dt><dd><code>" + hashlib.sha256(b"negsim: 1\n").hexdigest(),
        "<dt>Seed</dt><dd>0</dd>",
        "<dt>Worlds</dt><dd>4,096, Latin hypercube blocks</dd>",
        "<dt>Version</dt><dd>negsim 1.2.3</dd>",
        "<dt>Run</dt><dd><code>strip-0123456789</code>",
    ],
)
def test_the_footer_says_where_the_page_comes_from(said: str) -> None:
    assert said in page()


def test_the_hash_is_of_the_scenario_as_saved() -> None:
    assert scenario_hash("a") == hashlib.sha256(b"a").hexdigest()


def test_sources_stand_with_their_dates() -> None:
    told = replace(
        calendar(), sources=(Origin("g", "The Gazette", "Press", "2026-02-16", "published", "https://x.org/a"),)
    )
    text = page_html(report(Source(document(), told)))
    assert '<a href="https://x.org/a" rel="noreferrer noopener">The Gazette</a>, Press, published 2026-02-16' in text


def test_the_page_has_a_language_landmarks_and_a_way_past_the_navigation() -> None:
    elements = Elements(page()).found
    assert ("html", {"lang": "en"}) in elements
    tags = [tag for tag, _ in elements]
    assert all(tags.count(landmark) == 1 for landmark in ("header", "main", "footer", "nav", "h1"))
    assert next(attributes for tag, attributes in elements if tag == "a") == {"class": "skip", "href": "#main"}
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_the_policy_allows_the_script_and_the_style_of_the_page_and_nothing_else() -> None:
    parsed = Elements(page())
    meta = next(a for tag, a in parsed.found if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    policy = dict(rule.split(" ", 1) for rule in str(meta["content"]).split("; "))
    (style,) = re.findall(r"<style>(.*?)</style>", page(), re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", page(), re.DOTALL)

    def allowed(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert policy == {
        "default-src": "'none'",
        "script-src": allowed(script),
        "style-src": allowed(style),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert "unsafe" not in str(meta["content"])
    # One script that runs; all others are data.
    kinds = [attributes.get("type") for tag, attributes in parsed.found if tag == "script"]
    assert kinds.count(None) == 1
    assert set(kinds) == {None, "application/json"}


@pytest.mark.parametrize("text", [page, nasty_page])
def test_nothing_is_fetched_and_no_attribute_runs_or_styles_anything(text: object) -> None:
    parsed = Elements(text())  # type: ignore[operator]
    for tag, attributes in parsed.found:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "form", "audio", "video", "source"}
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name not in {"src", "srcset", "style", "xlink:href", "action"}, (tag, name)
            if name == "href":
                assert str(value).startswith(("#", "data:text/csv", "https://")), value
                assert str(value).startswith(("#", "data:")) or attributes["rel"] == "noreferrer noopener"
    (style,) = re.findall(r"<style>(.*?)</style>", text(), re.DOTALL)  # type: ignore[operator]
    assert "url(" not in style
    assert "@import" not in style


def test_what_looks_like_a_script_in_a_scenario_is_text() -> None:
    text = nasty_page()
    assert text.count("<script>") == page().count("<script>") == 1
    assert "<img" not in text.split("<script>")[0]
    assert "javascript:alert" not in text  # such an address is no link
    assert "&lt;/script&gt;&lt;script&gt;window.hacked" in text
    tags = {tag for tag, _ in Elements(text).found}
    assert tags <= {tag for tag, _ in Elements(page()).found}


def test_every_picture_has_its_table_its_csv_and_its_specification() -> None:
    told = report()
    elements = Elements(page())
    links = {str(a["download"]): str(a["href"]) for tag, a in elements.found if tag == "a" and "download" in a}
    assert set(links) == {f"{picture.name}.csv" for picture in told.pictures}
    for picture in told.pictures:
        assert unquote(links[f"{picture.name}.csv"].partition(",")[2]) == picture.csv()
        for width, spec in (("wide", picture.spec), ("narrow", picture.narrow)):
            found = re.search(rf'id="{picture.name}-{width}-spec">(.*?)</script>', page(), re.DOTALL)
            assert found is not None
            assert json.loads(found[1]) == spec
    assert page().split("<script>")[0].count("<table>") == len(told.pictures) + 1  # and one of robust deals


def test_what_is_left_out_is_said() -> None:
    told = source(talks=None, utility_space=None)
    text = page_html(report(told))
    assert '<h2 id="left-out-heading">Left out</h2>' in text
    assert "No picture of agreement by date: the scenario has no calendar of talks." in text
    assert "only one party has a stake" in text
    assert "left-out" not in page()


def test_the_page_of_a_study_states_how_its_result_runs() -> None:
    told = study(policies=True)
    text = page_html(report_of_study(told, *draw_study(told), scenario_hash="f" * 64))
    title = "P(zone) goes from 30 % to 70 %, 50 % in the middle: it is above one half in 2 of 3 cells"
    assert f"<h1>{title}</h1>" in text
    assert "<dt>Digest</dt><dd><code>" + "0" * 64 in text
    assert "1 cell failed and stand in no picture." not in text
    assert "1 cell failed" in text


def test_an_unfinished_study_says_so_on_its_page() -> None:
    told = study()
    cells = {**told.document["cells"], "left": 5}
    unfinished = replace(told, document={**told.document, "cells": cells})
    text = page_html(report_of_study(unfinished, *draw_study(unfinished), scenario_hash=""))
    assert "The study is not finished: 5 cells are still to be done" in text
