"""Claims: what a text means, what is wrong with one and where, and that no text does anything else."""

from __future__ import annotations

import re
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsim.scenario.claims import MEASURES, Change, Claim, ClaimNames, Scope, Trend, parse_claim
from negsim.scenario.claims.measures import SOLUTION_NAMES
from negsim.scenario.conditions import IssueNames
from negsim.scenario.conditions.flaws import Flaw
from negsim.solutions import SOLUTIONS
from tests.fuzz.condition_soup import NASTY, TOKENS, spoil

NO_DEAL = ("parties", "buyer", "no_deal")
LINE = ("parties", "seller", "red_lines", "floor")
NAMES = ClaimNames(
    [IssueNames("price", "numeric", levels=(Fraction(0), Fraction(5), Fraction(10)), unit="euros"), IssueNames("colour", "categorical", ("red", "blue"))],
    ("buyer", "seller", "parliament"),
    {"parties.buyer.no_deal": NO_DEAL, "parties.buyer.no_deal.same_as.0.5": ("parties", "buyer", "no_deal", "same_as", "0.5")},
    {"parties.seller.red_lines.floor": LINE, "rules.fair": ("rules", "fair"), "parties.buyer.no_deal": NO_DEAL},
    {"parties.seller.red_lines.floor": LINE, "rules.fair": ("rules", "fair")},
)  # fmt: skip

