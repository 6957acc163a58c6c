"""What holds of every input to the reader: it is read or refused at a place, alike by both parsers, and JSON as JSON."""

import json
import string

from hypothesis import example, given, settings
from hypothesis import strategies as st

from negsim.errors import Problem, ScenarioError
from negsim.scenario.marks import Document, walk
from negsim.scenario.reader import read_document
from tests.fuzz.mutations import SEEDS, mutations


@given(st.one_of(st.binary(max_size=60), st.text(st.characters(codec=None), max_size=60)))
@settings(max_examples=200)
@example("\ud83d: \udc00")
@example(b"\xef\xbb\xbf")
def test_any_input_gives_a_document_or_located_problems(data):
    assert_read_or_refused(data)


@given(
    st.lists(st.sampled_from([*string.punctuation, "a", "1", " ", "\n", "\n  ", ": ", "- ", "no", "\\x"]), max_size=40)
)
@settings(max_examples=200)
def test_both_parsers_give_the_same_document_or_both_refuse(parts):
    assert_parsers_agree("".join(parts))


def test_mutated_files_give_a_document_or_located_problems():
    verdicts = {assert_read_or_refused(data) for data in mutations(seed=1, n_inputs=2000)}

    assert verdicts == {True, False}


def test_both_parsers_agree_on_mutated_files():
    for data in [*mutations(seed=2, n_inputs=300), *(text.encode() for text in SEEDS)]:
        assert_parsers_agree(data)


def read_or_refuse(data: bytes | str, *, pure: bool = False) -> Document | tuple[Problem, ...]:
    try:
        return read_document(data, "f", pure=pure)
    except ScenarioError as error:
        return error.problems


def assert_read_or_refused(data: bytes | str) -> bool:
    """Check what is promised for any input; tell whether it was read."""
    found = read_or_refuse(data)
    if isinstance(found, Document):
        assert set(found.marks) == {path for path, _ in walk((), found.tree)}
        return True
    assert found
    assert all(p.place and p.place.line > 0 and p.place.column > 0 for p in found)
    assert str(ScenarioError(found))
    return False


def assert_parsers_agree(data: bytes | str) -> None:
    by_c, by_python = read_or_refuse(data), read_or_refuse(data, pure=True)

    if isinstance(by_c, Document) or isinstance(by_python, Document):
        assert by_c == by_python


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff")
)
numbers = st.integers(-(10**300), 10**300) | st.floats(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(texts, json_values, max_size=4), st.sampled_from([None, 0, 2]))
@settings(max_examples=200)
def test_json_is_read_as_json(tree, indent):
    text = json.dumps(tree, ensure_ascii=False, indent=indent)

    read = read_document(text, "f.json").tree

    assert json.dumps(read) == json.dumps(json.loads(text))
