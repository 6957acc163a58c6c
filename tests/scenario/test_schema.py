"""The shape of a file: known keys, kinds of values, and the JSON Schema that says the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from negsim.errors import ScenarioError
from negsim.scenario import load, loads
from negsim.scenario.codes import EXAMPLE_BASE
from negsim.scenario.json_schema import json_schema
from negsim.scenario.reader import read_document
from tests.scenario.marked import assert_marked, problems_of

SHAPES = [
    ("NS201", "«titel»: A boat"),
    ("NS201", "«sessions»: {sessions: 3}"),
    ("NS201", "parties: {seller: {«demand»: {price: 70}}}"),
    ("NS201", "parties: {seller: {no_deal: {same_as: {price: 70}, «or»: 5}}}"),
    ("NS201", "parties: {seller: {demands: {price: {«atleast»: 70}}}}"),
    ("NS201", "parties: {seller: {no_deal: {normal: {mean: 30, «ds»: 5}}}}"),
    ("NS201 NS201", "parties: {seller: {no_deal: {uniform: {«from»: 30, «to»: 50}}}}"),
    ("NS202", "parties: {«broker»: {role: mediator}}"),
    ("NS202 NS202", "rules: {«one»: {because: x}, «two»: {because: x}}"),
    ("NS202", "parties: {seller: {no_deal: {pert: «{low: 3, high: 5}»}}}"),
    ("NS202", "issues: {«colour»: {title: Colour}}"),
    ("NS202", "issues: {«weight»: {title: Weight, scale: 0..5}}"),
    ("NS202", "issues: {«weight»: {title: Weight, kind: ordered}}"),
    ("NS203", "title: «1984»"),
    ("NS203", "title: «true»"),
    ("NS203", "title: «[A boat]»"),
    ("NS203", "parties: «[seller, buyer]»"),
    ("NS203", "parties: {seller: «yours»}"),
    ("NS203", "parties: {seller: {demands: «70»}}"),
    ("NS203", "parties: {seller: {demands: {price: «[70, 80]»}}}"),
    ("NS203", "parties: {seller: {demands: {price: «true»}}}"),
    ("NS203", "parties: {seller: {demands: {price: «{at_least: 70, at_most: 80}»}}}"),
    ("NS203", "parties: {seller: {demands: {price: {at_least: «[70]»}}}}"),
    ("NS203", "parties: {seller: {demands: {price: {between: «[70, 80]»}}}}"),
    ("NS203", "parties: {seller: {demands: {price: {one_of: «70»}}}}"),
    ("NS203", "parties: {seller: {demands: {price: {one_of: «[]»}}}}"),
    ("NS203", "parties: {seller: {demands: {price: {one_of: [70, «true»]}}}}"),
    ("NS203", "parties: {seller: {no_deal: {normal: «5»}}}"),
    ("NS203", "parties: {seller: {no_deal: {normal: {mean: «x», sd: 5}}}}"),
    ("NS203", "parties: {seller: {no_deal: {same_as: «70»}}}"),
    ("NS201", "parties: {seller: {sheet: {«interest»: [Money]}}}"),
    ("NS203", "parties: {seller: {sheet: «Sell»}}"),
    ("NS203", "parties: {seller: {sheet: {interests: «Money»}}}"),
    ("NS203", "parties: {seller: {sheet: {may_say: [That it hurries, «7»]}}}"),
    ("NS201", "parties: {seller: {ratifiers: {wife: {title: The wife, «sheet»: {story: Hers.}}}}}"),
    ("NS203", "agreement: {quorum: «2.5»}"),
    ("NS203", "agreement: {quorum: «0»}"),
    ("NS203", "agreement: {quorum: 1, vetoes: [«3»]}"),
    ("NS203", "agreement: {quorum: 1, vetoes: «seller»}"),
    ("NS203", "rules: {fair: {require: «true»}}"),
    ("NS203", "issues: {price: {step: «ten»}}"),
    ("NS203", "issues: {payment: {options: «cash»}}"),
    ("NS203", "issues: {payment: {options: [cash, «3»]}}"),
    ("NS203", "issues: {payment: {options: {cash: «3»}}}"),
    ("NS203", "sources: {ad: {title: Ad, date: «2026-02-30»}}"),
    ("NS203", "sources: {ad: {title: Ad, date: «yesterday»}}"),
    ("NS204", "parties: {seller: {role: «owner»}}"),
    ("NS204", "issues: {payment: {kind: «sorted»}}"),
    ("NS204", "sources: {ad: {title: Ad, date_is: «guessed»}}"),
    ("NS207", 'title: «""»'),
    ("NS207", "issues: {payment: {options: «[]»}}"),
    ("NS222", "parties: {«broker»: null}"),
    ("NS222", "parties: {seller: {«about»: null}}"),
    ("NS222", "parties: {seller: {no_deal: {«same»: null}}}"),
    ("NS222", "parties: {seller: {demands: {price: {one_of: [70, «null»]}}}}"),
    ("NS222 NS204", "parties: {seller: {«about»: null, role: «owner»}}"),
    ("NS222 NS401", "parties: {seller: {«about»: null, demands: {«prise»: 70}}}"),
    ("NS210", "parties: {seller: {no_deal: «lots»}}"),
    ("NS210", "parties: {seller: {no_deal: «30 - 50»}}"),
    ("NS210", "parties: {seller: {no_deal: «30..»}}"),
    ("NS210", "parties: {seller: {no_deal: «true»}}"),
    ("NS210", "parties: {seller: {no_deal: «[30, 50]»}}"),
    ("NS210", "parties: {seller: {no_deal: «{}»}}"),
    ("NS210", "parties: {seller: {no_deal: «1e300»}}"),
    ("NS210", "parties: {seller: {no_deal: {«gaussian»: {mean: 3, sd: 1}}}}"),
    ("NS210", "parties: {seller: {no_deal: «{normal: {mean: 3, sd: 1}, uniform: {low: 3, high: 4}}»}}"),
    ("NS210", "parties: {seller: {red_lines: {x: {require: price > 0, firmness: «soft»}}}}"),
    ("NS211", "parties: {seller: {no_deal: «50..30»}}"),
    ("NS211", "parties: {seller: {no_deal: «50..50»}}"),
    ("NS211", "parties: {seller: {no_deal: {uniform: «{low: 50, high: 30}»}}}"),
    ("NS213", "parties: {seller: {no_deal: {normal: {mean: 30, sd: «0»}}}}"),
    ("NS213", "parties: {seller: {no_deal: {pert: {low: 3, mode: «9», high: 5}}}}"),
    ("NS213", "parties: {seller: {no_deal: {beta: {a: 1, b: «0»}}}}"),
    ("NS214", "parties: {seller: {no_deal: {same: «3»}}}"),
    ("NS412", "issues: {price: {scale: «0 to 100»}}"),
]


@pytest.mark.parametrize(("codes", "marked"), SHAPES, ids=[marked for _, marked in SHAPES])
def test_a_flaw_of_shape_is_found_at_its_place_and_no_other_is(codes: str, marked: str, tmp_path: Path) -> None:
    assert_marked(tmp_path, codes, marked)


LATER_FILE = "negsim: 2\nid: sale\ntitle: Sale\nmood: good\nissues: {}\nparties: 3\n"


@pytest.mark.parametrize("version", ["0", '"1"', "1.0", "true"])
def test_only_the_number_one_is_a_version_of_the_format(version: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        loads(EXAMPLE_BASE.replace("negsim: 1", f"negsim: {version}"))
    assert [problem.code for problem in caught.value.problems] == ["NS206"]


def test_null_without_a_base_is_one_problem_even_where_something_must_stand() -> None:
    text = EXAMPLE_BASE.replace("title: ", "title: null # ", 1)
    with pytest.raises(ScenarioError) as caught:
        loads(text)
    assert [problem.message for problem in caught.value.problems] == [
        "null removes a key of the base, and there is no title to remove"
    ]


def test_a_long_list_of_problems_ends_in_a_note_of_how_many_more_there_are() -> None:
    with pytest.raises(ScenarioError) as caught:
        loads(EXAMPLE_BASE + "".join(f"key_{k}: 1\n" for k in range(300)))
    assert {problem.code for problem in caught.value.problems} == {"NS201"}
    with pytest.raises(ScenarioError) as caught:
        loads(EXAMPLE_BASE + "".join(f"key_{k}: 1\n" for k in range(342)))
    *listed, note = caught.value.problems
    assert len(listed) == 300
    assert (note.code, note.severity, note.place) == ("NS102", "note", listed[-1].place)
    assert note.message == "the list is cut after 300 problems; there are at least 42 more"


def test_nothing_else_is_said_of_a_file_of_a_later_version() -> None:
    with pytest.raises(ScenarioError) as caught:
        loads(LATER_FILE)
    assert [(problem.code, problem.help) for problem in caught.value.problems] == [
        ("NS206", "this file needs a newer negsim")
    ]


def test_every_flaw_of_shape_and_meaning_is_told_at_once_in_file_order(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        "NS203 NS301 NS201 NS210 NS403 NS212",
        """
