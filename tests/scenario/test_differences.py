"""What two scenarios say differently."""

from __future__ import annotations

import pytest
from hypothesis import given

from negsim.errors import format_path
from negsim.scenario import loads
from negsim.scenario.codes import EXAMPLE_BASE
from negsim.scenario.differences import Changed, Differences, find_differences
from negsim.scenario.marks import Plain
from tests.scenario.rich import RATIFIED, RICH
from tests.strategies import Document, documents, scenario_of


def found(before: str = RICH, after: str = RICH, *overrides: str) -> Differences:
    return find_differences(loads(before), loads(after, overrides=overrides))


def changed(differences: Differences) -> dict[str, tuple[Plain, Plain]]:
    return {format_path(item.path): (item.before, item.after) for item in differences.changed}


@pytest.mark.parametrize(
    ("override", "path", "before", "after"),
    [
        ("parties.city.no_deal=30..50", "parties.city.no_deal", "20..40", "30..50"),
        ("parties.club.priorities.fish=2", "parties.club.priorities.fish", 1, 2),
        ("parties.club.values.site.middle=55", "parties.club.values.site.middle", "40..70", 55),
        ("parties.club.red_lines.not_south.firmness=0.5", "parties.club.red_lines.not_south.firmness", "hard", 0.5),
        ("parties.club.red_lines.not_south.audience_cost=5", "parties.club.red_lines.not_south.audience_cost", 0, 5),
        ("parties.club.no_deal.same_as.years=10", "parties.club.no_deal.same_as.years", "10..20", 10),
        ("parties.club.no_deal.same_as.fish=club", "parties.club.no_deal.same_as.fish", "city", "club"),
        ("parties.club.demands.years=40", "parties.club.demands.years", {"at_least": 30}, 40),
        ("parties.state.consents_to=years > 30", "parties.state.consents_to", "years > 20", "years > 30"),
        ("parties.envoy.role=guarantor", "parties.envoy.role", "mediator", "guarantor"),
        ("agreement.quorum=1", "agreement.quorum", 2, 1),
        ("agreement.vetoes=[club, city]", "agreement.vetoes", ["club"], ["club", "city"]),
        ("issues.fish.when=site == north", "issues.fish.when", "site in north | middle", "site == north"),
        ("issues.years.step=10", "issues.years.step", 5, 10),
        ("ties.hardness.rank_correlation=0.4", "ties.hardness.rank_correlation", -0.4, 0.4),
        ("issues.fish.indivisible=null", "issues.fish.indivisible", True, None),
        ("war.sides.club.collapse=0.5", "war.sides.club.collapse", "0.05..0.2", 0.5),
        ("durability.breakers.city.hazard=0.5", "durability.breakers.city.hazard", "0.1..0.3", 0.5),
        ("durability.supports.bond.lasts=deal", "durability.supports.bond.lasts", "guarantee", None),
        ("durability.supports.bond.against=[club]", "durability.supports.bond.against", ["city"], ["club"]),
        ("durability.power_shifts.quay.towards=city", "durability.power_shifts.quay.towards", "club", "city"),
        ("durability.power_shifts.quay.points.city=4", "durability.power_shifts.quay.points.city", 3, 4),
        ("durability.remedies.fence.takes_away=1", "durability.remedies.fence.takes_away", 0.25, 1),
        ("side_payments.at_most=5", "side_payments.at_most", "0..5", 5),
        ("side_payments.worth.club=5", "side_payments.worth.club", 2, 5),
        ("parties.club.good_faith=1", "parties.club.good_faith", {"beta": {"a": 8, "b": 2}}, 1),
        ("parties.club.walks_out_below=0.2", "parties.club.walks_out_below", "0.1..0.3", 0.2),
        (
            "parties.club.tactic.averaged_tit_for_tat.window=4",
            "parties.club.tactic.averaged_tit_for_tat.window",
            "2..5",
            4,
        ),
        (
            "parties.club.tactic.averaged_tit_for_tat.start=0.8",
            "parties.club.tactic.averaged_tit_for_tat.start",
            1,
            0.8,
        ),
        ("protocol.kind=single_text", "protocol.kind", "monotonic_concession", "single_text"),
        ("protocol.sessions=1", "protocol.sessions", 3, None),
        ("protocol.order=[city, club]", "protocol.order", ["club", "city"], ["city", "club"]),
        ("protocol.breakdown=0", "protocol.breakdown", "0..0.05", 0),
        ("parties.club.discount_rate=1", "parties.club.discount_rate", "0.02..0.1", 1),
        ("parties.club.sacred.flag.material=share > 2", "parties.club.sacred.flag.material", "share > 1", "share > 2"),
        ("parties.state.levers.club.stick=3", "parties.state.levers.club.stick", 0, 3),
        ("parties.state.levers.city.carrots.rail.points=3", "parties.state.levers.city.carrots.rail.points", 1, 3),
        ("parties.port.no_deal.war.option=inside", "parties.port.no_deal.war.option", "outside", None),
        (
            "parties.port.no_deal.war.win.same_as.site=north",
            "parties.port.no_deal.war.win.same_as.site",
            "south",
            "north",
        ),
        ("parties.port.no_deal.war.losses.rust=2", "parties.port.no_deal.war.losses.rust", 1, 2),
        (
            "parties.rowers.no_deal.lottery.ends.law.worth.rest=6",
            "parties.rowers.no_deal.lottery.ends.law.worth.rest",
            5,
            6,
        ),
    ],
)
def test_one_change_is_found_at_its_path_as_it_stood_and_as_it_stands(
    override: str, path: str, before: Plain, after: Plain
) -> None:
    assert changed(found(RICH, RICH, override)) == {path: (before, after)}
    assert found(RICH, RICH, override).any_figure


