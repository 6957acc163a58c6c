"""Files as trees with places: what is read, what is refused, and where the finger points."""

import pytest
import yaml

from negsim.errors import Place, ScenarioError
from negsim.scenario.reader import read_document

both_parsers = pytest.mark.parametrize(
    "pure", [pytest.param(False, marks=pytest.mark.skipif(not yaml.__with_libyaml__, reason="no libyaml")), True]
)


def problems_of(data: bytes | str, *, pure: bool = False):
    with pytest.raises(ScenarioError) as caught:
        read_document(data, "f.yaml", pure=pure)
    return caught.value.problems


def places_of(data: bytes | str, *, pure: bool = False) -> list[tuple[int, int, str]]:
    return [(p.place.line, p.place.column, p.code) for p in problems_of(data, pure=pure) if p.place]


REFUSED: dict[str, tuple[bytes | str, list[tuple[int, int, str]]]] = {
    "a byte that is not UTF-8": (b"a: b\nb\xc3\xa9: \xff", [(2, 5, "NS101")]),
    "UTF-16": ("a: 1".encode("utf-16"), [(1, 1, "NS101")]),
    "a sequence of bytes cut off": (b"a: \xf0\x9f\x98", [(1, 4, "NS101")]),
    "an encoded surrogate": (b"a: \xed\xa0\x80", [(1, 4, "NS101")]),
    "too many bytes": ("a: " + "x" * (1 << 20), [(1, 1, "NS102")]),
    "a list not closed": ("a: [1", [(1, 4, "NS103")]),
    "a list that ends in a comma and nothing": ("a: [1,\n", [(1, 6, "NS103")]),
    "a mapping closed by the wrong bracket": ("a: {b: 1]", [(1, 9, "NS103")]),
    "a quote not closed": ('a: 1\nb: "x\nc: 1', [(2, 4, "NS103")]),
    "two colons": ("a: b: c", [(1, 5, "NS103")]),
    "an item after a key": ("a: - b", [(1, 4, "NS103")]),
    "less indentation than the first line": ("  a: 1\nb: 2", [(2, 1, "NS103")]),
    "indentation between two levels": ("a:\n    b: 1\n  c: 2", [(3, 3, "NS103")]),
    "a line without a colon": ("a: 1\nbc\nd: 2", [(2, 1, "NS103")]),
    "a comment that touches a |": ("a: |# b\n  c", [(1, 5, "NS103")]),
    "text that starts with @": ("a: @b", [(1, 4, "NS103")]),
    "text that starts with %": ("a: %b", [(1, 4, "NS103")]),
    "an escape that is none": ('a: "b\\q"', [(1, 6, "NS103")]),
    "a version of YAML": ("%YAML 1.1\n---\na: 1", [(1, 1, "NS103")]),
    "no blank after a colon": ("{a:[1]}", [(1, 3, "NS103")]),
    "a question mark between brackets": ("{a: who?}", [(1, 8, "NS103")]),
    "a key twice": ("a: 1\nb: 1\na: 2", [(3, 1, "NS104")]),
    "a key twice, quoted": ("{a: 1, 'a': 2}", [(1, 8, "NS104")]),
    "an anchor": ("a: &x 1", [(1, 4, "NS105")]),
    "an anchor on a mapping": ("a: &x\n  b: 1", [(1, 4, "NS105")]),
    "an anchor on a key": ("&x a: 1", [(1, 1, "NS105")]),
    "an alias": ("a: &x 1\nb: *x", [(1, 4, "NS105"), (2, 4, "NS105")]),
    "an asterisk": ("a: *bold*", [(1, 9, "NS105")]),
    "a tag": ("a: !!str 1", [(1, 4, "NS106")]),
    "a tag of its own": ("a: !mine {b: 1}", [(1, 4, "NS106")]),
    "a tag behind an anchor": ("a: &x !!str 1", [(1, 4, "NS105"), (1, 7, "NS106")]),
    "a tag without text": ("a: !!str", [(1, 4, "NS106")]),
    "an unknown tag": ("a: !x!y 1", [(1, 4, "NS106")]),
    "a merge key": ("a: 1\n<<: {b: 2}", [(2, 1, "NS107")]),
    "the 17th level": ("a: " + "[" * 16 + "]" * 16, [(1, 19, "NS110")]),
    "a second document": ("a: 1\n---\nb: 2", [(2, 1, "NS112")]),
    "an empty file": ("", [(1, 1, "NS113")]),
    "comments alone": ("# nothing\n", [(2, 1, "NS113")]),
    "a list": ("- a", [(1, 1, "NS113")]),
    "a word": ("a", [(1, 1, "NS113")]),
    "a list as key": ("a: 1\n[b]: 2", [(2, 1, "NS114")]),
    "a mapping as key": ("? {b: 1}\n: 2", [(1, 3, "NS114")]),
    "true as key": ("true: 1", [(1, 1, "NS114")]),
    "null as key": ("null: 1", [(1, 1, "NS114")]),
    "no key": (": 2", [(1, 1, "NS114")]),
    "no key between brackets": ("{a: 1, : 2}", [(1, 8, "NS114")]),
    "nothing after a key": ("a: 1\nbc:\nd: 2", [(2, 1, "NS115")]),
    "nothing after a key between brackets": ("{a: , b: 1}", [(1, 2, "NS115")]),
    "a word alone between braces": ("{a, b: 1}", [(1, 2, "NS115")]),
    "nothing after a dash": ("a:\n  - b\n  -\n  - c", [(3, 3, "NS115")]),
    "a tab as indentation": ("a:\n\tb: 1", [(2, 1, "NS116")]),
    "a tab before a comment": ("a: 1\t# one", [(1, 5, "NS116")]),
    "a control character": ("a: x\x1b[2J", [(1, 5, "NS116")]),
    "a zero byte": (b"a: x\0y", [(1, 5, "NS116")]),
    "a line break of YAML 1.1": ("a: x\u2028y", [(1, 5, "NS116")]),
    "a byte order mark within": ("a: x\ufeff", [(1, 5, "NS116")]),
    "half of a surrogate pair": ("a: x\ud83d", [(1, 5, "NS116")]),
    "an escaped surrogate": ('a: "x\\ud83d\\ude00"', [(1, 6, "NS116")]),
    "an escape beyond Unicode": ('a: "x\\U00110000"', [(1, 6, "NS116")]),
    "an escaped control character": ('a: "x\\\\\\e[2J"', [(1, 8, "NS116")]),
}