title: «3»
rules: {cash_only: {require: payment == «cahs»}}
parties:
  seller:
    «priority»: {price: 3}
    no_deal: «lots»
  buyer:
    demands: {price: «75», payment: cash}
    no_deal: «300»
""",
    )


def test_a_misspelt_key_is_not_also_reported_as_missing(tmp_path: Path) -> None:
    assert_marked(tmp_path, "NS201 NS201", "parties: {broker: {«titel»: B, demands: {price: 0}, «no_dael»: 3}}")


def test_a_broken_part_is_not_blamed_on_those_who_refer_to_it(tmp_path: Path) -> None:
    assert_marked(
        tmp_path,
        "NS412 NS203 NS210",
        """
issues: {price: {step: «30»}}
rules: {fair: {require: price > 20}}
agreement: {quorum: 1, vetoes: [broker]}
parties:
  broker: «nobody»
  seller: {priorities: {price: 3..4}, no_deal: «lots»}
  buyer: {no_deal: {same: parties.seller.no_deal}}
ties: {both: {between: [parties.seller.no_deal, parties.seller.priorities.price], rank_correlation: 0.5}}
provenance: {parties.seller.no_deal: {assumed: A guess.}}
""",
    )


MESSAGES = [
    (
        "parties: {seller: {demand: {price: 70}}}",
        "parties.seller has no key 'demand'",
        "did you mean 'demands'?",
    ),
    ("expects: {}", "a scenario has no key 'expects'", "did you mean 'expect'?"),
    ("title: 1984", "title must be text, not 1984", 'put it in quotes: "1984"'),
    (
        "parties: {seller: {role: signatry}}",
        "parties.seller.role must be signatory, mediator or guarantor, not 'signatry'",
        "did you mean 'signatory'?",
    ),
    (
        "parties: {seller: {no_deal: 30-50 points}}",
        "parties.seller.no_deal must be a quantity, not '30-50 points'",
        "write a range as 30..50, without unit or blanks",
    ),
    (
        "parties: {seller: {no_deal: 50..30}}",
        "parties.seller.no_deal has a range that runs backwards: 50..30",
        "write 30..50",
    ),
    (
        "parties: {broker: {role: mediator}}",
        "parties.broker has no title",
        "add title:",
    ),
    (
        "parties: {seller: {demands: {price: [70, 80]}}}",
        "parties.seller.demands.price must be an option or a level, not a list",
        "write {one_of: [...]} for several options",
    ),
]


@pytest.mark.parametrize(("change", "message", "help"), MESSAGES)
def test_a_message_names_the_thing_its_value_and_what_would_be_right(
    change: str, message: str, help: str, tmp_path: Path
) -> None:
    (problem,) = problems_of(tmp_path, change)
    assert (problem.message, problem.help) == (message, help)


def validator() -> jsonschema.Draft7Validator:
    schema = json_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def test_the_json_schema_accepts_a_file_that_loads(tmp_path: Path) -> None:
    loads(EXAMPLE_BASE)
    assert list(validator().iter_errors(read_document(EXAMPLE_BASE, "boat").tree)) == []


SEEN_BY_AN_EDITOR = [marked for codes, marked in SHAPES if codes.split()[0] in ("NS201", "NS203", "NS204", "NS210")]
ONLY_THE_LOADER_KNOWS = ("2026-02-30", "1e300")


@pytest.mark.parametrize("marked", [m for m in SEEN_BY_AN_EDITOR if not any(w in m for w in ONLY_THE_LOADER_KNOWS)])
def test_the_json_schema_rejects_what_an_editor_should_underline(marked: str) -> None:
    text = "negsim: 1\nbase: boat.scenario.yaml\n" + marked.replace("«", "").replace("»", "")
    assert not validator().is_valid(read_document(text, "x").tree)


def test_a_file_with_a_base_may_leave_out_and_remove_anything(tmp_path: Path) -> None:
    change = "parties: {seller: {demands: {price: null}, values: {price: {0: 0, 100: 100}}}}\nissues: {payment: null}"
    assert problems_of(tmp_path, change) == ()
    assert validator().is_valid(read_document("negsim: 1\nbase: x.yaml\n" + change, "x").tree)
    assert not validator().is_valid(read_document("negsim: 1\n" + change, "x").tree)


def test_the_json_schema_describes_every_key_it_offers() -> None:
    schema = json_schema()
    for name, definition in schema["definitions"].items():
        if name.endswith("Shape") and not name.startswith("changed_"):
            bare = [key for key, item in definition["properties"].items() if not item.get("description")]
            assert bare == [], name


def all_mappings(value: object) -> Iterator[dict[str, object]]:
    """Walk through everything in a schema."""
    if isinstance(value, dict):
        yield value
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in below:
        yield from all_mappings(item)


def test_every_reference_of_the_json_schema_stands_alone_and_leads_to_a_definition() -> None:
    schema = json_schema()
    mappings = list(all_mappings(schema))
    references = [one for one in mappings if "$ref" in one]
    # Beside $ref, draft 7 ignores everything else.
    assert all(one.keys() == {"$ref"} for one in references)
    known = {f"#/definitions/{name}" for name in schema["definitions"]}
    assert {one["$ref"] for one in references} <= known
    assert not any("x-definition" in one for one in mappings)


def test_the_json_schema_says_what_a_block_is_and_that_a_condition_stands_in_it() -> None:
    line = json_schema()["definitions"]["RedLineShape"]
    assert line["description"] == "A condition that the party says it will never give up."
    assert line["required"] == ["require", "firmness"]
    assert line["properties"]["require"] == {
        "description": "What the party insists on: a condition on the issues.",
        "allOf": [{"$ref": "#/definitions/condition"}],
    }


def test_a_wrong_kind_of_value_is_told_even_where_something_in_it_was_taken_out() -> None:
    # Of a value that a reader refuses, what was taken out may be all that is wrong.
    with pytest.raises(ScenarioError) as caught:
        loads(EXAMPLE_BASE.replace("title: Sale of a boat", "title: {x: null}"))
    assert sorted(problem.code for problem in caught.value.problems) == ["NS203", "NS222"]


SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").glob("*.scenario.yaml"))


@pytest.mark.parametrize("file", SHIPPED, ids=[file.name for file in SHIPPED])
def test_the_shipped_scenarios_load_and_an_editor_underlines_nothing_in_them(file: Path) -> None:
    assert load(file).parties
    assert list(validator().iter_errors(read_document(file.read_bytes(), file.name).tree)) == []