GOOD = [
    ("p_zone > 0.5", Scope.FILE, {"p_zone": "p_zone"}),
    ("p_zone > 50 %", Scope.FILE, {"p_zone": "p_zone"}),
    ("p_zone in 0 | 1", Scope.FILE, {"p_zone": "p_zone"}),
    ("not (p_zone == 1)", Scope.FILE, {"p_zone": "p_zone"}),
    ("p_agreement <= p_zone", Scope.FILE, {"p_agreement": "p_agreement", "p_zone": "p_zone"}),
    ("0.1 < p_zone and zone_size >= 2", Scope.FILE, {"p_zone": "p_zone", "zone_size": "zone_size"}),
    ("p_option(colour = red) > 2 * p_option(colour == blue)", Scope.FILE,
     {"p_option(colour = red)": "p_option", "p_option(colour == blue)": "p_option"}),
    ("p_accept(buyer) == 1", Scope.FILE, {"p_accept(buyer)": "p_accept"}),
    ("p_accept(parliament, price <= 5 and (colour = red)) > 0", Scope.FILE,
     {"p_accept(parliament, price <= 5 and (colour = red))": "p_accept"}),
    ("p_blocks(rules.fair) < 0.2", Scope.FILE, {"p_blocks(rules.fair)": "p_blocks"}),
    ("p_nash( colour = red ) >= p_utilitarian(colour = red)", Scope.FILE,
     {"p_nash( colour = red )": "p_nash", "p_utilitarian(colour = red)": "p_utilitarian"}),
    ("for every world, zone", Scope.WORLD, {"zone": "zone"}),
    ("For  every\nworld zone_size > 3", Scope.WORLD, {"zone_size": "zone_size"}),
    ("for every world, agreement implies zone", Scope.WORLD, {"agreement": "agreement", "zone": "zone"}),
    ("for every world, parties.buyer.no_deal > 30 implies not option(colour = red)", Scope.WORLD,
     {"parties.buyer.no_deal": "quantity", "option(colour = red)": "option"}),
    ("for every world, parties.buyer.no_deal.same_as.0.5 < 3", Scope.WORLD, {"parties.buyer.no_deal.same_as.0.5": "quantity"}),
    ("for every world, egalitarian(price >= 5) iff kalai_smorodinsky(price >= 5)", Scope.WORLD,
     {"egalitarian(price >= 5)": "egalitarian", "kalai_smorodinsky(price >= 5)": "kalai_smorodinsky"}),
    ("for every world, blocks(parties.seller.red_lines.floor) or accept(seller)", Scope.WORLD,
     {"blocks(parties.seller.red_lines.floor)": "blocks", "accept(seller)": "accept"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "scope", "measures"), GOOD)
def test_a_claim_says_over_what_it_speaks_and_what_it_asks(text: str, scope: Scope, measures: dict[str, str]) -> None:
    found = parse_claim(text, NAMES)
    assert isinstance(found, Claim), found
    assert (found.text, found.scope, found.trend, found.change) == (text, scope, None, None)
    assert {written: one.name for written, one in found.measures.items()} == measures
    assert all(one.text == written for written, one in found.measures.items())


def test_brackets_hold_a_party_a_condition_or_a_path() -> None:
    found = parse_claim("p_accept(parliament, price <= 5) > p_blocks( rules.fair )", NAMES)
    assert isinstance(found, Claim)
    accept, blocks = found.measures.values()
    assert (accept.party, accept.condition and accept.condition.issues) == ("parliament", ("price",))
    assert (blocks.path, blocks.condition) == (("rules", "fair"), None)


@pytest.mark.parametrize("text", ["for every outcome in zone, price > 0", "for every outcome in the zone price > 0"])
def test_of_every_outcome_a_condition_on_issues_is_said(text: str) -> None:
    found = parse_claim(text, NAMES)
    assert isinstance(found, Claim)
    assert (found.scope, found.root, found.condition and found.condition.issues) == (Scope.OUTCOME, None, ("price",))


CHANGES = [
    ("does not increase", "parties.buyer.no_deal goes 10..60", Trend.NOT_UP, Change(NO_DEAL, "goes", 10.0, 60.0)),
    ("never increases", "parties.buyer.no_deal goes from 10 to 60.5", Trend.NOT_UP, Change(NO_DEAL, "goes", 10.0, 60.5)),
    ("does  not\ndecrease", "rules.fair is dropped", Trend.NOT_DOWN, Change(("rules", "fair"), "dropped")),
    ("never decreases", "rules.fair is dropped", Trend.NOT_DOWN, Change(("rules", "fair"), "dropped")),
    ("is unchanged", "parties.buyer.no_deal becomes {normal: {mean: 5, sd: 1}}", Trend.SAME,
     Change(NO_DEAL, "becomes", value="{normal: {mean: 5, sd: 1}}")),
    ("unchanged", "parties.seller.red_lines.floor is dropped", Trend.SAME, Change(LINE, "dropped")),
    ("does not change", "rules.fair is dropped", Trend.SAME, Change(("rules", "fair"), "dropped")),
    ("increases", "parties.buyer.no_deal goes 60 .. -10", Trend.UP, Change(NO_DEAL, "goes", 60.0, -10.0)),
    ("decreases", "parties.buyer.no_deal goes 0.5..1", Trend.DOWN, Change(NO_DEAL, "goes", 0.5, 1.0)),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "how", "trend", "change"), CHANGES)
@pytest.mark.parametrize(("subject", "scope"), [("p_zone - 2 * p_agreement", Scope.FILE), ("for every world, zone", Scope.WORLD)])  # fmt: skip
def test_a_claim_says_what_a_change_does(
    subject: str, scope: Scope, verb: str, how: str, trend: Trend, change: Change
) -> None:
    found = parse_claim(f"{subject} {verb} when {how}", NAMES)
    assert isinstance(found, Claim), found
    assert (found.scope, found.trend, found.change) == (scope, trend, change)


