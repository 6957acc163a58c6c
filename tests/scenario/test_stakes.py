"""What the blocks on war, durability and ratification mean once they are read, and that edits and bases reach them."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from negsim.errors import ScenarioError, UsageError
from negsim.scenario import (
    Belief,
    Charge,
    Lottery,
    Party,
    Role,
    SameAs,
    Scenario,
    Side,
    Stance,
    WarValue,
    load,
    loads,
    write,
)
from negsim.scenario.codes import EXAMPLE_BASE
from negsim.scenario.json_schema import json_schema
from negsim.scenario.quantities import NOTHING, Constant, Same, Uniform
from negsim.scenario.reader import read_document
from negsim.scenario.writer import to_plain
from tests.scenario.rich import RATIFIED, RICH


def party_of(scenario: Scenario, party_id: str) -> Party:
    return next(actor for actor in scenario.actors if actor.id == party_id)


def ratifier(text: str, *overrides: str) -> Party:
    """Give the members a few stakes of their own."""
    assert "members: {title: The members}" in RATIFIED
    whole = RATIFIED.replace("members: {title: The members}", f"members: {{title: The members, {text}}}")
    return party_of(loads(whole, overrides=overrides), "members")


def test_a_war_value_is_read_with_all_its_parts() -> None:
    war = party_of(loads(RICH), "port").no_deal
    assert isinstance(war, WarValue)
    assert (war.side, war.option, war.belief) == ("city", Stance.OUTSIDE, Belief(Constant(8.0), Uniform(1.0, 3.0)))
    assert war.win == SameAs((("site", "south"),), (), Uniform(60.0, 80.0))
    assert war.lose == SameAs((("site", "north"), ("fee", "irrelevant")))
    assert war.losses == (
        Charge("idle", Uniform(5.0, 10.0), (("ships", Uniform(0.3, 0.6)), ("days", Constant(0.9)))),
        Charge("rust", Constant(1.0)),
    )


def test_points_without_factors_are_a_quantity() -> None:
    text = EXAMPLE_BASE.replace(
        "no_deal: 40", "no_deal: {lottery: {ends: {x: {worth: 5}}, costs: {a: {points: 3}, b: 3}}}"
    )
    lottery = party_of(loads(text), "seller").no_deal
    assert isinstance(lottery, Lottery)
    assert [(charge.points, charge.factors) for charge in lottery.costs] == [(Constant(3.0), ())] * 2


def test_a_party_that_is_a_side_and_its_ratifiers_need_not_name_it() -> None:
    war = party_of(loads(RATIFIED), "youth").no_deal
    assert isinstance(war, WarValue)
    assert war.side == "club"
    assert "side: club" not in write(loads(RATIFIED))


def test_sides_breakers_levers_and_worths_are_in_the_order_of_their_parties() -> None:
    scenario = loads(RICH)
    assert scenario.war is not None
    assert scenario.durability is not None
    assert scenario.side_payments is not None
    assert [side.party for side in scenario.war.sides] == ["city", "club"]
    assert [breaker.party for breaker in scenario.durability.breakers] == ["city", "club"]
    assert [party for party, _ in scenario.side_payments.worth] == ["city", "club"]
    assert [lever.party for lever in party_of(scenario, "state").levers] == ["city", "club"]
    assert [item.id for item in party_of(loads(RATIFIED), "club").ratifiers] == ["elders", "members", "youth"]


def test_what_is_left_out_has_its_default() -> None:
    scenario = loads(EXAMPLE_BASE + "war: {sides: {buyer: {}, seller: {collapse: 0.1}}}")
    assert scenario.war is not None
    assert scenario.war.sides == (Side("buyer", NOTHING), Side("seller", Constant(0.1)))
    club = party_of(loads(RICH), "state").levers[1]
    assert (club.party, club.stick, club.carrots, club.guarantee) == ("club", NOTHING, (), None)


def test_a_ratifier_without_a_no_deal_value_has_nothing_of_its_party() -> None:
    line = "red_lines: {term: {require: years > 0, firmness: 0.2..0.9, title: Some years}}, about: All of them."
    members = ratifier(line)
    (drawn,) = members.red_lines
    assert (drawn.id, drawn.firmness, drawn.audience_cost) == ("term", Uniform(0.2, 0.9), NOTHING)
    assert members == Party(
        "members", "The members", Role.RATIFIER, red_lines=(drawn,), ratifies="club", about="All of them."
    )
    assert members.by_lines_alone
    assert [actor.id for actor in loads(RATIFIED).actors if actor.by_lines_alone] == ["members"]
    assert party_of(loads(RATIFIED), "envoy").no_deal is None


def test_a_ratifier_that_says_only_what_no_deal_is_worth_has_all_else_of_its_party_but_red_lines() -> None:
    scenario = loads(RATIFIED, overrides=["parties.club.ratifiers.members.no_deal=30"])
    club, members = party_of(scenario, "club"), party_of(scenario, "members")
    assert (members.role, members.ratifies, members.path) == (
        Role.RATIFIER,
        "club",
        ("parties", "club", "ratifiers", "members"),
    )
    assert members.demands == club.demands
    assert [item.issue for item in members.priorities] == [item.issue for item in club.priorities]
    assert members.priorities[0].quantity == Same(("parties", "club", "priorities", "site"))
    assert [(item.issue, item.option) for item in members.values] == [(v.issue, v.option) for v in club.values]
    assert all(value.quantity == Same((*club.path, "values", value.issue, value.option)) for value in members.values)
    assert members.adjustments[0].amount == Same(("parties", "club", "adjustments", "both", "amount"))
    assert members.discount_rate == Same(("parties", "club", "discount_rate"))
    assert (members.red_lines, members.sacred, members.good_faith) == ((), (), None)
    assert (members.no_deal, members.by_lines_alone) == (Constant(30.0), False)


def test_an_issue_of_which_a_ratifier_says_anything_is_all_its_own() -> None:
    demand = ratifier("no_deal: 30, demands: {share: 2}")
    assert [item.met_by for item in demand.demands if item.issue == "share"] == [(10,)]
    assert [value for value in demand.values if value.issue == "share"] == []
    values = ratifier("no_deal: 30, values: {site: {north: 0, middle: 0, south: 100}}")
    assert [item for item in values.demands if item.issue == "site"] == []
    assert [value.quantity for value in values.values if value.issue == "site"] == [NOTHING, NOTHING, Constant(100.0)]
    assert [item.issue for item in values.demands] == ["fish", "years", "share"]


def test_priorities_and_adjustments_of_a_ratifier_replace_all_of_its_partys() -> None:
    own = ratifier("no_deal: 30, priorities: {site: 1}, adjustments: {}, discount_rate: 0.5")
    assert [(item.issue, item.quantity) for item in own.priorities] == [("site", Constant(1.0))]
    assert (own.adjustments, own.discount_rate) == ((), Constant(0.5))


@pytest.mark.parametrize(
    "text",
    [
        "about: x",
        "red_lines: {term: {require: years > 0, firmness: 0.2..0.9}}",
        "no_deal: 0..30",
        "no_deal: 30, demands: {share: 2}",
        "no_deal: 30, demands: {site: north}, values: {site: {north: 100, middle: 40..70, south: 0}}",
        "no_deal: 30, priorities: {site: {same: parties.club.priorities.site}}, adjustments: {}",
        "discount_rate: {same: parties.club.discount_rate}, no_deal: {same: parties.city.no_deal}",
        "no_deal: 30, values: {share: {-0.5: {same: parties.club.values.share.0.25}, 2.5: 100}}",
    ],
)
def test_what_a_ratifier_has_of_its_party_is_not_written_and_read_back_the_same(text: str) -> None:
    scenario = loads(RATIFIED.replace("members: {title: The members}", f"members: {{title: The members, {text}}}"))
    assert loads(write(scenario)) == scenario


def test_a_ratifier_by_red_lines_alone_is_written_as_it_was_read() -> None:
    club = to_plain(loads(RATIFIED))["parties"]["club"]  # type: ignore[call-overload, index]
    assert club["ratifiers"]["members"] == {"title": "The members"}  # type: ignore[call-overload, index]


def test_a_level_with_a_point_is_found_below_a_ratifier() -> None:
    path = "parties.club.ratifiers.youth.values.share.0.250"
    scenario = loads(RATIFIED + f"  {path}: {{assumed: A guess.}}\n", overrides=[f"{path[:-1]}=50"])
    assert scenario.provenance[-1].prefix == ("parties", "club", "ratifiers", "youth", "values", "share", "0.25")
    (middle,) = [value for value in party_of(scenario, "youth").values if value.option == "0.25"]
    assert middle.quantity == Constant(50.0)
    tied = RATIFIED.replace("parties.city.no_deal]", f"{path}]")
    assert loads(tied).ties[0].between[1] == ("parties", "club", "ratifiers", "youth", "values", "share", "0.25")


def test_a_place_below_a_ratifier_that_only_its_party_fills_has_a_provenance() -> None:
    path = "parties.club.ratifiers.members.values.share.0.25"
    said = RATIFIED + f"  {path}: {{assumed: As the club's.}}\n"
    found = loads(said, overrides=["parties.club.ratifiers.members.no_deal=30"])
    assert found.provenance[-1].prefix[-1] == "0.25"
    with pytest.raises(ScenarioError, match="members"):
        loads(said)


BOAT = "negsim: 1\nbase: boat.scenario.yaml\n"


def change_of(folder: Path, base: str, change: str) -> Scenario:
    """Load a change to a base."""
    (folder / "boat.scenario.yaml").write_text(base, encoding="utf-8")
    file = folder / "change.scenario.yaml"
    file.write_text(BOAT + change, encoding="utf-8")
    return load(file)


OLD, NEW = "{uniform: {low: 0.1, high: 1}}", "{triangular: {low: 0.1, mode: 0.2, high: 1}}"


def test_a_quantity_of_a_base_is_replaced_whole_and_the_rest_of_its_block_kept(tmp_path: Path) -> None:
    base = EXAMPLE_BASE.replace("{title: Seller", "{discount_rate: 0.1, title: Seller")
    base = (
        base.replace("{title: Buyer", f"{{discount_rate: {OLD}, title: Buyer")
        + f"""\
