"""The Camp David case: it carries the table as quoted from memory, not checked against the article; solutions part where they should, and its zone is what paper says."""

from __future__ import annotations

from fractions import Fraction

from negsim.scenario import load
from negsim.zone import analyse_zone
from tests.cases.adjusted_winner import adjusted_winner
from tests.cases.by_hand import SCENARIOS, efficient, ends, exactly, middle, p_zone, read
from tests.cases.data import case
from tests.cases.published import only, table_points

CASE = read("camp-david-1978")
FILE = SCENARIOS / "camp-david-1978.scenario.yaml"
POINTS = table_points(CASE, "israel", "egypt", "sinai")
SPANS = [ends(CASE["parties"][name]["no_deal"]) for name in ("israel", "egypt")]
BEST = efficient([point for _, point in POINTS])


def test_the_points_are_those_that_are_quoted_of_the_article() -> None:
    table = case("camp_david_aw.json")
    assert list(CASE["parties"]["israel"]["priorities"].values()) == table["Israel"]
    assert list(CASE["parties"]["egypt"]["priorities"].values()) == table["Egypt"]


def test_both_columns_have_a_hundred_points() -> None:
    for name in ("egypt", "israel"):
        assert sum(CASE["parties"][name]["priorities"].values()) == 100
        assert list(CASE["parties"][name]["priorities"]) == list(CASE["issues"])


def test_adjusted_winner_leaves_israel_a_sixth_of_sinai_and_both_65_and_five_sixths() -> None:
    israel, egypt = (list(CASE["parties"][name]["priorities"].values()) for name in ("israel", "egypt"))
    assert adjusted_winner(israel, egypt)[0] == Fraction(1, 6)
    assert exactly("395/6", "395/6") in BEST


def test_with_no_deal_worth_nothing_nash_and_kalai_smorodinsky_part() -> None:
    nothing = [f"parties.{name}.no_deal=0" for name in ("egypt", "israel")]
    bluffs = ["parties.egypt.red_lines.all_of_sinai.firmness=0", "parties.israel.red_lines.one_city.firmness=0"]
    found = analyse_zone(load(FILE, overrides=[*nothing, *bluffs]), n_worlds=64)
    gains = {
        solution.name: {party: round(gain.median or 0, 2) for party, gain in solution.gains}
        for solution in found.solutions
    }
    assert gains["nash"] == {"egypt": 75, "israel": 60}
    assert gains["kalai_smorodinsky"] == {"egypt": 65.83, "israel": 65.83}


def test_nash_is_75_and_60_by_hand() -> None:
    assert max(BEST, key=lambda point: point[0] * point[1]) == exactly(60, 75)


def test_p_zone_is_the_area_with_and_without_egypt_s_line_by_its_firmness() -> None:
    whole = only(POINTS, lambda deal: deal["sinai"] == 0)
    firmness = middle(CASE["parties"]["egypt"]["red_lines"]["all_of_sinai"]["firmness"])
    with_line, without = p_zone(list(efficient(whole)), SPANS), p_zone(list(BEST), SPANS)
    assert with_line < without
    exact = firmness * with_line + (1 - firmness) * without
    found = analyse_zone(load(FILE), n_worlds=4096).p_zone
    assert found.low < exact < found.high


def test_israel_s_line_takes_nothing_away() -> None:
    for firm in (False, True):
        kept = [(deal, point) for deal, point in POINTS if not firm or deal["sinai"] == 0]
        one_city = [point for deal, point in kept if deal["jerusalem"] == "israel"]
        assert p_zone(one_city, SPANS) == p_zone([point for _, point in kept], SPANS)
