from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from negsim.model.estimates import Estimate
from negsim.report.json_compare import comparison_data
from negsim.report.page import Page, Style
from negsim.report.text_compare import write_comparison
from negsim.report.text_differences import write_differences
from negsim.report.words import points_with_interval
from negsim.scenario import IRRELEVANT, Scenario
from negsim.scenario.differences import Changed, Differences
from negsim.scenario.types import Agreement
from negsim.zone.comparison import Change, Comparison, Side
from tests.report.examples import estimate, scenario
from tests.report.test_compare_schema import SCHEMA
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"

DIFFERENCES = Differences(
    (
        Changed(("parties", "lower", "no_deal"), "20..60", {"normal": {"mean": 45, "sd": 5.5}}),
        Changed(("parties", "lower", "red_lines", "no_handover", "firmness"), "0.6..0.95", "hard"),
        Changed(("agreement", "quorum"), None, 2),
        Changed(("issues", "guard", "when"), "land == zone", "land in zone | handover"),
    ),
    (("parties", "county"), ("issues", "guard", "options", "county"), ("rules", "r"), ("ties", "t")),
    (
        ("issues", "years"),
        ("parties", "lower", "red_lines", "no_handover"),
        ("parties", "upper", "adjustments", "peace"),
    ),
    3,
)
NOTHING = Differences((), (), (), 0)


def difference(middle: float, half: float = 0.01) -> Estimate:
    return Estimate(middle, middle - half, middle + half)


def comparison(
    change: Estimate | None = None, differences: Differences = DIFFERENCES, *, before: float = 0.41
) -> Comparison:
    """Two thirds of the options differ, each less than the one before it; figures that nothing computed."""
    told, moved = scenario(), change or difference(0.12)
    side = Side(told.id, told.title, 3, 8, 4)
    options = [(issue, option) for issue in told.issues for option in _choices(told, issue.id)]
    changes = []
    for k, (issue, option) in enumerate(options):
        size = 0.0 if k % 3 == 2 else (-1) ** k * (0.15 - k / 60)
        changes.append(Change("option", (issue.id, option), estimate(0.4), estimate(0.4 + size), difference(size)))
    for party in told.parties:
        for k, (issue, option) in enumerate(options):
            size = 0.002 * k
            share = Change(
                "acceptance", (party.id, issue.id, option), estimate(0.6), estimate(0.6 + size), difference(size)
            )
            changes.append(share)
    return Comparison(
        before=side,
        after=replace(side, scenario="strip-later", n_outcomes=1208),
        n_worlds=4096,
        seed=0,
        sampler="lhs",
        p_zone=Change("zone", (), estimate(before), estimate(before + moved.estimate), moved),
        gained=estimate(0.125, 0.01),
        lost=Estimate(0.005, 0.003, 0.009),
        changes=tuple(changes),
        differences=differences,
    )


def _choices(told: Scenario, issue_id: str) -> tuple[str, ...]:
    issue = next(issue for issue in told.issues if issue.id == issue_id)
    return (*issue.options, IRRELEVANT) if issue.when else issue.options


def report(found: Comparison, style: Style | None = None, after: Scenario | None = None) -> str:
    page = Page(style or Style())
    write_comparison(page, found, scenario(), after or scenario(), "1.2.3")
    return page.text()


def said(found: Comparison, after: Scenario | None = None) -> str:
    return " ".join(report(found, after=after).split())


def test_the_comparison_reads_as_agreed() -> None:
    assert_matches(report(comparison()), SNAPSHOTS / "compare.txt")


def test_the_comparison_reads_as_agreed_in_ascii() -> None:
    text = report(comparison(), Style(ascii_only=True))
    assert text.isascii()
    assert "?" not in text
    assert_matches(text, SNAPSHOTS / "compare-ascii.txt")


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    assert max(len(line) for line in report(comparison(), Style(width=width)).splitlines()) <= width


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            difference(0.12),
            "In 12 percentage points (±1) more worlds some deal is acceptable to all who must agree: 53 % against 41 %.",
        ),
        (
            Estimate(-0.2, -0.24, -0.18),
            "In 20 percentage points (18–24) fewer worlds some deal is acceptable to all who must agree:"
            " 21 % against 41 %.",
        ),
        (
            difference(0.01, 0.005),
            "In 1.0 percentage points (±0.5) more worlds some deal is acceptable to all who must agree:"
            " 42.0 % against 41.0 %.",
        ),
        (
            difference(0.01, 0.02),
            "No difference beyond sampling: in 42 % against 41 % of worlds some deal is acceptable to all who must"
            " agree. A zone only in the second: 12 % (±1) of worlds; only in the first: 0.5 % (0.3–0.9). Difference:"
            " +1 (±2) percentage points.",
        ),
        (
            difference(0.0, 0.02),
            "No difference beyond sampling: in 41 % (±2) of worlds some deal is acceptable to all who must agree, in"
            " either scenario.",
        ),
    ],
)
def test_the_finding_is_one_sentence_that_claims_no_more_than_its_interval(change: Estimate, sentence: str) -> None:
    assert said(comparison(change)).startswith(sentence)


def test_a_comparison_of_a_scenario_with_itself_says_that_nothing_differs() -> None:
    text = said(comparison(difference(0.0, 0.001), NOTHING))
    assert text.startswith("Nothing differs on which a figure hangs: in 41 % (±2) of worlds some deal is")
    assert "What differs Nothing." in text
    assert "most changed" not in text
    assert "drawn alike" not in text
    assert "A zone only in" not in text


