"""Scenarios as text: whatever is written is read back the same, by this reader and by others."""

from fractions import Fraction

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from negsim.scenario.conditions.tree import Condition, OptionIn
from negsim.scenario.marks import Plain
from negsim.scenario.quantities import Beta, Constant, Normal, Pert, Same, Triangular, Uniform
from negsim.scenario.reader import read_document
from negsim.scenario.types import (
    Adjustment,
    Agreement,
    Demand,
    Issue,
    IssueKind,
    OptionValue,
    Party,
    Priority,
    Provenance,
    RedLine,
    Role,
    Rule,
    SameAs,
    Scenario,
    Source,
    Tie,
)
from negsim.scenario.writer import to_plain, write
from negsim.scenario.yaml_text import to_yaml

NASTY = [
    "", " ", "no", "Yes", "~", "null", "Null", "true", "1", "-1", "1.5", "1e3", "017", "0x1f", "1:30", "1_000", ".inf", ".nan",
    "2026-02-17", "2026-02-17 10:30:00", "<<", "=", "-", "- a", "?", "? a", ":", "a: b", "a:", "a #b", "#", "&a", "*a", "!a",
    "|", ">", "%a", "@a", "`a", "'", '"', "a'b", 'a"b', "\\", "\\n", "[a]", "{a}", "a, b", "a,b", "a ", " a", "a\n", "\na",
    "a\nb", "a\n\nb\n", "a\n\n", "a\n b", " a\nb", "a \nb", "a\n#b", "a\n---\nb", "a\n...\n", "---", "...", "a\tb", "\t", "a\n\tb",
    "é", "😀", "a\u2028b", "a\u00a0b", "\ufeff", "a\uffffb", "0..50", "a == b implies c >= 30", "x" * 200, "a " * 100, "-.5", "-a",
]  # fmt: skip

texts = st.sampled_from(NASTY) | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\n\t :#-"), max_size=12
)
numbers = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
plain = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=15,
)


@given(st.dictionaries(texts, plain, max_size=5))
@settings(max_examples=200)
def test_any_plain_tree_is_read_back_as_it_was_written(tree):
    assert repr(read_document(to_yaml(tree), "f").tree) == repr(tree)


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_survives_everywhere(text):
    tree = {text: text, "a": {"b": {"c": {"d": [text, {text: text}], "e": {"f": {text: [text]}}}}}, "z": [[text]]}

    assert read_document(to_yaml(tree), "f").tree == tree
    assert read_document(to_yaml(tree), "f", pure=True).tree == tree


@given(st.dictionaries(texts, st.booleans() | numbers | texts, max_size=5))
@settings(max_examples=100)
def test_a_reader_of_yaml_1_1_takes_the_values_for_the_same(tree):
    read = yaml.safe_load(to_yaml(tree))

    assert [(type(v), v) for v in read.values()] == [(type(v), v) for v in tree.values()]


def test_a_key_longer_than_yaml_allows_on_one_line_is_written():
    tree: dict[str, Plain] = {"k" * 1100: {"b" * 1500: 1}}

    assert read_document(to_yaml(tree), "f").tree == tree


def condition(text: str) -> Condition:
    return Condition(text, OptionIn("area", (0,)), ("area",))


FULL = Scenario(
    id="truce",
    title="No: a truce",
    about="Two lines\nof text.\n",
    issues=(
        Issue("area", "Area", IssueKind.ORDERED, ("none", "grid", "all"), ("None", "The grid", "All")),
        Issue(
            "days",
            "Days",
            IssueKind.NUMERIC,
            ("0", "2.5", "5"),
            ("0 days", "2.5 days", "5 days"),
            (Fraction(0), Fraction(5, 2), Fraction(5)),
            "days",
            condition("area != none"),
            about="How long.",
        ),
    ),
    parties=(
        Party(
            "north",
            "North",
            Role.SIGNATORY,
            demands=(
                Demand("area", "one_of", ("grid", "all"), (1, 2)),
                Demand("days", "between", ("2.5", "5"), (1, 2)),
            ),
            priorities=(Priority("area", Uniform(35.0, 45.0)), Priority("days", Normal(30.0, 5.0))),
            values=(
                OptionValue("days", "irrelevant", Constant(0.0)),
                OptionValue("days", "2.5", Pert(1.0, 2.0, 3.0)),
                OptionValue("area", "grid", Triangular(0.5, 1.0, 2.0)),
            ),
            red_lines=(
                RedLine("hard_one", condition("area != all"), None, Constant(0.0)),
                RedLine("soft_one", condition("days >= 2.5"), Beta(2.0, 3.0), Constant(5.0), "Soft", "It hurts."),
            ),
            adjustments=(Adjustment("calm", condition("area == all"), Constant(-2.5), "Quiet."),),
            no_deal=SameAs((("area", "none"),), (("days", Uniform(1e-07, 2.0)),)),
            about="In the north.",
        ),
        Party(
            "south",
            "South",
            Role.SIGNATORY,
            demands=(Demand("area", "any", (), (0, 1, 2)), Demand("days", "at_least", ("5",), (2,))),
            no_deal=Beta(2.0, 3.0, 10.0, 20.0),
        ),
        Party("west", "West", Role.MEDIATOR, condition("area == all"), no_deal=Same(("parties", "south", "no_deal"))),
    ),
    rules=(Rule("sense", condition("days > 0"), "Else it is none."),),
    agreement=Agreement(2, ("north",)),
    ties=(Tie("linked", (("parties", "north", "priorities", "area"), ("parties", "south", "no_deal")), -0.5),),
    sources=(Source("paper", "A paper", "A publisher", "2026-02-17", "inferred", "https://example.org/a", "Long."),),
    provenance=(Provenance(("parties", "north"), "paper", "statement", "A speaker", "The number.", "See page 3."),),
)

