"""Reading plain data into shapes: what fits, what does not and where, and what editors are told of it."""

from contextlib import nullcontext
from datetime import date
from typing import Annotated, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.scenario.quantity_syntax import SyntaxFlaw
from negsim.scenario.schema_base import DayShape
from negsim.scenario.shaping import Flawed, Kind, ReadBy, Shape, Text, entries_of, entry, flawed, read_as


def read_even(value: object) -> int:
    """Accept even numbers; of a list, say which items are odd."""
    if isinstance(value, list):
        raise flawed(*(SyntaxFlaw("NS203", "is odd", at=(str(k),)) for k, one in enumerate(value) if one % 2))
    if isinstance(value, int) and not isinstance(value, bool) and value % 2 == 0:
        return value
    raise flawed(SyntaxFlaw("NS203", "must be even", "add 1"))


Short = Annotated[str, Text(most=5)]


class Inner(Shape):
    """Below another."""

    name: Annotated[str, Text(least=1, most=5)] = entry(description="A name.")
    even: Annotated[int | None, ReadBy(read_even, {"type": "integer", "multipleOf": 2})] = entry(
        None, description="An even number."
    )


class Base(Shape):
    """A beginning."""

    id: str = entry(description="Who.")
    sure: bool = entry(False, description="Whether.")


class Outer(Base):
    """All kinds of values."""

    start: str = entry("", description="From where.", key="from")
    below: Inner | None = entry(None, description="One below.")
    named: dict[str, Inner] = entry(dict, description="Some below.", schema={"maxProperties": 2})
    listed: list[str] = entry(list, description="Words.")
    maybe: Short | None = entry(None, description="A short word.")
    tables: dict[str, dict[str, bool]] = entry(dict, description="Tables.")
    whatever: dict[str, Any] = entry(dict, description="Anything.")


def flaws_of(value: object, shape: type[Shape] = Outer) -> list[tuple[str, Kind, str]]:
    """Read what does not fit; give path, kind and words of each flaw."""
    with pytest.raises(Flawed) as caught:
        read_as(shape, value)
    return [(".".join(flaw.path), flaw.kind, flaw.flaw.message) for flaw in caught.value.flaws]


def test_what_fits_is_read_as_it_is_and_the_rest_has_its_defaults() -> None:
    found = read_as(
        Outer,
        {
            "id": "x",
            "from": "here",
            "below": {"name": "b", "even": 4},
            "named": {"n": {"name": "é"}},
            "sure": False,
            "listed": ["one", "two", "three", "four"],
            "maybe": "fiver",
            "tables": {"t": {"u": True}},
            "whatever": {"a": [1, {"b": None}]},
        },
    )
    assert (found.id, found.sure, found.start, found.listed) == ("x", False, "here", ["one", "two", "three", "four"])
    assert found.maybe == "fiver"
    assert found.below is not None
    assert (found.below.name, found.below.even, sorted(found.below.written)) == ("b", 4, ["even", "name"])
    inner = found.named["n"]
    assert (inner.name, inner.even, sorted(inner.written)) == ("é", None, ["name"])
    assert (found.tables, found.whatever) == ({"t": {"u": True}}, {"a": [1, {"b": None}]})
    assert found.written == {"id", "sure", "start", "maybe", "below", "named", "listed", "tables", "whatever"}


def test_a_class_as_default_is_made_anew_each_time() -> None:
    one, other = read_as(Outer, {"id": "x"}), read_as(Outer, {"id": "x"})
    assert one.listed == other.listed == []
    assert one.listed is not other.listed
    assert one.named is not other.named


def test_keys_stand_in_order_those_of_bases_first() -> None:
    names = ["id", "sure", "from", "below", "named", "listed", "maybe", "tables", "whatever"]
    assert list(entries_of(Outer)) == names
    assert [key for key, one in entries_of(Outer).items() if one.is_required] == ["id"]