# The stretch that is pointed at stands between the marks.
FLAWED = [
    ("«»", "NS311", "the claim is empty", "say what must hold: p_zone > 0.5"),
    ("«p_zones» > 0.5", "NS310", "there is no result 'p_zones'", "did you mean p_zone?"),
    ("p_zone", "NS304", "p_zone is a number, not a condition", "compare it: p_zone > 0.5"),
    ("«p_zone + 1»", "NS304", "'p_zone + 1' is a number, not a condition", "compare it"),
    ("«zone» > 0", "NS310", "zone holds in some worlds and not in others", "write p_zone, or begin with 'for every world,'"),
    ("for every world, «p_zone» > 0", "NS310", "p_zone is a share of all worlds, and not of one", "in every world, write zone"),
    ("for every world, «zone» > 0", "NS304", "zone holds or does not hold, and is no number", "join it by and, or, not, implies"),
    ("«parties.buyer.no_deal» > 1", "NS310", "parties.buyer.no_deal differs from world to world", "begin with 'for every world,'"),
    ("for every world, «buyer.no_deal» > 1", "NS310", "there is no result 'buyer.no_deal'", "did you mean parties.buyer.no_deal?"),
    ("«price» > 5", "NS310", "there is no result 'price'",
     "conditions on issues stand in brackets: p_option(price == ...), or after 'for every outcome in zone,'"),
    ("«p_option» > 0.5", "NS310", "p_option needs to know what of", "write p_option(CONDITION)"),
    ("p_option(colour = «rde») > 0", "NS301", "colour has no option 'rde'", "did you mean 'red'?"),
    ("p_option(price = 5 and colour = «rde») > 0", "NS301", "colour has no option 'rde'", "did you mean 'red'?"),
    ("p_option(«colur» = red) > 0", "NS302", None, "did you mean 'colour'?"),
    ("p_accept(«byer») > 0", "NS310", "there is no party 'byer'", "did you mean buyer?"),
    ("p_accept( «byer», price > 3) > 0", "NS310", "there is no party 'byer'", "did you mean buyer?"),
    ("p_accept(buyer, colour = «rde») > 0", "NS301", "colour has no option 'rde'", "did you mean 'red'?"),
    ("«p_blocks(rules.unfair)» > 0", "NS310", "there is no red line or rule 'rules.unfair'", "did you mean rules.fair?"),
    ("«p_blocks(floor)» > 0", "NS310", "there is no red line or rule 'floor'", "did you mean parties.seller.red_lines.floor?"),
    ("p_zone / «0» > 1", "NS304", "nothing can be divided by zero", "divide by another number"),
    ("p_zone > 5 «euros»", "NS304", "'euros' after a number says nothing here", "leave it out"),
    ("p_zone > p_agreement > 1", "NS303", None, None),
    ("(p_zone > 1", "NS303", None, None),
    ("«1 > 0»", "NS304", None, None),
    ("«for all worlds» zone", "NS311", "claims do not begin with 'for all worlds'", "write 'for every world' or 'for every outcome in zone'"),
    ("«for every wrld», zone", "NS311", "claims do not begin with 'for every wrld'", "write 'for every world' or 'for every outcome in zone'"),
    ("«for every world in zone», price > 3", "NS311", "claims do not begin with 'for every world in zone'", "write 'for every world' or 'for every outcome in zone'"),
    ("for every world, «for every world», zone", "NS311", "a claim begins with 'for' once", "leave one of them out"),
    ("«p_nsh»(price > 3) > 0.3", "NS310", "there is no result 'p_nsh'", "did you mean p_nash?"),
    ("p_zone > 0.5 and «p_acept» (buyer) > 0.3", "NS310", "there is no result 'p_acept'", "did you mean p_accept?"),
    ("p_zone > «(»", "NS303", None, None),
    ("«for every world»,", "NS311", "the claim ends before it says what must hold", "go on: zone_size > 3"),
    ("for every outcome in zone, price > «p_zone»", None, None, None),
    ("p_zone rises «when» rules.fair is dropped", "NS311", "'when' follows what a number does",
     "write one of: does not increase, does not decrease, is unchanged, increases, decreases"),
    ("p_zone increases «when rules.fair explodes»", "NS311", "what changes cannot be read",
     "write when PATH goes A..B, when PATH is dropped, when PATH becomes VALUE"),
    ("p_zone increases when «rules.fare» is dropped", "NS310", "there is no 'rules.fare'", "did you mean rules.fair?"),
    ("p_zone increases when «buyer.no_deal» goes 1..2", "NS310", "there is no quantity 'buyer.no_deal'", "did you mean parties.buyer.no_deal?"),
    ("p_zone increases when parties.buyer.no_deal goes «x»..2", "NS311", "'x' is not a number", "write 0.5..1"),
    ("p_zone increases when parties.buyer.no_deal goes «2..2»", "NS311", "2..2 is one value, and nothing changes", "write two ends"),
    ("«p_zone > 1» increases when rules.fair is dropped", "NS304", "'p_zone > 1' is a condition, not a number",
     "conditions are joined by and, or, implies, iff"),
    ("p_zone > 0 or «p_zones» > 1 or «p_zons» > 2", "NS310", "there is no result 'p_zones'", "did you mean p_zone?"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "code", "message", "help_"), FLAWED)