def test_a_distribution_is_one_statement() -> None:
    normal = {"normal": {"mean": 3, "sd": 0.5}}
    path = "parties.club.priorities.years"
    assert changed(found(RICH, RICH, f"{path}={{normal: {{mean: 4, sd: 0.5}}}}"))[path][0] == normal


def test_what_only_one_scenario_says_has_nothing_on_the_other_side() -> None:
    without = RICH.replace("agreement: {quorum: 2, vetoes: [club]}\n", "")
    assert changed(found(without, RICH)) == {"agreement.quorum": (None, 2), "agreement.vetoes": (None, ["club"])}


def test_a_party_of_only_one_scenario_is_named_without_what_it_holds() -> None:
    without = RICH.replace("  envoy: {title: The envoy, role: mediator}\n", "")
    assert found(RICH, without) == Differences((), (("parties", "envoy"),), (), 0)
    assert found(without, RICH) == Differences((), (), (("parties", "envoy"),), 0)


@pytest.mark.parametrize(
    ("block", "path"),
    [
        ("      not_south: {require: site != south, firmness: hard, title: Never south}\n", "red_lines.not_south"),
        (
            "    adjustments:\n      both: {when: years >= 20 and share > 0.5, amount: -5..5, because: They go"
            " together.}\n",
            "adjustments.both",
        ),
    ],
)
def test_a_red_line_or_adjustment_of_only_one_scenario_is_named_by_its_path(block: str, path: str) -> None:
    assert block in RICH
    assert found(RICH, RICH.replace(block, "")) == Differences((), (("parties", "club", *path.split(".")),), (), 0)


def test_rules_and_ties_of_only_one_scenario_are_named_by_their_paths() -> None:
    start, end = RICH.index("rules:"), RICH.index("provenance:")
    without = RICH[:start] + "agreement: {quorum: 2, vetoes: [club]}\n" + RICH[end:]
    assert found(RICH, without).only_before == (("rules", "no_fee_in_the_middle"), ("ties", "hardness"))


def cut(text: str, start: str, end: str) -> str:
    """Take a piece out of a text, from the start of one piece up to another."""
    begin = text.index(start)
    return text[:begin] + text[text.index(end, begin) :]


@pytest.mark.parametrize(
    ("start", "end", "path"),
    [
        ("    watch: {", "  power_shifts:", "durability.supports.watch"),
        ("    boats: {", "  remedies:", "durability.power_shifts.boats"),
        ("    fence: {", "side_payments:", "durability.remedies.fence"),
        ("side_payments:", "protocol:", "side_payments"),
        ("protocol:", "talks:", "protocol"),
        ("talks:", "parties:", "talks"),
        ("    fights: {", "  reciprocity:", "talks.events.fights"),
        ("    word: {", "  observed:", "talks.counsel.word"),
        ("  deadline: {", "  events:", "talks.deadline.extensible"),
        ("        hope: {", "      about: Of the dockers", "talks.events.strike.effects.hope"),
        ("    tactic: {averaged", "    walks_out_below: 0.1", "parties.club.tactic.averaged_tit_for_tat"),
        ("    tactic: zeuthen", "    walks_out_below: {same", "parties.city.tactic.zeuthen"),
        ("      name: {require: years", "    demands: {site: north", "parties.club.sacred.name"),
        (", rail: {", "}\n        guarantee", "parties.state.levers.city.carrots.rail"),
        ("      club: {}\n", "    values: {share: {-0.5: 100", "parties.state.levers.club"),
    ],
)
def test_a_new_block_of_only_one_scenario_is_named_by_its_path_without_what_it_holds(
    start: str, end: str, path: str
) -> None:
    without = cut(RICH, start, end).replace("material: share > 2, offence: 3}", "material: share > 2}")
    whole = RICH.replace("material: share > 2, offence: 3}", "material: share > 2}")
    assert found(whole, without) == Differences((), (tuple(path.split(".")),), (), 0)
    assert found(without, whole) == Differences((), (), (tuple(path.split(".")),), 0)


