"""From what a user gives to one outcome, or to all that is wrong with it and the nearest outcome."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from negsim.errors import UsageError
from negsim.scenario import Scenario
from negsim.scenario.types import IRRELEVANT, Issue
from negsim.zone import analyse_deal, read_options
from tests import reference
from tests.strategies import Document, documents, scenario_of

# Who keeps the zone is a question only where there is one, and how many only where somebody does.
TALKS: Document = {
    "negsim": 1,
    "id": "talks",
    "title": "Talks",
    "issues": {
        "land": {"title": "Land", "options": ["line", "zone", "handover"]},
        "keeper": {"title": "Keeper", "options": ["nobody", "un"], "when": "land == zone"},
        "troops": {"title": "Troops", "scale": "0..90", "step": 10, "when": "keeper == un"},
        "years": {"title": "Years", "scale": "0..2", "step": 0.5, "unit": "years"},
        "aid": {"title": "Aid", "options": ["none", "some"]},
    },
    "rules": {
        "price": {"require": "land == handover implies years >= 1", "because": "Ground is given for time only."},
        "bare": {"require": "not (years == 2 and aid == some)"},
    },
    "parties": {"ann": {"title": "Ann", "demands": {"aid": "some"}, "no_deal": 0}},
}


def talks(**more: Any) -> Scenario:
    return scenario_of(TALKS | more)


def read(*arguments: str, start: dict[str, str] | None = None) -> dict[str, str]:
    return read_options(talks(), arguments, start=start)


def refused(*arguments: str, start: dict[str, str] | None = None) -> tuple[list[str], list[str]]:
    """What is wrong, each in one line, and the arguments of the nearest deal."""
    with pytest.raises(UsageError) as caught:
        read(*arguments, start=start)
    text = str(caught.value)
    assert max(map(len, text.splitlines())) <= 80
    head, _, tail = text.partition("\nThe nearest possible deal:\n")
    first, *problems = " ".join(head.split()).split(" - ")
    assert first == "this is no possible deal:"
    return problems, tail.split()


def test_options_make_a_deal_and_what_does_not_arise_is_added() -> None:
    assert read("years=1", "land=handover", "aid=some") == {
        "land": "handover",
        "keeper": IRRELEVANT,
        "troops": IRRELEVANT,
        "years": "1",
        "aid": "some",
    }


def test_a_chain_of_issues_that_arise_can_be_given_in_any_order() -> None:
    assert read("troops=20", "keeper=un", "land=zone", "years=0", "aid=none")["troops"] == "20"


def test_what_does_not_arise_may_be_called_irrelevant() -> None:
    assert read("land=line", "keeper=irrelevant", "troops=irrelevant", "years=0", "aid=none")["land"] == "line"


@pytest.mark.parametrize("level", ["0.5", "0.50", "+0.5", "00.5"])
def test_a_level_may_be_written_in_any_way(level: str) -> None:
    assert read("land=line", f"years={level}", "aid=none")["years"] == "0.5"


@pytest.mark.parametrize("level", [0.5, 1, 1.0])
def test_a_level_may_be_a_number_in_python(level: float) -> None:
    found = analyse_deal(talks(), {"land": "line", "years": level, "aid": "none"}, n_worlds=2)
    assert float(dict(found.options)["years"]) == level


REST = ("years=0", "aid=none")


@pytest.mark.parametrize(
    ("arguments", "problem", "mended"),
    [
        (("lnad=line",), "there is no issue 'lnad'; did you mean 'land'?", "land=line"),
        (("land=zome",), "land has no option 'zome'; did you mean 'zone'? It has line, zone and handover", "land=zone"),
        (("land=xyz",), "land has no option 'xyz'; it has line, zone and handover", "land=line"),
        (("land=irrelevant",), "land has no option 'irrelevant'; it has line, zone and handover", "land=line"),
        (("land=line", "land=zone"), "land is given 2 times: line and zone", "land=zone"),
        (("land",), "an argument must be issue=option, not 'land'", "land=line"),
        (("land=",), "an argument must be issue=option, not 'land='", "land=line"),
        ((), "land is missing; choose line, zone or handover", "land=line"),
    ],
)
def test_a_slip_is_named_with_what_would_be_right(arguments: tuple[str, ...], problem: str, mended: str) -> None:
    problems, nearest = refused(*arguments, *REST)
    assert problem in problems
    assert mended in nearest


@pytest.mark.parametrize(
    ("level", "problem", "mended"),
    [
        ("0.7", "years has no level 0.7; it has 0, 0.5, 1, 1.5 and 2; nearest is 0.5", "0.5"),
        ("0.8", "years has no level 0.8; it has 0, 0.5, 1, 1.5 and 2; nearest is 1", "1"),
        ("0.75", "years has no level 0.75; it has 0, 0.5, 1, 1.5 and 2; nearest is 0.5", "0.5"),
        ("-9", "years has no level -9; it has 0, 0.5, 1, 1.5 and 2; nearest is 0", "0"),
        ("99", "years has no level 99; it has 0, 0.5, 1, 1.5 and 2; nearest is 2", "2"),
        ("1.5 years", "years=1.5 years: give the number alone, 1.5", "1.5"),
        ("long", "years has no level 'long'; it has 0, 0.5, 1, 1.5 and 2", "0"),
        ("1e9999999999", "years has no level '1e9999999999'; it has 0, 0.5, 1, 1.5 and 2", "0"),
    ],
)
def test_a_level_off_the_scale_is_told_the_nearest(level: str, problem: str, mended: str) -> None:
    assert refused("land=line", f"years={level}", "aid=none") == (
        [problem],
        ["land=line", f"years={mended}", "aid=none"],
    )


def test_a_long_scale_is_named_by_its_ends() -> None:
    problems, _ = refused("land=zone", "keeper=un", "troops=7", *REST)
    assert problems == ["troops has no level 7; it has 0 to 90, 10 levels; nearest is 10"]


def test_an_issue_that_arises_must_be_given() -> None:
    problems, nearest = refused("land=zone", *REST)
    assert problems == ["keeper is missing, which arises, as land == zone; choose nobody or un"]
    assert nearest == ["land=zone", "keeper=nobody", *REST]


def test_an_issue_that_arises_is_not_irrelevant() -> None:
    problems, _ = refused("land=zone", "keeper=irrelevant", *REST)
    assert problems == ["keeper cannot be irrelevant: it arises, as land == zone; choose nobody or un"]


def test_an_issue_that_does_not_arise_is_left_out() -> None:
    problems, nearest = refused("land=line", "keeper=un", *REST)
    assert problems == [
        "keeper does not arise here, so it cannot be un: it arises only where land == zone; leave it out"
    ]
    assert nearest == ["land=line", *REST]


def test_what_a_slip_leaves_open_is_not_asked_for() -> None:
    # Whether keeper and troops arise depends on what land was meant to be.
    problems, _ = refused("land=xyz", *REST)
    assert len(problems) == 1


def test_a_broken_rule_is_named_with_its_reason() -> None:
    problems, nearest = refused("land=handover", "years=0", "aid=none")
    assert problems == [
        "this breaks the rule price, land == handover implies years >= 1 (Ground is given for time only)"
    ]
    assert nearest == ["land=line", "years=0", "aid=none"]


def test_a_rule_without_a_reason_is_named_by_its_condition() -> None:
    problems, _ = refused("land=line", "years=2", "aid=some")
    assert problems == ["this breaks the rule bare, not (years == 2 and aid == some)"]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    problems, _ = refused("lnad=line", "years=7", "aid", "aid=smoe")
    assert len(problems) == 4


def test_one_cause_is_one_problem() -> None:
    # Land is not missing, and no rule is said to be broken by what was only guessed.
    problems, nearest = refused("lnad=line", "years=7", "aid=some")
    assert [problem[:12] for problem in problems] == ["there is no ", "years has no"]
    assert nearest == ["land=line", "years=0", "aid=some"]  # two years and aid would break a rule


def test_a_slip_for_an_issue_given_beside_it_is_no_guess() -> None:
    problems, nearest = refused("land=line", "lnad=zone", *REST)
    assert problems == ["there is no issue 'lnad'; did you mean 'land'?"]
    assert nearest == ["land=line", *REST]


def test_an_option_that_cannot_be_guessed_stays_open() -> None:
    problems, nearest = refused("lnad=xyz", *REST)
    assert problems == ["there is no issue 'lnad'; did you mean 'land'?"]
    assert nearest == ["land=line", *REST]


START = {"land": "line", "keeper": IRRELEVANT, "troops": IRRELEVANT, "years": "0", "aid": "some"}


def test_a_start_lends_what_is_not_named() -> None:
    assert read("aid=none", start=START) == START | {"aid": "none"}


def test_an_issue_that_arises_only_now_must_be_named_whatever_the_start() -> None:
    problems, nearest = refused("land=zone", start=START)
    assert problems == ["keeper is missing, which arises, as land == zone; choose nobody or un"]
    assert nearest == ["land=zone", "keeper=nobody", "years=0", "aid=some"]


def test_an_issue_of_the_start_that_no_longer_arises_falls_away() -> None:
    start = START | {"land": "zone", "keeper": "un", "troops": "10"}
    assert read("land=line", start=start) == START


def test_what_was_named_is_kept_rather_than_what_the_start_lends() -> None:
    _, nearest = refused("land=handover", start=START)
    assert nearest == ["land=handover", "years=1", "aid=some"]


def _names(issue: Issue) -> tuple[str, ...]:
    return (*issue.options, IRRELEVANT)


@settings(max_examples=80)
@given(documents(), st.data())
def test_every_outcome_can_be_read_and_nothing_else(document: Document, data: st.DataObject) -> None:
    scenario = scenario_of(document)
    everything = list(reference.outcomes(scenario))
    assume(everything)
    wish = {issue.id: data.draw(st.integers(0, issue.n_choices - 1)) for issue in scenario.issues}
    arguments = [f"{issue.id}={_names(issue)[wish[issue.id]]}" for issue in scenario.issues]
    if wish in everything:
        assert list(read_options(scenario, arguments).values()) == [argument.split("=")[1] for argument in arguments]
        return
    with pytest.raises(UsageError) as caught:
        read_options(scenario, arguments)
    mended = str(caught.value).partition("The nearest possible deal:\n")[2].split()
    found = read_options(scenario, mended)
    # No outcome needs fewer changes, and of those that need as few it is the first with as few issues come or gone.
    chosen = {issue.id: _names(issue).index(found[issue.id]) for issue in scenario.issues}
    assert chosen == min(everything, key=lambda outcome: _distance(outcome, wish, scenario))


def _distance(outcome: reference.Outcome, wish: reference.Outcome, scenario: Scenario) -> tuple[int, int]:
    differs = [issue for issue in scenario.issues if outcome[issue.id] != wish[issue.id]]
    changed = [issue for issue in differs if max(outcome[issue.id], wish[issue.id]) < len(issue.options)]
    return len(changed), len(differs) - len(changed)


def test_what_a_python_caller_gives_is_checked_the_same_way() -> None:
    with pytest.raises(UsageError, match="aid is missing"):
        analyse_deal(talks(), {"land": "line", "years": 0}, n_worlds=2)
