"""Overrides by path, and replacing one value in a file's text."""

from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsim.errors import Place, ScenarioError, UsageError
from negsim.scenario import loads
from negsim.scenario.base import merge_base
from negsim.scenario.codes import EXAMPLE_BASE
from negsim.scenario.edits import apply_override, splice, split_path
from negsim.scenario.marks import walk
from negsim.scenario.reader import read_document
from tests.fuzz.mutations import SEEDS

TEXT = """\
parties:
  ukraine:
    no_deal: {uniform: {low: 1, high: 2}}
    values: {years: {0: 0, 2.5: 10, 30: 100}}
    priorities: {years: 5}
agreement: {vetoes: [ukraine, russia]}
provenance:
  parties.ukraine: {assumed: Yes indeed.}
  parties.ukraine.values: {source: paper}
"""


def override(*assignments: str):
    document = read_document(TEXT, "f.yaml")
    for assignment in assignments:
        document = apply_override(document, assignment)
    assert set(document.marks) == {path for path, _ in walk((), document.tree)}
    return document


def value_at(document, path):
    value = document.tree
    for name in path:
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


@pytest.mark.parametrize(
    ("assignment", "path", "value"),
    [
        ("parties.ukraine.no_deal=5", ("parties", "ukraine", "no_deal"), 5),
        ("parties.ukraine.no_deal=30..50", ("parties", "ukraine", "no_deal"), "30..50"),
        (
            "parties.ukraine.no_deal={same_as: {price: 120}}",
            ("parties", "ukraine", "no_deal"),
            {"same_as": {"price": 120}},
        ),
        (" parties.ukraine.no_deal = 5 ", ("parties", "ukraine", "no_deal"), 5),
        ("parties.ukraine.no_deal.uniform.low=0", ("parties", "ukraine", "no_deal", "uniform", "low"), 0),
        ("parties.ukraine.values.years.2.5=20", ("parties", "ukraine", "values", "years", "2.5"), 20),
        ("parties.ukraine.values.years.7.5=20", ("parties", "ukraine", "values", "years", "7.5"), 20),
        ("parties.ukraine.about=a == b, and c", ("parties", "ukraine", "about"), "a == b, and c"),
        ("parties.russia={title: Russia}", ("parties", "russia"), {"title": "Russia"}),
        ("rules={}", ("rules",), {}),
        ("rules.new.require=years > 0", ("rules", "new", "require"), "years > 0"),
        ("issues.x.title=5", ("issues", "x", "title"), 5),
        ("parties.usa.no_deal.same_as.price=5", ("parties", "usa", "no_deal", "same_as", "price"), 5),
        ("parties.ukraine.values.price.30=5", ("parties", "ukraine", "values", "price", "30"), 5),
        ("agreement.vetoes.1=usa", ("agreement", "vetoes", "1"), "usa"),
        ("provenance.parties.ukraine.note=x", ("provenance", "parties.ukraine", "note"), "x"),
        ("provenance.parties.ukraine.values={assumed: x}", ("provenance", "parties.ukraine.values"), {"assumed": "x"}),
        ("provenance.rules={assumed: x}", ("provenance", "rules"), {"assumed": "x"}),
        ("provenance.ties.all={assumed: x}", ("provenance", "ties.all"), {"assumed": "x"}),
    ],
)
def test_an_override_sets_one_value_and_nothing_else(assignment, path, value):
    changed = override(assignment)
    before = read_document(TEXT, "f.yaml")

    assert value_at(changed, path) == value
    untouched = [p for p in before.marks if p[: len(path)] != path and p != path[: len(p)]]
    assert {p: value_at(changed, p) for p in untouched} == {p: value_at(before, p) for p in untouched}
    assert before.tree == read_document(TEXT, "f.yaml").tree


def test_null_removes_what_is_there():
    assert "values" not in value_at(override("parties.ukraine.values=null"), ("parties", "ukraine"))


def test_what_an_override_takes_away_is_missed_in_the_override():
    with pytest.raises(ScenarioError) as caught:
        loads(EXAMPLE_BASE, overrides=["parties=null"])

    found = [(problem.code, problem.place) for problem in caught.value.problems]
    assert found == [("NS202", Place("--set", 1, 9, 4, "parties=null"))]


def test_what_a_made_mapping_lacks_is_missed_in_the_override():
    with pytest.raises(ScenarioError) as caught:
        loads(EXAMPLE_BASE, overrides=["rules.new.because=So."])

    assert [problem.code for problem in caught.value.problems] == ["NS202"]
    assert str(caught.value).startswith("--set:1:")


def test_a_rule_can_be_added_by_its_parts():
    changed = loads(EXAMPLE_BASE, overrides=["rules.new.require=price > 0", "rules.new.because=So."])

    assert changed == loads(EXAMPLE_BASE + "rules: {new: {require: price > 0, because: So.}}")


def test_later_overrides_see_earlier_ones():
    document = override("parties.usa={title: x}", "parties.usa.title=USA", "parties.usa.no_deal=1")

    assert value_at(document, ("parties", "usa")) == {"title": "USA", "no_deal": 1}