def test_war_and_durability_of_only_one_scenario_are_named_once() -> None:
    war = EXAMPLE_BASE + "war: {sides: {seller: {collapse: 1}, buyer: {}}}\n"
    assert found(EXAMPLE_BASE, war).only_after == (("war",),)
    rated = EXAMPLE_BASE.replace("{title: S", "{discount_rate: 1, title: S").replace(
        "{title: B", "{discount_rate: 1, title: B"
    )
    durable = "durability: {breakers: {buyer: {hazard: 1}}, supports: {a: {when: price > 0, credibility: 1}}}\n"
    assert found(rated, rated + durable) == Differences((), (), (("durability",),), 0)


def test_a_tactic_instead_of_another_is_named_and_its_parameters_go_with_it() -> None:
    differences = found(RICH, RICH, "parties.club.tactic={time: {exponent: 4}}")
    assert differences == Differences(
        (),
        (("parties", "club", "tactic", "averaged_tit_for_tat"),),
        (("parties", "club", "tactic", "time"),),
        0,
    )


def test_a_tactic_with_its_defaults_differs_from_one_with_parameters_by_these_alone() -> None:
    assert changed(found(RICH, RICH, "parties.club.tactic=averaged_tit_for_tat")) == {
        "parties.club.tactic.averaged_tit_for_tat.window": ("2..5", 3)
    }


def test_another_form_of_no_deal_is_a_change_of_what_each_says() -> None:
    lottery = {"ends": {"sold": {"worth": 5}}}
    differences = found(EXAMPLE_BASE, EXAMPLE_BASE.replace("no_deal: 40", f"no_deal: {{lottery: {lottery}}}"))
    assert changed(differences) == {
        "parties.seller.no_deal": (40, None),
        "parties.seller.no_deal.lottery.ends.sold.worth": (None, 5),
    }


def test_what_a_ratifier_has_of_its_party_changes_with_it_and_is_not_named_again() -> None:
    path = "parties.club.values.site.middle"
    assert changed(found(RATIFIED, RATIFIED, f"{path}=55")) == {path: ("40..70", 55)}
    without = cut(RATIFIED, "middle: 40..70, ", "south: 0}\n      fish: {irrelevant: 60")
    assert changed(found(RATIFIED, without)) == {path: ("40..70", None)}
    none = cut(RATIFIED, "    adjustments:\n      both: {when: years >= 20 and", "    no_deal: {same_as: {site: middle")
    assert found(RATIFIED, none).only_before == (("parties", "club", "adjustments", "both"),)


def test_what_a_ratifier_says_itself_is_a_change_from_what_it_had_of_its_party() -> None:
    root = "parties.club.ratifiers.members"
    weighing = RATIFIED.replace("members: {title: The members", "members: {no_deal: 30, title: The members")
    assert changed(found(weighing, weighing, f"{root}.discount_rate=0.5")) == {
        f"{root}.discount_rate": ({"same": "parties.club.discount_rate"}, 0.5)
    }
    assert changed(found(RATIFIED, RATIFIED, f"{root}.no_deal=5")) == {f"{root}.no_deal": (None, 5)}
    assert found(RATIFIED, RATIFIED, f"{root}.title=All").n_texts == 1


def test_a_ratifier_and_its_red_lines_of_only_one_scenario_are_named_by_their_paths() -> None:
    without = RATIFIED.replace("      members: {title: The members}\n", "")
    assert found(RATIFIED, without).only_before == (("parties", "club", "ratifiers", "members"),)
    line = "        red_lines: {fishing: {require: fish != nobody, firmness: 0.4..0.9}}\n"
    path = ("parties", "club", "ratifiers", "youth", "red_lines", "fishing")
    assert found(RATIFIED, RATIFIED.replace(line, "")) == Differences((), (path,), (), 0)


SMALL = """
negsim: 1
id: small
title: Small
issues:
  land: {title: Land, options: {line: Line, zone: Zone, strip: Strip}}
  fee: {title: Fee, scale: 0..10, step: 5}
parties:
  ann: {title: Ann, demands: {land: line, fee: 0}, values: {land: {zone: 40}}, no_deal: 30}
"""


def test_an_option_of_only_one_scenario_is_named_and_its_values_go_with_it() -> None:
    fewer = SMALL.replace(", zone: Zone", "").replace("values: {land: {zone: 40}}, ", "")
    assert found(SMALL, fewer) == Differences((), (("issues", "land", "options", "zone"),), (), 0)


