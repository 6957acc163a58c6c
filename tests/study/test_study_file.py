"""Study files: every key, and every problem of a file at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from negsim.errors import UsageError
from negsim.scenario.load import load_with_places
from negsim.scenario.reader import read_document
from negsim.scenario.writer import write
from negsim.study import Policy, Sweep
from negsim.study.axes import read_axis
from negsim.study.study_file import KEYS, StudyFile, is_study_file, read_policy, read_study_file
from negsim.study.sweep import axes_of, cells_of, check_sweep, work_of
from tests.docs.pages import ROOT
from tests.docs.test_docs import words_in_code

FULL = """\
negsim_study: 1
scenario: cases/sale.scenario.yaml
set:
  parties.buyer.no_deal.same_as.price: 3..6
  agreement.quorum: 2
  rules.one.require: "price >= 1"
  parties.buyer.no_deal: {same_as: {price: 4}}
vary:
  parties.seller.no_deal.same_as.price: [2, 2.5, "3..4"]
  parties.seller.tactic: [holdout, {time: {exponent: 2}}]
  parties.buyer.priorities.price: 0..1/11
  parties.buyer.red_lines.dear.firmness: null
  rules.two.require: ["price in a, b", "x"]
  protocol.rounds: 6
design: lhs
cells: 64
worlds: 512
of: [zone, bargain]
seed: 7
sampler: random
policies:
  as_is: {}
  richer: {parties.buyer.no_deal.same_as.price: 5, protocol.kind: single_text}
  open: {talks.open: true, talks.until: null}