@pytest.mark.parametrize(
    ("value", "flaws"),
    [
        ([], [("", Kind.TYPE, "must be a mapping, not a list")]),
        ({}, [("id", Kind.MISSING, "is missing")]),
        ({"id": 1}, [("id", Kind.TYPE, "must be text, not 1")]),
        ({"id": "x", "sure": 1}, [("sure", Kind.TYPE, "must be true or false, not 1")]),
        ({"id": "x", "sure": "yes"}, [("sure", Kind.TYPE, "must be true or false, not 'yes'")]),
        ({"id": "x", "start": "here"}, [("start", Kind.UNKNOWN, "is not known")]),
        ({"id": "x", "below": 3}, [("below", Kind.TYPE, "must be a mapping, not 3")]),
        ({"id": "x", "below": {"even": 3}}, [("below.name", Kind.MISSING, ""), ("below.even", Kind.VALUE, "")]),
        ({"id": "x", "below": {"name": ""}}, [("below.name", Kind.TYPE, "must have some text")]),
        ({"id": "x", "below": {"name": "abcdef"}}, [("below.name", Kind.TYPE, "must have at most 5 characters; it has 6")]),
        ({"id": "x", "named": []}, [("named", Kind.TYPE, "must be a mapping, not a list")]),
        ({"id": "x", "named": {"n": {"nom": "y"}}}, [("named.n.name", Kind.MISSING, ""), ("named.n.nom", Kind.UNKNOWN, "")]),
        ({"id": "x", "listed": {}}, [("listed", Kind.TYPE, "must be a list, not a mapping")]),
        ({"id": "x", "listed": ["a", 2, True]}, [("listed.1", Kind.TYPE, ""), ("listed.2", Kind.TYPE, "")]),
        ({"id": "x", "tables": {"t": {"u": 0}}}, [("tables.t.u", Kind.TYPE, "must be true or false, not 0")]),
        ({"id": "x", "below": {"name": "y", "even": [1, 2, 3]}}, [("below.even.0", Kind.VALUE, "is odd"), ("below.even.2", Kind.VALUE, "is odd")]),
        ({"id": "x", "maybe": "toolong"}, [("maybe", Kind.TYPE, "must have at most 5 characters; it has 7")]),
    ],
)  # fmt: skip
def test_every_flaw_is_found_at_once_with_its_place(value: object, flaws: list[tuple[str, Kind, str]]) -> None:
    found = flaws_of(value)
    assert [(path, kind) for path, kind, _ in found] == [(path, kind) for path, kind, _ in flaws]
    assert [message for _, _, message in found if message] == [
        expected or said for (_, _, expected), (_, _, said) in zip(flaws, found, strict=True)
    ]


def test_what_cannot_be_used_is_the_whole_value_where_a_part_of_it_is_to_blame() -> None:
    with pytest.raises(Flawed) as caught:
        read_as(Outer, {"id": "x", "named": {"n": {"name": "y", "even": [2, 1]}}})
    (flaw,) = caught.value.flaws
    assert flaw.unit == ("named", "n", "even")
    assert flaw.path == ("named", "n", "even", "1")


def test_numbers_that_should_be_text_are_told_to_be_put_in_quotes() -> None:
    helps = []
    for value in (1984, True, 19.5, ["a"]):
        with pytest.raises(Flawed) as caught:
            read_as(Base, {"id": value})
        helps += [flaw.flaw.help for flaw in caught.value.flaws]
    assert helps == ['put it in quotes: "1984"', 'put it in quotes: "true"', 'put it in quotes: "19.5"', ""]


class Dated(Shape):
    """A day."""

    day: DayShape = entry(description="When.")


def test_a_reader_gives_what_the_annotation_says() -> None:
    assert read_as(Dated, {"day": "2026-02-17"}).day == date(2026, 2, 17)
    assert flaws_of({"day": "2026-02-30"}, Dated) == [
        ("day", Kind.VALUE, "must be a day of the calendar, not 2026-02-30")
    ]