@both_parsers
@pytest.mark.parametrize("case", REFUSED)
def test_what_the_format_leaves_out_is_refused_at_its_place(case, pure):
    data, expected = REFUSED[case]

    assert places_of(data, pure=pure) == expected


# YAML 1.1 of https://yaml.org/type/bool.html and null.html, and what Python's own words look like.
WORDS_OF_YAML_1_1 = [
    "y",
    "Y",
    "yes",
    "Yes",
    "YES",
    "n",
    "N",
    "no",
    "No",
    "NO",
    "True",
    "TRUE",
    "False",
    "FALSE",
    "on",
    "On",
    "ON",
    "off",
    "Off",
    "OFF",
    "~",
    "Null",
    "NULL",
]
NUMBERS_OF_YAML_1_1 = [
    "017",
    "0o17",
    "0x1f",
    "0b101",
    "1_000",
    "1:30",
    "-1:30",
    "12:30:45.5",
    "00",
    "-01",
    "+012",
    "08",
    "1_0.5",
    "00.5",
    "0x_f",
    ".5_0",
]
NOT_FINITE = [
    ".nan",
    ".NaN",
    ".NAN",
    ".inf",
    ".Inf",
    "-.inf",
    "+.INF",
    "NaN",
    "Infinity",
    "-Infinity",
    "inf",
    "1e400",
    "-1e999",
    "1e-400",
]
NOT_FINITE += ["9" * 310, "0." + "1" * 400, "1" * 10_000, "1e999999999", "1e-999999999"]


@pytest.mark.parametrize(
    ("text", "code"),
    [(text, "NS108") for text in WORDS_OF_YAML_1_1]
    + [(text, "NS109") for text in NUMBERS_OF_YAML_1_1]
    + [(text, "NS111") for text in NOT_FINITE],
)
def test_what_readers_of_yaml_disagree_on_is_refused_as_value_item_and_key(text, code):
    assert places_of(f"a: {text}") == [(1, 4, code)]
    assert places_of(f"a:\n  - [{text}]") == [(2, 6, code)]
    if len(text) < 1024:  # the longest key that YAML allows
        assert places_of(f"a:\n  {text}: 1") == [(2, 3, code)]


@pytest.mark.parametrize(
    "text", [*WORDS_OF_YAML_1_1, *NUMBERS_OF_YAML_1_1, ".nan", "null", "true", "1", "<<", "2026-02-17"]
)
def test_quoted_it_is_text_as_value_and_key(text):
    assert read_document(f"\"{text}\": '{text}'", "f").tree == {text: text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("0", 0),
        ("-12", -12),
        ("+1", 1),
        ("2.50", 2.5),
        (".5", 0.5),
        ("-.5", -0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("1E-7", 1e-7),
        ("0e0", 0.0),
        ("5e-324", 5e-324),
        ("35..45", "35..45"),
        ("2026-02-17", "2026-02-17"),
        ("2026-02-17 10:30", "2026-02-17 10:30"),
        ("1.2.3", "1.2.3"),
        ("1,000", "1,000"),
        ("30 years", "30 years"),
        ("50%", "50%"),
        (".", "."),
        ("-x", "-x"),
        ("nobody", "nobody"),
        ("a == b implies c >= 30", "a == b implies c >= 30"),
        ("http://example.org/#a", "http://example.org/#a"),
        ("=", "="),
    ],
)
def test_plain_scalars_are_read_as_yaml_1_2_reads_them(text, value):
    document = read_document(f"a: {text}", "f")

    assert document.tree == {"a": value}
    assert type(document.tree["a"]) is type(value)
    assert document.marks["a",].source == text