def test_an_issue_of_only_one_scenario_is_named_and_what_parties_say_of_it_goes_with_it() -> None:
    one = SMALL.replace("  fee: {title: Fee, scale: 0..10, step: 5}\n", "").replace(", fee: 0", "")
    assert found(SMALL, one) == Differences((), (("issues", "fee"),), (), 0)
    same = [text.replace("no_deal: 30", "no_deal: {same_as: {land: line}}") for text in (SMALL, one)]
    same[0] = same[0].replace("{land: line}}", "{land: line, fee: 5}}")
    assert found(*same).only_before == (("issues", "fee"),)
    assert found(*same).changed == ()


def test_another_order_of_options_is_a_change_of_those_that_both_have() -> None:
    turned = SMALL.replace("{line: Line, zone: Zone, strip: Strip}", "{zone: Zone, line: Line}")
    assert found(SMALL, turned) == Differences(
        (Changed(("issues", "land", "options"), ["line", "zone"], ["zone", "line"]),),
        (("issues", "land", "options", "strip"),),
        (),
        0,
    )


def test_a_scale_that_becomes_a_list_of_options_is_a_change_of_kind_and_scale() -> None:
    listed = SMALL.replace("scale: 0..10, step: 5", "options: {low: Low}").replace("fee: 0", "fee: low")
    differences = found(SMALL, listed)
    assert differences.only_after == (("issues", "fee", "options", "low"),)
    assert changed(differences) == {
        "issues.fee.kind": ("numeric", "categorical"),
        "issues.fee.scale": ("0..10", None),
        "issues.fee.step": (5, None),
        "parties.ann.demands.fee": (0, "low"),
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: The club", "title: Our club"),
        ("about: Wants much.", "about: Wants all."),
        ("title: Never south", "title: Not south"),
        ("about: The strike.", "about: A strike."),
        ("about: Promises", "about: Vows"),
        ("because: It did so.", "because: It did."),
        ("because: Money.", "because: Gold."),
        ("because: It is theirs.", "because: Theirs."),
        ("because: It shuts.", "because: It locks."),
        ("currency: bn marks", "currency: bn francs"),
        ("about: Behind closed doors.", "about: In public."),
        ("about: Once.", "about: One time."),
        ("title: The flag", "title: A flag"),
        ("because: Sung of.", "because: Sung."),
        ("because: Built by it.", "because: Built."),
        ("because: It pays.", "because: It paid."),
        ("because: As now.", "because: So now."),
        ("because: Said so.", "because: Wrote so."),
        ("because: They go together.", "because: They do."),
        ("because: The law.", "because: The old law."),
        ("Short of money.", "Rich."),
        ('"Water: deep and calm"', "Water"),
        ("[That it was here first.]", "[]"),
        ("title: Term,", "title: Years,"),
        ("about: Only near", "about: Near"),
        ("unit: euros", "unit: dollars"),
        ("nobody: Nobody", "nobody: None"),
        ("id: harbour-2026", "id: harbour-2027"),
        ('title: "A harbour: sports, fish, money"', "title: A harbour"),
        ("title: A talk", "title: The talk"),
        ("words: statement, by: Its chair", "words: statement, by: Its secretary"),
    ],
)
def test_a_text_on_which_no_figure_hangs_is_counted_and_no_change(old: str, new: str) -> None:
    assert old in RICH
    differences = found(RICH, RICH.replace(old, new))
    assert differences == Differences((), (), (), 1)
    assert not differences.any_figure


def test_an_issue_called_like_a_text_is_no_text() -> None:
    text = SMALL.replace("fee:", "title:").replace("fee: 0", "title: 0")
    assert changed(found(text, text, "parties.ann.demands.title=10")) == {"parties.ann.demands.title": (0, 10)}
    assert changed(found(text, text, "issues.title.step=10")) == {"issues.title.step": (5, 10)}


@given(documents())
def test_a_scenario_differs_in_nothing_from_itself_whatever_the_order_of_its_parties(document: Document) -> None:
    turned = document | {"parties": dict(reversed(document["parties"].items()))}
    assert find_differences(scenario_of(document), scenario_of(turned)) == Differences((), (), (), 0)


@given(documents(), documents())
def test_scenarios_differ_somewhere_unless_they_are_equal(one: Document, other: Document) -> None:
    before, after = scenario_of(one), scenario_of(other)
    differences = find_differences(before, after)
    assert differences.any_figure == (before != after)
    back = find_differences(after, before)
    assert (back.only_before, back.only_after) == (differences.only_after, differences.only_before)
    assert changed(back) == {path: (now, said) for path, (said, now) in changed(differences).items()}
