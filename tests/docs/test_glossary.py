"""The glossary: sorted, without two homes for one word, and complete where the model's own words are concerned."""

from __future__ import annotations

import re

from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "explanation" / "glossary.md").read_text(encoding="utf-8")
MODEL = (ROOT / "docs" / "explanation" / "model.md").read_text(encoding="utf-8")
TERMS = PAGE.partition("## Terms\n")[2].partition("\n## ")[0]
OTHER_WORDS = PAGE.partition("## Other words\n")[2].partition("\n## ")[0]
REFERENCES = PAGE.partition("## References\n")[2]

CITATION = re.compile(r"([A-Z][\w'’–-]*(?:,? (?:&|and|von|[A-Z][\w'’-]*))*) \((\d{4}(?:, \d{4})*)\)")


def entries() -> dict[str, dict[str, str]]:
    """Give the lines of each term by their labels; what it means stands under an empty label."""
    found = {}
    for text in TERMS.split("### ")[1:]:
        term, _, rest = text.partition("\n")
        lines = dict(re.findall(r"^- (Also|Here|Source): (.+)$", rest, re.MULTILINE))
        found[term.strip()] = {"": rest.partition("\n- ")[0].strip(), **lines}
    return found


def order(word: str) -> str:
    return re.sub(r"[^a-z0-9 ]", "", re.sub("[–-]", " ", word.lower()))


def synonyms() -> list[tuple[str, str]]:
    return [(word, term) for term, lines in entries().items() for word in lines.get("Also", "").split(", ") if word]


def rows() -> list[tuple[str, str]]:
    return re.findall(r"^\| (.+?) \| \[(.+?)\]\(#.+?\) \|$", OTHER_WORDS, re.MULTILINE)


def test_terms_are_sorted_and_none_stands_twice() -> None:
    terms = re.findall(r"^### (.+)$", TERMS, re.MULTILINE)
    assert len(terms) > 80
    assert terms == sorted(set(terms), key=order)


def test_every_term_has_one_to_three_sentences_and_says_what_it_is_here() -> None:
    for term, lines in entries().items():
        assert 1 <= len(re.findall(r"[.!?](?=\s|$)", lines[""])) <= 3, term
        assert lines["Here"], term


def test_a_synonym_has_one_home_and_is_no_term_itself() -> None:
    words = [order(word) for word, _ in synonyms()]
    assert len(words) == len(set(words))
    assert not set(words) & {order(term) for term in entries()}


def test_the_table_of_other_words_has_just_the_synonyms_sorted() -> None:
    assert sorted(rows()) == sorted(synonyms())
    assert [word for word, _ in rows()] == sorted((word for word, _ in rows()), key=order)


def test_every_word_of_the_model_is_explained() -> None:
    table = MODEL.partition("## Words\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| ([a-z][a-z, -]+) \|", table, re.MULTILINE)
    words = {word.strip() for cell in cells for word in cell.split(",")} - {"word"}
    emphasised = set(re.findall(r"\*([A-Za-z ]+)\*", table)) | {"BATNA", "ZOPA", "disagreement point"}
    known = {order(word) for word in [*entries(), *(word for word, _ in synonyms())]}
    assert len(words) > 8
    assert {word for word in words | emphasised if order(word) not in known} == set()


def test_every_source_is_among_the_references() -> None:
    cited = [(term, *found) for term, lines in entries().items() for found in CITATION.findall(lines.get("Source", ""))]
    assert len(cited) > 40
    assert {term for term, lines in entries().items() if "Source" in lines} == {term for term, *_ in cited}
    for term, names, years in cited:
        first = re.split(r",| & ", names)[0]
        for year in years.split(", "):
            assert re.search(rf"^- (?:von )?{re.escape(first)},.*\({year}\)", REFERENCES, re.MULTILINE), (
                term,
                first,
                year,
            )


def test_every_reference_is_cited() -> None:
    for first, year in re.findall(r"^- (.+?), .*?\((\d{4})\)", REFERENCES, re.MULTILINE):
        sources = [lines.get("Source", "") for lines in entries().values()]
        assert any(first in source and year in source for source in sources), (first, year)


def test_a_source_is_read_with_all_its_years() -> None:
    assert CITATION.findall("Raiffa (1982, 1985)") == [("Raiffa", "1982, 1985")]
    assert CITATION.findall("von Neumann & Morgenstern (1944)") == [("Neumann & Morgenstern", "1944")]