def test_numbers_as_keys_stay_as_written():
    assert read_document("{0: a, 2.50: b, -1: c}", "f").tree == {"0": "a", "2.50": "b", "-1": "c"}


def test_ten_duplicate_keys_and_three_yes_or_no_give_thirteen_problems_in_file_order():
    lines = [f"key{i}: {value}" for i, value in enumerate(["yes", *"12345678", "No"])]
    text = "\n".join([*lines, *(f"key{i}: 0" for i in range(9)), "key9: on"])

    found = places_of(text)

    assert len(found) == 13
    assert found == sorted(found)
    assert [code for _, _, code in found].count("NS104") == 10


def test_a_duplicate_key_names_the_line_of_the_first():
    assert "line 2" in problems_of("a: 1\nb: 1\nc:\n  b: 1\nb: 2")[0].message


def test_a_syntax_error_ends_the_reading_but_hides_nothing_before_it():
    assert places_of("a: yes\na: 1\nb: [1\nc: no") == [(1, 4, "NS108"), (2, 1, "NS104"), (4, 2, "NS103")]


def test_characters_are_checked_even_behind_a_syntax_error():
    assert places_of("a: b: c\nd: \x00") == [(1, 5, "NS103"), (2, 4, "NS116")]


def test_after_a_hundred_problems_reading_stops_and_says_so():
    found = problems_of("".join(f"k{i}: no\n" for i in range(1000)))

    assert len(found) == 101
    assert "stopped" in found[-1].message


def test_every_problem_shows_its_line_and_what_to_do():
    for data, _ in REFUSED.values():
        for problem in problems_of(data):
            assert problem.help, problem
            assert problem.place, problem


def test_a_problem_in_a_value_carries_its_path():
    assert problems_of("a:\n  - {b: no}")[0].path == ("a", "0", "b")


@both_parsers
def test_marks_point_at_values_and_keys_in_characters_not_bytes(pure):
    text = '\ufeffé😀: "ü😀"  # c\r\nb: [😀, {c: 12}]\rd:\n  - |\n    one\n    two\n\n  # c\n  - x\n    y\n'
    document = read_document(text, "f", pure=pure)

    def shown(*path: str) -> tuple[int, int, int, str]:
        mark = document.marks[path]
        return mark.value.line, mark.value.column, mark.value.length, document.text[mark.start : mark.end]

    assert document.text == text
    assert shown("é😀") == (1, 5, 4, '"ü😀"')
    assert shown("b") == (2, 4, 12, "[😀, {c: 12}]")
    assert shown("b", "0") == (2, 5, 1, "😀")
    assert shown("b", "1", "c") == (2, 12, 2, "12")
    assert shown("d", "0") == (4, 5, 1, "|\n    one\n    two")
    assert shown("d", "1") == (9, 5, 1, "x\n    y")
    assert document.marks["b", "1", "c"].key == Place("f", 2, 9, 1, "b: [😀, {c: 12}]")
    assert document.marks["b",].value.text == "b: [😀, {c: 12}]"
    assert [document.marks[path].plain for path in [("é😀",), ("b", "0"), ("d", "0"), ("d", "1")]] == [
        False,
        True,
        False,
        False,
    ]
    assert document.tree["d"] == ["one\ntwo\n", "x y"]


def test_a_block_ends_with_its_last_value_not_with_the_comment_below():
    document = read_document("a:\n  b: 1\n  c: [2]\n\n# about d\nd: 3\n", "f")
    mark = document.marks["a",]

    assert document.text[mark.start : mark.end] == "b: 1\n  c: [2]"


@both_parsers
@pytest.mark.parametrize(
    "opening", ["[", "{", "- ", "? ", "{a: ", "[\n", "[{a: ", '"', "!", "&", "#", ":", "%", "- - ", "|"]
)
def test_endless_repetition_is_refused_without_a_crash(opening, pure):
    assert places_of("a:\n  " + opening * (20_000 if pure else 300_000))


@both_parsers
def test_deep_indentation_is_refused_without_a_crash(pure):
    assert places_of("".join(" " * i + "a:\n" for i in range(1400)), pure=pure)[0][2] == "NS110"


def test_thirty_thousand_values_are_the_most():
    # The mapping, its key and the list are values, too.
    assert len(read_document("a: [" + "1," * 29_997 + "]", "f").marks) == 29_999
    assert places_of("a: [" + "1," * 29_998 + "]") == [(1, 5 + 2 * 29_997, "NS102")]


@both_parsers
def test_the_first_value_too_many_is_shown(pure, monkeypatch):
    monkeypatch.setattr("negsim.scenario.tree_builder.MAX_NODES", 50)  # the parser in Python is slow
    assert places_of("a: [" + "1," * 48 + "]", pure=pure) == [(1, 5 + 2 * 47, "NS102")]


def test_sixteen_levels_are_read():
    text = "{a: " + "[" * 15 + "]" * 15 + "}"

    assert str(read_document(text, "f").tree["a"]) == "[" * 15 + "]" * 15