def test_a_flaw_says_what_is_wrong_where_and_what_to_write(
    marked: str, code: str | None, message: str | None, help_: str | None
) -> None:
    text = re.sub("[«»]", "", marked)
    found = parse_claim(text, NAMES)
    assert isinstance(found, tuple), found
    places = [
        (match.start() - 2 * k, max(1, len(match[1]))) for k, match in enumerate(re.finditer("«([^»]*)»", marked))
    ]
    assert not places or [(flaw.start, flaw.length) for flaw in found] == places
    assert code in (None, found[0].code)
    assert message in (None, found[0].message)
    assert help_ in (None, found[0].help)


def test_a_flaw_in_a_quoted_name_points_at_what_stands_there() -> None:
    (flaw,) = parse_claim("'p_option(colour = rde)' > 0", NAMES)  # type: ignore[misc]
    assert "'p_option(colour = rde)' > 0"[flaw.start : flaw.start + flaw.length] == "rde"


def test_a_claim_that_is_too_long_says_where_it_should_have_ended() -> None:
    text = "p_zone > 0 and " * 500 + "p_zone > 0"
    (flaw,) = parse_claim(text, NAMES)  # type: ignore[misc]
    assert (flaw.code, flaw.start + flaw.length) == ("NS306", len(text))


def test_claims_may_ask_for_every_solution_there_is() -> None:
    assert set(SOLUTION_NAMES) == set(SOLUTIONS)
    assert {f"p_{name}" for name in SOLUTIONS} | set(SOLUTIONS) <= set(MEASURES)


def assert_read(text: str) -> bool:
    found = parse_claim(text, NAMES)
    if isinstance(found, Claim):
        assert found.text == text
        return True
    assert found, f"{text!r} gave nothing"
    for flaw in found:
        assert isinstance(flaw, Flaw)
        assert re.fullmatch("NS30[1-9]|NS31[01]", flaw.code), (text, flaw)
        assert flaw.start >= 0, (text, flaw)
        assert flaw.length >= 1, (text, flaw)
        assert flaw.start + flaw.length <= max(1, len(text)), (text, flaw)
        assert flaw.message.isprintable(), (text, flaw)
        assert flaw.help.isprintable(), (text, flaw)
    assert [flaw.start for flaw in found] == sorted(flaw.start for flaw in found), (text, found)
    return False


WORDS = [
    *TOKENS, *NASTY, *MEASURES, "price", "colour", "red", "blue", "buyer", "seller", "parties.buyer.no_deal", "rules.fair",
    "for every world,", "for every outcome in zone,", "for all\nworlds", "when", "increases", "does not change", "is dropped",
    "becomes", "goes", "1..2", "p_option(colour = red)", "p_accept(", "p_blocks(", "'p_nash(colour =", "euros",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=25), st.sampled_from(["", " ", "\n"]))
@settings(max_examples=600)
def test_any_soup_of_words_is_a_claim_or_has_flaws_within(words: list[str], glue: str) -> None:
    assert_read(glue.join(words))


@given(st.text(max_size=80))
@settings(max_examples=300)
def test_any_text_is_a_claim_or_has_flaws_within(text: str) -> None:
    assert_read(text)


def test_good_claims_that_are_spoilt_are_claims_or_have_flaws_within() -> None:
    random = Random(20261126)
    texts = [text for text, _, _ in GOOD] + [f"p_zone {verb} when {how}" for verb, how, _, _ in CHANGES]
    outcomes = [assert_read(spoil(random, random.choice(texts), WORDS)) for _ in range(4_000)]
    assert 100 < sum(outcomes) < 3_900