war: {{sides: {{buyer: {{collapse: {OLD}}}, seller: {{}}}}}}
durability:
  breakers: {{buyer: {{hazard: {OLD}, because: x}}}}
  power_shifts: {{s: {{when: price > 0, points: {{buyer: {OLD}}}}}}}
side_payments: {{currency: EUR, at_most: {OLD}, worth: {{buyer: {OLD}, seller: 2}}}}
"""
    )
    change = f"""\
parties: {{buyer: {{discount_rate: {NEW}}}}}
war: {{sides: {{buyer: {{collapse: {NEW}}}}}}}
durability: {{breakers: {{buyer: {{hazard: {NEW}}}}}, power_shifts: {{s: {{points: {{buyer: {NEW}}}}}}}}}
side_payments: {{at_most: {NEW}, worth: {{buyer: {NEW}}}}}
"""
    assert change_of(tmp_path, base, change) == loads(base.replace(OLD, NEW))


def test_quantities_of_levers_sacred_values_and_ratifiers_of_a_base_are_replaced_whole(tmp_path: Path) -> None:
    sold = "sacred: {a: {require: price > 0, material: price > 10, offence: %s, symbolic: price > 20, relief: %s}}"
    asks = "ratifiers: {wife: {title: Wife, no_deal: %s, priorities: {price: %s}}}"
    base = EXAMPLE_BASE.replace(
        "{title: Seller", f"{{good_faith: {OLD}, {sold % (OLD, OLD)}, {asks % (OLD, OLD)}, title: Seller"
    ).replace("parties:\n", f"parties:\n  aunt: {{title: Aunt, role: mediator, levers: {{buyer: {{stick: {OLD}}}}}}}\n")
    change = (
        f"parties: {{aunt: {{levers: {{buyer: {{stick: {NEW}}}}}}}, seller: {{good_faith: {NEW}, "
        f"sacred: {{a: {{offence: {NEW}, relief: {NEW}}}}}, ratifiers: {{wife: {{no_deal: {NEW}, priorities: {{price: {NEW}}}}}}}}}}}"
    )
    assert change_of(tmp_path, base, change) == loads(base.replace(OLD, NEW))


def test_a_no_deal_value_of_a_base_is_replaced_whole(tmp_path: Path) -> None:
    base = EXAMPLE_BASE.replace("no_deal: 40", "no_deal: {lottery: {ends: {sold: {worth: 9}}, costs: {a: 1}}}")
    kept = "no_deal: {lottery: {ends: {kept: {worth: 5}}}}"
    assert change_of(tmp_path, base, f"parties: {{seller: {{{kept}}}}}") == loads(
        EXAMPLE_BASE.replace("no_deal: 40", kept)
    )


@pytest.mark.parametrize(
    "override",
    [
        "parties.city.no_deal.lottery.ends.sold.worth=5",
        "parties.city.no_deal.uniform.low=5",
        "parties.city.no_deal.same_as={site: middle, years: 0, share: 0, fee: irrelevant}",
        "parties.rowers.no_deal.lottery.costs.sails=3",
        "parties.port.no_deal.war.losses.heat.factors.cold=0.5",
        "parties.envoy.levers.city.stick=5",
        "parties.club.sacred.song.require=years > 0",
    ],
)
def test_an_override_makes_the_blocks_on_its_way(override: str) -> None:
    start = RICH.replace("no_deal: {uniform: {low: 20, high: 40}}", "about: x").replace(
        "    between: [parties.club.red_lines.term.firmness, parties.city.no_deal]",
        "    between: [parties.club.red_lines.term.firmness, parties.club.priorities.site]",
    )
    start = start.replace("no_deal: {same: parties.city.no_deal}", "no_deal: 5")
    needs = ["parties.city.no_deal=5"] if "city.no_deal" not in override else []
    if override.endswith("low=5"):
        needs = ["parties.city.no_deal.uniform.high=9"]
    if "heat" in override:
        needs.append("parties.port.no_deal.war.losses.heat.points=3")
    assert loads(start, overrides=[override, *needs]) != loads(start, overrides=["parties.city.no_deal=7"])


def test_an_override_does_not_make_a_misspelt_block() -> None:
    with pytest.raises(UsageError, match=r"did you mean parties\.port\.no_deal\.war"):
        loads(RICH, overrides=["parties.port.no_deal.wars.win=5"])


SCHEMA = jsonschema.Draft7Validator(json_schema())


@pytest.mark.parametrize("text", [RICH, RATIFIED], ids=["rich", "ratified"])
def test_an_editor_underlines_nothing_in_the_new_blocks(text: str) -> None:
    assert list(SCHEMA.iter_errors(read_document(text, "rich").tree)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("        side: city", "        sides: city"),
        ("option: outside", "option: beside"),
        ("worth: {same_as: {}, rest: 5}", "worth: {same_as: {}, rets: 5}"),
        ("factors: {ships", "factor: {ships"),
        ("belief: {a: 8, b: 1..3}", "belief: {a: 8}"),
        ("lasts: guarantee", "lasts: ever"),
        ("indivisible: true", "indivisible: 1"),
        ("role: mediator", "role: ratifier"),
        ("members: {title: The members}", "members: {title: The members, good_faith: 1}"),
        ("stick: 0..5", "stik: 0..5"),
        ("currency: bn marks, ", ""),
    ],
)
def test_the_json_schema_rejects_what_an_editor_should_underline(old: str, new: str) -> None:
    assert old in RATIFIED
    assert not SCHEMA.is_valid(read_document(RATIFIED.replace(old, new, 1), "rich").tree)
