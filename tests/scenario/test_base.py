"""Starting from another file: what is kept, replaced and removed, and which file a value points to."""

import pytest

from negsim.errors import ScenarioError
from negsim.scenario.base import merge_base
from negsim.scenario.marks import Document, walk
from negsim.scenario.reader import read_document

BASE = """\
id: sale
title: A sale
issues:
  price: {options: [low, high]}
parties:
  buyer:
    title: Buyer
    demands: {price: {one_of: [low]}}
    priorities: {price: {normal: {mean: 1, sd: 2}}}
    values: {price: {low: 100, high: 1..9}}
    no_deal: {uniform: {low: 1, high: 2}}
    red_lines: {poor: {require: price == low, firmness: {uniform: {low: 0, high: 1}}}}
"""


def merge(files: dict[str, str], name: str = "top.yaml") -> Document:
    def read(file: str) -> Document:
        if file not in files:
            raise FileNotFoundError(2, "No such file or directory", file)
        return read_document(files[file], file)

    return merge_base(read(name), read)


def problems_of(files: dict[str, str]) -> list[tuple[str, str, int, int]]:
    with pytest.raises(ScenarioError) as caught:
        merge(files)
    return [(p.code, p.place.file, p.place.line, p.place.column) for p in caught.value.problems if p.place]


def test_a_file_without_base_stays_as_it_is():
    document = merge({"top.yaml": BASE})

    assert document == read_document(BASE, "top.yaml")


def test_a_file_says_only_what_differs():
    merged = merge({"base.yaml": BASE, "top.yaml": "base: base.yaml\ntitle: Another\nparties: {buyer: {about: Rich}}"})
    plain = read_document(BASE, "").tree
    plain["title"] = "Another"
    plain["parties"]["buyer"]["about"] = "Rich"  # type: ignore[index, call-overload]

    assert merged.tree == plain


def test_every_value_points_to_the_file_that_says_it():
    merged = merge({"base.yaml": BASE, "top.yaml": "base: base.yaml\nparties: {buyer: {no_deal: 5}}"})

    assert set(merged.marks) == {path for path, _ in walk((), merged.tree)}
    assert merged.file == "top.yaml"
    assert merged.marks["parties", "buyer", "no_deal"].value.file == "top.yaml"
    assert merged.marks["parties", "buyer", "title"].value.file == "base.yaml"
    assert merged.marks["parties", "buyer", "title"].value.line == 7
    assert merged.marks["parties",].value.file == "top.yaml"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("issues.price.options", "{low: Cheap}"),
        ("parties.buyer.demands.price", "{at_most: low}"),
        ("parties.buyer.priorities.price", "{uniform: {low: 1, high: 2}}"),
        ("parties.buyer.values.price.low", "{same: parties.buyer.no_deal}"),
        ("parties.buyer.no_deal", "{same_as: {price: low}}"),
        ("parties.buyer.red_lines.poor.firmness", "{normal: {mean: 1, sd: 1}}"),
        ("parties.buyer.sheet.interests", "[One, Two]"),
    ],
)
def test_a_quantity_is_replaced_whole(path, value):
    *parents, last = path.split(".")
    overlay = "base: base.yaml\n" + "".join(f"{'  ' * i}{name}:\n" for i, name in enumerate(parents))
    merged = merge({"base.yaml": BASE, "top.yaml": f"{overlay}{'  ' * len(parents)}{last}: {value}"})

    found = merged.tree
    for name in path.split("."):
        found = found[name]  # type: ignore[assignment]

    assert found == read_document(f"x: {value}", "").tree["x"]


def test_null_removes_a_key_with_all_below_it():
    merged = merge({"base.yaml": BASE, "top.yaml": "base: base.yaml\nparties: {buyer: {red_lines: null}}"})

    assert "red_lines" not in merged.tree["parties"]["buyer"]  # type: ignore[index, operator, call-overload]
    assert not [path for path in merged.marks if "red_lines" in path]


def test_a_chain_of_bases_is_followed_relative_to_each_file():
    files = {
        "a/top.yaml": "base: b/middle.yaml\np: 1",
        "a/b/middle.yaml": "base: ../bottom.yaml\nq: 2\nw: null",
        "a/bottom.yaml": "w: 0\np: 3\nq: 3\nz: 3",
    }

    merged = merge(files, "a/top.yaml")

    assert merged.tree == {"p": 1, "q": 2, "z": 3}
    assert merged.marks["z",].value.file == "a/bottom.yaml"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"top.yaml": "base: top.yaml"}, [("NS221", "top.yaml", 1, 7)]),
        ({"top.yaml": "base: ./x/../top.yaml"}, [("NS221", "top.yaml", 1, 7)]),
        ({"top.yaml": "a: 1\nbase: b.yaml", "b.yaml": "base: top.yaml"}, [("NS221", "b.yaml", 1, 7)]),
        (
            {f"{i}.yaml": f"base: {i + 1}.yaml" for i in range(40)} | {"top.yaml": "base: 0.yaml"},
            [("NS221", "14.yaml", 1, 7)],
        ),
        ({"top.yaml": "base: gone.yaml"}, [("NS220", "top.yaml", 1, 7)]),
        ({"top.yaml": "base: /etc/passwd"}, [("NS220", "top.yaml", 1, 7)]),
        ({"top.yaml": "base: 5"}, [("NS220", "top.yaml", 1, 7)]),
        ({"top.yaml": 'base: ""'}, [("NS220", "top.yaml", 1, 7)]),
        ({"top.yaml": "base: {a: b}"}, [("NS220", "top.yaml", 1, 7)]),
        ({"top.yaml": "base: null"}, [("NS220", "top.yaml", 1, 7)]),
        (
            {"top.yaml": "base: b.yaml", "b.yaml": "a: no\nb: yes"},
            [("NS220", "top.yaml", 1, 7), ("NS108", "b.yaml", 1, 4), ("NS108", "b.yaml", 2, 4)],
        ),
    ],
)
def test_a_base_that_cannot_be_used_is_refused_where_it_is_named(files, expected):
    assert problems_of(files) == expected


def test_the_reason_why_a_base_cannot_be_read_is_told():
    with pytest.raises(ScenarioError, match="No such file"):
        merge({"top.yaml": "base: gone.yaml"})
