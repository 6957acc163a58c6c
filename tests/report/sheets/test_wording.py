"""Conditions and demands in words, for readers who know no condition language."""

from __future__ import annotations

import re

import pytest

from negsim.report.sheets.language import language_of
from negsim.report.sheets.wording import Wording
from negsim.scenario import Scenario, loads

TEXT = """
negsim: 1
id: words
title: Words
issues:
  area: {title: Area, kind: ordered, options: {line: The line, zone: A zone, out: Out}}
  years: {title: Term, scale: -10..50, step: 10, unit: years}
  force: {title: Force, when: area == zone, options: [un, neutral, nobody]}
  share: {title: Share, scale: 0..1, step: 0.25}
parties:
  ann:
    title: Ann
    demands: {DEMANDS}
    values: {force: {irrelevant: 50}}
    no_deal: 10
    red_lines: {one: {require: REQUIRE, firmness: hard}}
"""


def scenario_with(require: str = "years > 0", demands: str = "area: line") -> Scenario:
    text = TEXT.replace("REQUIRE", require).replace("DEMANDS", demands)
    needs_values = "force" in demands
    return loads(text if needs_values else text.replace("    values: {force: {irrelevant: 50}}\n", ""))


CONDITIONS = [
    ("area == zone", "Area = A zone"),
    ("area != out", "Area ≠ Out"),
    ("area in line | zone", "Area ≠ Out"),
    ("area >= zone", "Area ≠ The line"),
    ("years >= 30 years", "Term ≥ 30 years"),
    ("years < 0", "Term < 0 years"),
    ("years == -10", "Term = −10 years"),
    ("years != 30", "Term ≠ 30 years"),
    ("2 * years <= 30", "Term ≤ 15 years"),
    ("0 - years <= 30", "Term ≥ −30 years"),
    ("force == irrelevant", "Force = does not arise"),
    ("force != un", "Force ≠ un"),
    ("force in un | nobody", "Force = un or nobody"),
    ("area == out implies years >= 30", "if Area = Out, then Term ≥ 30 years"),
    ("area == out iff years >= 30", "Area = Out exactly if Term ≥ 30 years"),
    ("not (area == out and years == 30)", "not (Area = Out and Term = 30 years)"),
    ("area == out and (years == 30 or share == 0.5)", "Area = Out and (Term = 30 years or Share = 0.5)"),
    ("years + 10 * share > 20", "− 20 + Term + 10 × Share > 0|Term + 10 × Share − 20 > 0|10 × Share + Term − 20 > 0"),
]


@pytest.mark.parametrize(("condition", "said"), CONDITIONS, ids=[one for one, _ in CONDITIONS])
def test_a_condition_is_put_into_names_and_signs(condition: str, said: str) -> None:
    scenario = scenario_with(condition)
    words = Wording(scenario.issues, language_of("en")).condition(scenario.parties[0].red_lines[0].require)
    plain = re.sub(r"\s+", " ", words.striptags())
    assert plain in said.split("|") or " ".join(sorted(plain.split())) in [
        " ".join(sorted(s.split())) for s in said.split("|")
    ]


@pytest.mark.parametrize(
    ("demand", "said"),
    [
        ("area: line", "The line"),
        ("area: any", "any"),
        ("area: {one_of: [line, out]}", "The line or Out"),
        ("years: {at_least: 30}", "≥ 30 years"),
        ("years: {at_most: -10}", "≤ −10 years"),
        ("years: {between: 0..20}", "0 years – 20 years"),
    ],
)
def test_a_demand_is_said_by_what_meets_it(demand: str, said: str) -> None:
    scenario = scenario_with(demands=demand)
    assert Wording(scenario.issues, language_of("en")).demand(scenario.parties[0].demands[0]) == said


def test_names_of_the_author_are_escaped() -> None:
    text = (
        TEXT.replace("title: Area", "title: 'A <b>& C'")
        .replace("REQUIRE", "area == line")
        .replace("DEMANDS", "area: any")
    )
    scenario = loads(text.replace("    values: {force: {irrelevant: 50}}\n", ""))
    said = Wording(scenario.issues, language_of("en")).condition(scenario.parties[0].red_lines[0].require)
    assert said == "<em>A &lt;b&gt;&amp; C</em> = The line"