def test_scenarios_that_differ_in_words_alone_are_told_so() -> None:
    text = said(comparison(difference(0.0, 0.001), replace(NOTHING, n_texts=2)))
    assert "What differs Nothing but titles, notes or sources, in 2 places." in text


def test_scenarios_without_a_common_option_are_told_so() -> None:
    text = said(replace(comparison(), changes=()))
    assert "The two have no option in common; nothing but the share of worlds with a zone is compared." in text
    assert "most changed" not in text


def test_options_without_any_party_in_common_have_no_section_on_acceptances() -> None:
    found = comparison()
    options = tuple(change for change in found.changes if change.kind == "option")
    assert "Acceptances" not in report(replace(found, changes=options))
    assert "Options most changed" in report(replace(found, changes=options))


def test_nothing_clear_is_said_in_a_sentence() -> None:
    found = comparison()
    still = tuple(replace(change, difference=difference(0.0)) for change in found.changes)
    text = said(replace(found, changes=still))
    assert "Options most changed None of 9 options differs beyond sampling." in text


def test_different_agreement_rules_are_not_called_by_one_name() -> None:
    quorum = replace(scenario(), agreement=Agreement(quorum=1))
    assert "some deal is acceptable to those whose consent it needs: 53 %" in said(comparison(), quorum)


def test_sobol_points_are_not_said_to_be_drawn_alike() -> None:
    assert "drawn alike" in said(comparison())
    assert "drawn alike" not in said(replace(comparison(), sampler="sobol"))


def test_of_a_scale_three_levels_are_shown_and_of_all_options_ten() -> None:
    told = scenario()
    levels = tuple(str(k) for k in range(20))
    land, guard, years = told.issues
    longer = replace(years, options=levels, option_titles=tuple(f"{level} years" for level in levels))
    listed = replace(land, options=levels, option_titles=tuple(f"Line {level}" for level in levels))
    told = replace(told, issues=(listed, guard, longer))
    changes = [
        Change("option", (issue, level), estimate(0.4), estimate(0.6), difference(0.2 - int(level) / 200))
        for issue in ("years", "land")
        for level in levels
    ]
    text = said(replace(comparison(), changes=tuple(changes)), told)
    assert [level for level in levels if f": {level} years" in text] == ["0", "1", "2"]
    assert [level for level in levels if f": Line {level} " in text] == ["0", "1", "2", "3", "4", "5", "6"]
    assert "30 more differ beyond sampling; --format json has them." in text


def test_long_lists_of_differences_are_cut_and_say_so() -> None:
    changed = tuple(Changed(("parties", "lower", "priorities", f"i{k}"), k, k + 1) for k in range(25))
    only = tuple(("rules", f"r{k}") for k in range(30))
    page = Page()
    write_differences(page, Differences(changed, only, (), 0), scenario(), scenario())
    text = " ".join(page.text().split())
    assert "i19: 19 → 20" in text
    assert "i20" not in text
    assert "5 further statements; --format json has all." in text
    assert "the rule r19 and 10 more." in text


@pytest.mark.parametrize(
    ("estimated", "words"),
    [
        (Estimate(0.0, -0.0009, 0.0009), "0.00 (±0.09)"),
        (Estimate(0.0134, 0.0095, 0.0174), "+1.3 (±0.4)"),
        (Estimate(-0.5, -0.52, -0.47), "−50 (−52 to −47)"),
        (Estimate(0.02, 0.0004, 0.06), "+2.00 (+0.04 to +6.00)"),
        (Estimate(1.0, 0.99, 1.0), "+100.0 (+99.0 to +100.0)"),
        (Estimate(-0.001, -0.03, 0.03), "−0.1 (−3.0 to +3.0)"),
    ],
)
def test_points_have_a_sign_and_the_decimals_that_their_interval_earns(estimated: Estimate, words: str) -> None:
    assert points_with_interval(estimated) == words


@pytest.mark.parametrize("differences", [DIFFERENCES, NOTHING])
def test_a_comparison_fits_its_schema(differences: Differences) -> None:
    jsonschema.validate(comparison_data(comparison(differences=differences), "1.2.3"), SCHEMA)


def test_changes_name_their_ids_by_kind() -> None:
    changes = comparison_data(comparison(), "1.2.3")["changes"]
    assert {key: changes[1][key] for key in ("kind", "issue", "option")} == {
        "kind": "option",
        "issue": "land",
        "option": "zone",
    }
    assert "party" not in changes[1]
    assert (changes[-1]["kind"], changes[-1]["party"], changes[-1]["option"]) == ("acceptance", "upper", "20")
    assert changes[0]["difference"]["estimate"] == 0.15


@pytest.mark.parametrize(
    ("paths", "words"),
    [
        ((("talks", "horizon"),), "They differ in the calendar of talks alone, on which no zone depends; negsim talks"),
        ((("talks", "horizon"), ("parties", "upper", "no_deal")), "They differ in the calendar of talks too, on which"),
        (
            (("protocol", "rounds"), ("parties", "upper", "tactic", "time", "exponent")),
            "They differ in how the parties bargain alone, on which no zone depends; negsim bargain tells",
        ),
    ],
)
def test_what_no_zone_depends_on_is_said_to_be_so(paths: tuple[tuple[str, ...], ...], words: str) -> None:
    differences = Differences(tuple(Changed(path, 1, 2) for path in paths), (), (), 0)
    assert words in said(comparison(differences=differences))
    assert "no zone depends" not in said(comparison())