# The fields of the format, one by one, as its description gives them.
FULL_PLAIN = {
    "negsim": 1,
    "id": "truce",
    "title": "No: a truce",
    "about": "Two lines\nof text.\n",
    "sources": {
        "paper": {
            "title": "A paper",
            "publisher": "A publisher",
            "date": "2026-02-17",
            "date_is": "inferred",
            "url": "https://example.org/a",
            "about": "Long.",
        }
    },
    "issues": {
        "area": {"title": "Area", "kind": "ordered", "options": {"none": "None", "grid": "The grid", "all": "All"}},
        "days": {
            "title": "Days",
            "kind": "numeric",
            "scale": "0..5",
            "step": 2.5,
            "unit": "days",
            "when": "area != none",
            "about": "How long.",
        },
    },
    "parties": {
        "north": {
            "title": "North",
            "demands": {"area": {"one_of": ["grid", "all"]}, "days": {"between": "2.5..5"}},
            "priorities": {"area": "35..45", "days": {"normal": {"mean": 30, "sd": 5}}},
            "values": {
                "days": {"irrelevant": 0, "2.5": {"pert": {"low": 1, "mode": 2, "high": 3}}},
                "area": {"grid": {"triangular": {"low": 0.5, "mode": 1, "high": 2}}},
            },
            "red_lines": {
                "hard_one": {"require": "area != all", "firmness": "hard"},
                "soft_one": {
                    "title": "Soft",
                    "require": "days >= 2.5",
                    "firmness": {"beta": {"a": 2, "b": 3}},
                    "audience_cost": 5,
                    "because": "It hurts.",
                },
            },
            "adjustments": {"calm": {"when": "area == all", "amount": -2.5, "because": "Quiet."}},
            "no_deal": {"same_as": {"area": "none", "days": {"uniform": {"low": 1e-07, "high": 2}}}},
            "about": "In the north.",
        },
        "south": {
            "title": "South",
            "demands": {"area": "any", "days": {"at_least": 5}},
            "no_deal": {"beta": {"a": 2, "b": 3, "low": 10, "high": 20}},
        },
        "west": {
            "title": "West",
            "role": "mediator",
            "consents_to": "area == all",
            "no_deal": {"same": "parties.south.no_deal"},
        },
    },
    "rules": {"sense": {"require": "days > 0", "because": "Else it is none."}},
    "agreement": {"quorum": 2, "vetoes": ["north"]},
    "ties": {
        "linked": {"between": ["parties.north.priorities.area", "parties.south.no_deal"], "rank_correlation": -0.5}
    },
    "provenance": {
        "parties.north": {
            "source": "paper",
            "words": "statement",
            "by": "A speaker",
            "assumed": "The number.",
            "note": "See page 3.",
        }
    },
}


def test_every_field_is_written():
    assert to_plain(FULL) == FULL_PLAIN


def test_the_text_of_a_scenario_holds_its_plain_data_in_order():
    assert repr(read_document(write(FULL), "f").tree) == repr(FULL_PLAIN)


def test_a_scenario_is_laid_out_for_people():
    text = write(FULL)

    assert "    priorities: {area: 35..45, days: {normal: {mean: 30, sd: 5}}}\n" in text
    assert "about: |\n  Two lines\n  of text.\n" in text
    assert '    date: "2026-02-17"\n' in text
    assert "        require: days >= 2.5\n" in text
    assert max(map(len, text.splitlines())) <= 110


@pytest.mark.parametrize(
    ("demand", "written"),
    [
        (Demand("x", "option", ("no",), (0,)), "no"),
        (Demand("x", "option", ("30",), (0,)), 30),
        (Demand("x", "option", ("2.5",), (0,)), 2.5),
        (Demand("x", "option", ("inf",), (0,)), "inf"),
        (Demand("x", "at_most", ("-5",), (0,)), {"at_most": -5}),
        (Demand("x", "option", ("0.12345678901234567890",), (0,)), "0.12345678901234567890"),
    ],
)
def test_a_demand_names_an_option_as_text_and_a_level_as_a_number(demand, written):
    party = Party("p", "P", Role.SIGNATORY, demands=(demand,), no_deal=Constant(0.0))
    plain_party = to_plain(Scenario("s", "S", (), (party,)))["parties"]["p"]  # type: ignore[index, call-overload]

    assert plain_party["demands"] == {"x": written}  # type: ignore[index, call-overload]
    assert type(plain_party["demands"]["x"]) is type(written)  # type: ignore[index, call-overload]


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=100)
def test_a_constant_keeps_every_bit(value):
    party = Party("p", "P", Role.SIGNATORY, no_deal=Constant(value))
    read = read_document(write(Scenario("s", "S", (), (party,))), "f").tree

    assert repr(float(read["parties"]["p"]["no_deal"])) == repr(value)  # type: ignore[index, call-overload, arg-type]