def test_a_new_value_points_into_the_assignment():
    document = override("parties.ukraine.no_deal={same_as: {price: 120}}")
    mark = document.marks["parties", "ukraine", "no_deal", "same_as", "price"]

    assert (mark.value.file, mark.value.line) == ("--set", 1)
    assert mark.value.text[mark.value.column - 1 :] == "120}}"
    assert mark.source == "120"


@pytest.mark.parametrize(
    ("assignment", "words"),
    [
        ("parties.ukraine.no_deal", "PATH=VALUE"),
        ("=5", "PATH=VALUE"),
        ("a=", "PATH=VALUE"),
        ("a=  ", "PATH=VALUE"),
        ("a=[1", "cannot be read"),
        ("a=no", 'quote it: "no"'),
        ("a={b: 1, b: 2}", "first on line 1"),
        ("parties.ukrain.no_deal=5", "did you mean parties.ukraine"),
        ("partys.ukraine.no_deal=5", "did you mean parties?"),
        ("quorum.x.title=5", "known there: parties, agreement, provenance"),
        ("rules.new.because=null", "no 'rules' in the scenario"),
        ("parties.ukraine.values.yeers.30=5", "did you mean parties.ukraine.values.years"),
        ("  parties.ukraine.no_deal= 1e400", "--set:1:28: error[NS111]"),
        ("parties.ukraine.priorities.years.mean=5", "parties.ukraine.priorities.years is a single value"),
        ("parties.usa=null", "no 'usa' in parties"),
        ("agreement.vetoes.2=x", "no '2' in agreement.vetoes"),
        ("agreement.vetoes.-1=x", "no '-1' in agreement.vetoes"),
        ("agreement.vetoes.0=null", "set agreement.vetoes whole"),
        ("parties..x=1", "no '' in parties"),
    ],
)
def test_an_override_that_makes_no_sense_says_why(assignment, words):
    with pytest.raises(UsageError) as caught:
        override(assignment)

    assert words in str(caught.value)


@given(st.text(max_size=30), st.sampled_from(["", "parties.", "parties.ukraine.no_deal=", "agreement.vetoes."]))
@settings(max_examples=200)
def test_any_assignment_is_applied_or_refused(text, start):
    try:
        override(start + text)
    except UsageError as error:
        assert str(error)  # noqa: PT017


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a.b", ("a", "b")),
        ("values.years.30", ("values", "years", "30")),
        ("values.years.2.5", ("values", "years", "2.5")),
        ("values.years.-2.5", ("values", "years", "-2.5")),
        ("values.stage2.5", ("values", "stage2", "5")),
        ("a", ("a",)),
    ],
)
def test_a_path_is_split_at_dots_but_a_level_is_not(text, path):
    assert split_path(text) == path


@pytest.mark.parametrize("text", [*SEEDS[:1], SEEDS[2], "\ufeffé: 😀\r\nb:\r\n  - 'x'\r\n  - |\r\n    y\r\n# end\r\n"])
def test_splice_changes_exactly_the_span_of_one_value(text):
    document = read_document(text, "f")
    for path in document.marks:
        if not path:
            continue
        changed = splice(document, path, "[new, {value: 1}]")
        mark = document.marks[path]

        assert changed[: mark.start] == text[: mark.start]
        assert changed.endswith(text[mark.end :])
        again = read_document(changed, "f")
        assert value_at(again, path) == ["new", {"value": 1}]
        for other in document.marks:
            if other[: len(path)] != path and other != path[: len(other)]:
                assert value_at(again, other) == value_at(document, other)


def test_splice_refuses_a_value_of_another_file():
    base = read_document("a: 1", "base.yaml")
    document = merge_base(read_document("base: base.yaml\nb: 2", "f.yaml"), lambda _: base)

    with pytest.raises(UsageError, match=r"a stands in base\.yaml"):
        splice(document, ("a",), "2")
    with pytest.raises(UsageError, match=r"f\.yaml has no c"):
        splice(document, ("c",), "2")


def test_provenance_of_what_a_change_takes_away_goes_with_it():
    text = """
    parties:
      ann: {no_deal: {war: {costs: {dead: 1..2}}}, values: {price: {2.5: 100}}}
      bob: {no_deal: 20}
    provenance:
      parties.ann.no_deal: {assumed: a}
      parties.ann.no_deal.war.costs: {assumed: b}
      parties.ann.values.price.2.5: {assumed: c}
      parties.bob.no_deal: {assumed: d}
    """

    def left(assignment: str) -> set[str]:
        document = apply_override(read_document(text, "war.yaml"), assignment)
        assert set(document.marks) == {path for path, _ in walk((), document.tree)}
        return set(cast("dict[str, object]", document.tree["provenance"]))

    every = set(cast("dict[str, object]", read_document(text, "war.yaml").tree["provenance"]))
    costs = "parties.ann.no_deal.war.costs"
    assert left("parties.ann.no_deal=30") == every - {costs}
    assert left("parties.ann.no_deal={war: {costs: {dead: 3}}}") == every
    assert left("parties.ann.no_deal.war.costs=null") == every - {costs}
    assert left("parties.ann.values.price={2.5: 50}") == every
    assert left("parties.ann.values.price={5: 50}") == every - {"parties.ann.values.price.2.5"}
    assert left("parties.ann=null") == {"parties.bob.no_deal"}