def schema_of(shape: type[Shape]) -> dict[str, Any]:
    """Write the JSON Schema of a shape by what its entries say."""
    entries = entries_of(shape)
    return {
        "type": "object",
        "properties": {key: one.schema() for key, one in entries.items()},
        "required": [key for key, one in entries.items() if one.is_required],
        "additionalProperties": False,
    }


def test_editors_are_told_of_an_entry_what_it_is_and_what_it_means() -> None:
    entries = entries_of(Outer)
    assert entries["sure"].schema() == {"type": "boolean", "description": "Whether."}
    assert entries["below"].schema() == {"x-definition": "Inner", "description": "One below."}
    assert entries["named"].schema() == {
        "type": "object",
        "additionalProperties": {"x-definition": "Inner"},
        "maxProperties": 2,
        "description": "Some below.",
    }
    assert entries["whatever"].schema() == {
        "type": "object",
        "additionalProperties": {},
        "description": "Anything.",
    }
    assert entries_of(Inner)["even"].schema() == {
        "type": "integer",
        "multipleOf": 2,
        "description": "An even number.",
    }
    assert entries["named"].reader.shapes() == (Inner,)
    assert entries["tables"].reader.shapes() == ()


class Flat(Base):
    """Whatever a schema without references can say."""

    name: Annotated[str, Text(least=1, most=3)] = entry("", description="Short.")
    listed: list[str] = entry(list, description="Words.")
    tables: dict[str, dict[str, bool]] = entry(dict, description="Tables.")


RIGHT: dict[str, st.SearchStrategy[Any]] = {
    "id": st.sampled_from(["", "abcd"]),
    "sure": st.booleans(),
    "name": st.sampled_from(["a", "abc"]),
    "listed": st.lists(st.sampled_from(["", "b"]), max_size=2),
    "tables": st.dictionaries(st.sampled_from(["t", "u"]), st.dictionaries(st.just("v"), st.booleans())),
}
WRONG = st.sampled_from(["", "abcd", 1, 0.5, True, [], ["a", 1], {}, {"t": {}}, {"t": {"v": 1}}, {"t": []}])


@given(
    st.fixed_dictionaries({"id": RIGHT["id"]}, optional={key: one for key, one in RIGHT.items() if key != "id"}),
    st.none() | st.tuples(st.sampled_from([*entries_of(Flat), "other"]), WRONG),
    st.booleans(),
)
def test_a_shape_takes_what_its_schema_takes(
    right: dict[str, object], spoiled: tuple[str, object] | None, whole: bool
) -> None:
    assert RIGHT.keys() == entries_of(Flat).keys()
    value = right if spoiled is None else {**right, spoiled[0]: spoiled[1]}
    value = value if whole else {key: item for key, item in value.items() if key != "id"}
    fits = jsonschema.Draft7Validator(schema_of(Flat)).is_valid(value)
    assert fits or spoiled is not None or not whole
    with nullcontext() if fits else pytest.raises(Flawed):
        read_as(Flat, value)


def test_a_shape_cannot_be_changed_nor_made_of_what_it_does_not_have() -> None:
    base = Base(id="x", sure=True)
    assert (base.id, base.sure, sorted(base.written)) == ("x", True, ["id", "sure"])
    with pytest.raises(AttributeError, match="Base cannot be changed: id"):
        base.id = "y"
    with pytest.raises(TypeError, match=r"Base: missing \['id'\], unknown \['name'\]"):
        Base(name="x")


def test_an_annotation_that_nothing_reads_is_told_when_it_is_looked_at() -> None:
    class Wrong(Shape):
        """With a kind of value that is not known."""

        number: complex = entry(description="A number.")

    with pytest.raises(TypeError, match="there is no reader of <class 'complex'>"):
        entries_of(Wrong)