keep_worlds: true
"""


def read(text: str, file: str = "folder/x.study.yaml") -> StudyFile:
    return read_study_file(read_document(text.encode(), file))


def said(text: str) -> list[str]:
    with pytest.raises(UsageError) as caught:
        read(text, "x.study.yaml")
    return str(caught.value).splitlines()


def test_every_key_says_what_an_option_would() -> None:
    found = read(FULL)
    assert found.overrides == (
        "parties.buyer.no_deal.same_as.price=3..6",
        "agreement.quorum=2",
        "rules.one.require=price >= 1",
        'parties.buyer.no_deal={"same_as": {"price": 4}}',
    )
    assert found.settings == {
        "vary": (
            ("parties.seller.no_deal.same_as.price", "2,2.5,3..4"),
            ("parties.seller.tactic", 'holdout,{"time": {"exponent": 2}}'),
            ("parties.buyer.priorities.price", "0..1/11"),
            ("parties.buyer.red_lines.dear.firmness", ""),
            ("rules.two.require", '"price in a, b",x'),
            ("protocol.rounds", "6"),
        ),
        "design": "lhs",
        "n_cells": 64,
        "n_worlds": 512,
        "of": ("zone", "bargain"),
        "seed": 7,
        "sampler": "random",
        "policies": (
            Policy("as_is", ()),
            Policy("richer", ("parties.buyer.no_deal.same_as.price=5", "protocol.kind=single_text")),
            Policy("open", ("talks.open=true", "talks.until=null")),
        ),
        "keeps_worlds": True,
    }


def test_every_key_is_in_the_example_above_and_every_setting_is_one_of_a_sweep() -> None:
    document = read_document(FULL.encode(), "x")
    assert set(document.tree) == set(KEYS)
    assert Sweep("", **read(FULL).settings).n_cells == 64


def test_a_text_with_a_comma_stays_one_value_of_a_list() -> None:
    (_, over) = read(FULL).settings["vary"][4]
    assert read_axis("p", over).over.extremes == ('"price in a, b"', "x")


def test_the_scenario_lies_where_the_file_says_from_its_own_folder() -> None:
    assert read(FULL).scenario == os.path.join("folder", "cases/sale.scenario.yaml")
    assert read(FULL, "x.study.yaml").scenario == "cases/sale.scenario.yaml"
    assert read("negsim_study: 1\nscenario: /a/b.yaml\n").scenario == "/a/b.yaml"


def test_all_stands_for_everything_uncertain_and_of_may_be_one_text() -> None:
    found = read("negsim_study: 1\nscenario: a\nvary: all\nof: zone, talks\n")
    assert found.settings == {"vary": (("all", ""),), "of": ("zone", "talks")}
    assert found.overrides == ()


def test_a_scenario_is_no_study_file() -> None:
    assert is_study_file(read_document(b"negsim_study: 1\n", "x"))
    assert not is_study_file(read_document(b"negsim: 1\n", "x"))


WRONG = """\
negsim_study: 2
scenario: 5
set: [1]
vary: {parties.buyer.no_deal.same_as.price: [], b: 3}
desgin: grid
design: 3
cells: 0.5
worlds: -1
of: [zone, 3]
seed: true
sampler: [lhs]
policies: {a: [1], b: {c: 1}}
keep_worlds: 1
"""


def test_everything_that_is_wrong_is_told_at_once_each_with_its_place() -> None:
    assert said(WRONG) == [
        "x.study.yaml:1:15: negsim_study: this is version 1 of the form, not 2",
        "x.study.yaml:2:11: scenario: must be a text, not 5",
        "x.study.yaml:3:6: set: must be a mapping of paths to values, not a list",
        "x.study.yaml:4:45: vary: the list of values for parties.buyer.no_deal.same_as.price is empty",
        "x.study.yaml:5:1: there is no key 'desgin' in a study; did you mean 'design'?",
        "x.study.yaml:6:9: design: must be a text, not 3",
        "x.study.yaml:7:8: cells: must be a whole number, not 0.5",
        "x.study.yaml:8:9: worlds: must be a whole number, not -1",
        "x.study.yaml:9:12: of: must be a list of words, and 3 is none",
        "x.study.yaml:10:7: seed: must be a whole number, not true",
        "x.study.yaml:11:10: sampler: must be a text, not a list",
        "x.study.yaml:12:15: policies: must be a mapping of paths to values, not a list",
        "x.study.yaml:13:14: keep_worlds: must be true or false, not 1",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("negsim_study: 1\n", "x.study.yaml:1:1: a study says what `scenario` it is of"),
        (
            "negsim_study: 1\nscenario: a\nvary: some\n",
            "vary: must be a mapping of paths to what they are varied over, not 'some'",
        ),
        ("negsim_study: 1\nscenario: a\nof: 3\n", "of: must be a list of words, not 3"),
        (
            "negsim_study: 1\nscenario: a\npolicies: [a]\n",
            "policies: must be a mapping of names to changes, not a list",
        ),
    ],
)
def test_what_makes_no_sense_is_told(text: str, problem: str) -> None:
    (line,) = said(text)
    assert problem in line


def test_a_policy_is_read_from_a_mapping() -> None:
    assert read_policy("a", {"x.y": 0.5, "z": "b"}) == Policy("a", ("x.y=0.5", "z=b"))
    with pytest.raises(UsageError, match=r"--policy a: must be a mapping of paths to values, not a list"):
        read_policy("a", [1])


def test_every_key_is_in_the_reference() -> None:
    assert set(KEYS) - words_in_code(ROOT / "docs" / "reference" / "study-file.md") == set()


@pytest.mark.parametrize("file", sorted((ROOT / "scenarios").glob("*.study.yaml")), ids=lambda path: path.name)
def test_the_study_files_that_come_with_negsim_can_be_done(file: Path) -> None:
    found = read_study_file(read_document(file.read_bytes(), str(file)))
    text = write(load_with_places(found.scenario, overrides=found.overrides).scenario)
    sweep = Sweep(text, **found.settings)
    axes = axes_of(sweep, work_of(sweep).scenario())
    check_sweep(sweep, axes)
    assert len(cells_of(sweep, axes)[1]) > 1


def test_there_are_study_files() -> None:
    assert list((ROOT / "scenarios").glob("*.study.yaml"))


def test_a_list_holds_what_would_stand_after_vary() -> None:
    text = "negsim_study: 1\nscenario: a\nvary:\n  - x.y\n  - protocol.kind = a,b\n"
    assert read(text).settings == {"vary": (("x.y", ""), ("protocol.kind", "a,b"))}
    (line,) = said("negsim_study: 1\nscenario: a\nvary: [x.y, 3]\n")
    assert line == "x.study.yaml:3:13: vary: must list paths, each as after --vary, not 3"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("design: grud", "x.study.yaml:3:9: design: there is no 'grud'; did you mean 'grid'?"),
        ("sampler: lsh", "x.study.yaml:3:10: sampler: there is no 'lsh'; did you mean 'lhs'?"),
        ("of: zoen", "x.study.yaml:3:5: of: there is no 'zoen'; did you mean 'zone'?"),
        ("of: [zone, bargian]", "x.study.yaml:3:12: of: there is no 'bargian'; did you mean 'bargain'?"),
    ],
)
def test_a_word_that_there_is_not_is_told_with_its_place(line: str, told: str) -> None:
    assert said(f"negsim_study: 1\nscenario: a\n{line}\n") == [told]
