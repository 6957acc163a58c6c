"""The catalogues say everything in every language, in every form of a number, with the same blanks to fill."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import negsim.report.sheets as package
from negsim.report.sheets.language import LANGUAGES, language_of
from negsim.teaching.folding import NOTES
from negsim.teaching.sheets import Text

ROOT = Path(package.__file__).parent
TRANSLATED = [code for code in LANGUAGES if code != "en"]
BLANK = re.compile(r"%\([a-z]+\)s|%[^(]")


def messages() -> set[str | tuple[str, ...]]:
    methods = [("**/*.py", "python"), ("templates/**.html", "jinja2")]
    keywords = {"say": (1,), "count": (1, 2)}
    found = {message for _, _, message, *_ in extract_from_dir(ROOT, methods, options_map={}, keywords=keywords)}
    return {*found, *NOTES.values()}


def catalogue(code: str) -> Catalog:
    with (ROOT / "locale" / f"{code}.po").open("rb") as stream:
        return read_po(stream, locale=code)


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_has_every_message_and_no_other(code: str) -> None:
    assert {message.id for message in catalogue(code) if message.id} == messages()


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated_in_all_its_forms_with_the_same_blanks(code: str) -> None:
    for message in catalogue(code):
        if not message.id:
            continue
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert len(forms) == (3 if isinstance(message.id, tuple) else 1), message.id
        assert not message.fuzzy
        for form in forms:
            assert form, message.id
            assert sorted(BLANK.findall(str(form))) == sorted(BLANK.findall(str(originals[-1]))), message.id


@pytest.mark.parametrize(
    ("code", "endings"),
    [
        ("en", {1: "1 point.", 2: "2 points.", 5: "5 points.", 21: "21 points."}),
        (
            "uk",
            {
                1: "1 бал.",
                2: "2 бали.",
                5: "5 балів.",
                11: "11 балів.",
                21: "21 бал.",
                22: "22 бали.",
                112: "112 балів.",
            },
        ),
        ("ru", {1: "1 балл.", 3: "3 балла.", 5: "5 баллов.", 12: "12 баллов.", 21: "21 балл.", 104: "104 балла."}),
    ],
)
def test_a_number_takes_the_form_that_its_language_asks_for(code: str, endings: dict[int, str]) -> None:
    one, many = "Only said: crossing it costs you %(n)s point.", "Only said: crossing it costs you %(n)s points."
    for number, ending in endings.items():
        assert language_of(code).count(one, many, number).endswith(ending)


@pytest.mark.parametrize(("code", "said"), [("en", "−1,234.57"), ("uk", "−1\u00a0234,57"), ("ru", "−1\u00a0234,57")])
def test_a_number_is_written_as_its_language_writes_it(code: str, said: str) -> None:
    assert language_of(code).number(-1234.5678) == said


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_minus_nothing(code: str) -> None:
    assert language_of(code).number(-0.001) == "0"
    assert language_of(code).signed(0.001) == "0"
    assert language_of(code).signed(2) == "+2"


def test_a_text_in_another_language_says_so_and_a_translated_one_does_not() -> None:
    text = Text(("parties", "ann", "title"), "Ann & Co")
    assert language_of("uk").text(text) == '<span lang="en">Ann &amp; Co</span>'
    assert language_of("uk", {"parties.ann.title": "Анна <3"}).text(text) == "Анна &lt;3"
    assert language_of("uk", written_in="uk").text(text) == "Ann &amp; Co"
    assert language_of("en").text(text) == "Ann &amp; Co"


def test_a_text_is_parted_into_paragraphs() -> None:
    assert language_of("en").paragraphs(Text(("about",), "One\nline.\n\nTwo.\n")) == ["One\nline.", "Two."]
    assert language_of("en").paragraphs(Text(("about",), " \n")) == []
    assert language_of("ru", {"about": "Да.\n\nНет."}).paragraphs(Text(("about",), "Yes.")) == ["Да.", "Нет."]
