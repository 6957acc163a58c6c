"""What a well-shaped file can still get wrong: each fault has its code and its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.marked import assert_marked, problems_of

IDS = [
    ("NS205", "id: «Sale of a boat»"),
    ("NS205", "issues: {«Colour»: {title: Colour, options: [red]}}"),
    ("NS205", "issues: {colour: {title: Colour, options: [red, «dark-blue»]}}"),
    ("NS205", "issues: {colour: {title: Colour, options: {«any»: Any, red: Red}}}"),
    ("NS205", "issues: {colour: {title: Colour, options: [red, blue, «red»]}}"),
    ("NS205", "parties: {«Broker»: {title: B}}"),
    ("NS205", "parties: {seller: {red_lines: {«not»: {require: price > 0, firmness: hard}}}}"),
    ("NS205", "rules: {«1st»: {require: price > 0}}"),
    ("NS205", f"rules: {{«{'r' * 65}»: {{require: price > 0}}}}"),
    ("NS205", "sources: {«A»: {title: A}}"),
]
SCALES = [
    ("NS412", "issues: {price: {scale: «100..0»}}"),
    ("NS412", "issues: {price: {scale: «100..100»}}"),
    ("NS412", "issues: {price: {step: «30»}}"),
    ("NS412", "issues: {price: {step: «0»}}"),
    ("NS412", "issues: {price: {step: «-10»}}"),
    ("NS412", "issues: {length: {title: L, scale: 0..1, step: «0.3»}}"),
    ("NS412", "issues: {length: {title: L, scale: «0..100», step: 0.001}}"),
    ("NS412", "issues: {length: {title: L, scale: «0..1e20», step: 1e12}}"),
    ("NS412", "issues: {payment: {«step»: 3}}"),
    ("NS412", "issues: {payment: {«unit»: coins}}"),
    ("NS412", "issues: {price: {«options»: [low, high]}}"),
]
WHEN = [
    ("NS409", "issues: {delivery: {when: «berth == buyer»}}"),
    ("NS409", "issues: {delivery: {when: «delivery != now»}}"),
    (
        "NS409",
        "issues:\n  payment: {when: berth == buyer}\n  berth: {when: delivery == now}\n"
        "  delivery: {when: «payment == cash»}",
    ),
    ("NS301", "issues: {berth: {when: delivery != «nwo»}}"),
    ("NS303", 'issues: {berth: {when: «""»}}'),
]
CONDITIONS = [
    ("NS301", "rules: {fair: {require: payment == «cahs»}}"),
    ("NS302", "rules: {fair: {require: «paiment» == cash}}"),
    ("NS301 NS301", "rules: {fair: {require: payment == «cahs» or payment == «transfr»}}"),
    ("NS301", 'rules: {fair: {require: "payment == «cahs»"}}'),
    ("NS301", "rules:\n  fair:\n    require: price > 10 and payment == «cahs» # a remark"),
    ("NS308", "parties: {seller: {red_lines: {x: {require: price >= 20 «dollars», firmness: 1}}}}"),
    ("NS307", "parties: {seller: {adjustments: {x: {when: price == «55», amount: 1}}}}"),
    ("NS305", "parties: {broker: {title: B, role: mediator, consents_to: «payment > cash»}}"),
]
DEMANDS = [
    ("NS401", "parties: {seller: {demands: {«prise»: 70}}}"),
    ("NS402", "parties: {seller: {demands: {payment: {«at_least»: cash}}}}"),
    ("NS402", "parties: {seller: {demands: {payment: {«between»: cash..transfer}}}}"),
    ("NS402", "parties: {seller: {demands: {payment: {one_of: [cash, «cash»]}}}}"),
    ("NS402", "parties: {seller: {demands: {berth: «irrelevant»}, values: {berth: {irrelevant: 0}}}}"),
    ("NS403", "parties: {seller: {demands: {price: «75»}}}"),
    ("NS403", "parties: {seller: {demands: {price: «cheap»}}}"),
    ("NS403", "parties: {seller: {demands: {payment: «card»}}}"),
    ("NS403", "parties: {seller: {demands: {payment: «3»}}}"),
    ("NS403 NS403", "parties: {seller: {demands: {price: {one_of: [«71», 80, «82»]}}}}"),
    ("NS403", "parties: {seller: {demands: {delivery: {at_most: «autumn»}}}}"),
    ("NS403", "parties: {seller: {demands: {price: «irrelevant»}}}"),
    ("NS211", "parties: {seller: {demands: {price: {between: «80..70»}}}}"),
    ("NS211", "parties: {seller: {demands: {delivery: {between: «summer..now»}}}}"),
]
VALUES = [
    ("NS401", "parties: {seller: {priorities: {price: 1, «prise»: 1}}}"),
    ("NS401", "parties: {seller: {values: {«prise»: {0: 0}}}}"),
    ("NS403", "parties: {seller: {demands: {payment: cash}, values: {payment: {«card»: 3}}}}"),
    ("NS403", "parties: {seller: {values: {price: {«55»: 3}}}}"),
    ("NS403", 'parties: {seller: {values: {price: {50: 3, «"50.0"»: 4}}}}'),
    ("NS403", "parties: {seller: {values: {price: {«irrelevant»: 3}}}}"),
    ("NS404", "parties: {seller: {priorities: {price: 3, «payment»: 1}}}"),
    ("NS404", "parties: {seller: {priorities: {price: 3, «payment»: 0..1}}}"),
    ("NS405", "parties: {seller: {demands: {«berth»: buyer}}}"),
    ("NS405", "parties: {seller: {demands: {berth: buyer}, priorities: {price: 1, «berth»: 1}}}"),
    ("NS405", "parties: {seller: {values: {«berth»: {buyer: 100, seller: 0}}}}"),
    ("NS414", "parties: {seller: {«priorities»: {price: 0}}}"),
    ("NS414", "parties: {seller: {«priorities»: {}}}"),
    (
        "NS414",
        "parties:\n  buyer: {priorities: {price: 1, payment: 0}}\n"
        "  seller: {«priorities»: {price: {same: parties.buyer.priorities.payment}}}",
    ),
    ("NS415", "parties: {seller: {values: {«payment»: {cash: 100}}}}"),
    ("NS415", "parties: {seller: {demands: {price: null}, values: {«price»: {0: 0, 50: 100}}}}"),
]
DOMAINS = [
    ("NS212", "parties: {seller: {no_deal: «300»}}"),
    ("NS212", "parties: {seller: {no_deal: «-150..0»}}"),
    ("NS212", "parties: {seller: {priorities: {price: «-1..3»}}}"),
    ("NS212", "parties: {seller: {values: {price: {0: «101»}}}}"),
    ("NS212", "parties: {seller: {red_lines: {x: {require: price > 0, firmness: «60»}}}}"),
    ("NS212", "parties: {seller: {red_lines: {x: {require: price > 0, firmness: 1, audience_cost: «-1»}}}}"),
    ("NS212", "parties: {seller: {adjustments: {x: {when: price > 0, amount: «101»}}}}"),
    ("NS212", "parties: {seller: {no_deal: «{normal: {mean: 270, sd: 10}}»}}"),
    ("NS212", "parties: {seller: {no_deal: {same_as: {price: «90..110»}}}}"),
    ("NS212", "parties: {seller: {red_lines: {x: {require: price > 0, firmness: «{beta: {a: 2, b: 2, high: 2}}»}}}}"),
]
NO_DEAL = [
    ("NS406", "parties: {«broker»: {title: B, demands: {price: 50}}}"),
    ("NS406", "parties: {«broker»: {title: B, values: {price: {0: 0, 100: 100}}}}"),
    ("NS416", "parties: {seller: {demands: {payment: cash}, no_deal: {«same_as»: {price: 60}}}}"),
    ("NS401", "parties: {seller: {no_deal: {same_as: {price: 60, «prise»: 3}}}}"),
    ("NS403", "parties: {seller: {demands: {payment: cash}, no_deal: {same_as: {price: 60, payment: «card»}}}}"),
    ("NS403", "parties: {seller: {demands: {payment: cash}, no_deal: {same_as: {price: 60, payment: «[cash]»}}}}"),
    ("NS210", "parties: {seller: {no_deal: {same_as: {price: «cheap»}}}}"),
    ("NS210", "parties: {seller: {no_deal: {same_as: {price: «[60]»}}}}"),
    ("NS213", "parties: {seller: {no_deal: {same_as: {price: {normal: {mean: 50, sd: «0»}}}}}}"),
]
AGREEMENT = [
    ("NS408", "agreement: {quorum: «3»}"),
    ("NS408", "agreement: {«vetoes»: [seller]}"),
    ("NS408", "agreement: {quorum: 1, vetoes: [seller, «seller»]}"),
    ("NS408", "parties: {broker: {title: B, role: mediator}}\nagreement: {quorum: 1, vetoes: [«broker»]}"),
    ("NS408", "parties: {seller: {«consents_to»: price > 0}}"),
    ("NS417", "agreement: {quorum: 1, vetoes: [«sellers»]}"),
]
TWO_MORE = "parties: {seller: {no_deal: 30..40, priorities: {price: 1..2}}, buyer: {priorities: {price: 1..2}}}\n"
S, B, P, Q = (
    "parties.seller.no_deal",
    "parties.buyer.no_deal",
    "parties.seller.priorities.price",
    "parties.buyer.priorities.price",
)
SAME_AND_TIES = [
    ("NS214", "parties: {seller: {no_deal: «{same: parties.bayer.no_deal}»}}"),
    ("NS214", "parties: {seller: {no_deal: «{same: parties.buyer}»}}"),
    ("NS214", "parties: {seller: {no_deal: «{same: parties.seller.no_deal}»}}"),
    ("NS214", f"parties: {{buyer: {{no_deal: «{{same: {S}}}»}}, seller: {{no_deal: {{same: {B}}}}}}}"),
    ("NS212", f"parties: {{seller: {{priorities: {{price: 300}}, no_deal: «{{same: {P}}}»}}}}"),
    (
        "NS212",
        f"parties: {{seller: {{priorities: {{price: {{normal: {{mean: 3, sd: 1}}}}}}, no_deal: «{{same: {P}}}»}}}}",
    ),
    ("NS215", TWO_MORE + f"ties: {{t: {{between: «[{S}]», rank_correlation: 0.5}}}}"),
    ("NS215", TWO_MORE + f"ties: {{t: {{between: «[{S}, {S}]», rank_correlation: 0.5}}}}"),
    ("NS215", TWO_MORE + f"ties: {{t: {{between: [{S}, «{B}s»], rank_correlation: 0.5}}}}"),
    ("NS215", TWO_MORE + f"ties: {{t: {{between: [{S}, {B}], rank_correlation: «1»}}}}"),
    ("NS215", TWO_MORE + f"ties: {{t: {{between: [{S}, {B}], rank_correlation: «-1.5»}}}}"),
    ("NS215", f"ties: {{t: {{between: [«{S}», {B}], rank_correlation: 0.5}}}}"),
    (
        "NS215",
        f"parties: {{seller: {{no_deal: {{same: {B}}}}}}}\n"
        f"ties: {{t: {{between: [«{S}», {B}], rank_correlation: 0.5}}}}",
    ),
    (
        "NS215",
        TWO_MORE
        + f"ties:\n  t: {{between: [{S}, {B}], rank_correlation: 0.5}}\n"
        + f"  «u»: {{between: [{B}, {S}], rank_correlation: 0.5}}",
    ),
    (
        "NS215",  # if a and b, and b and c, are nearly equal, a and c cannot be opposed
        TWO_MORE
        + f"ties:\n  t: {{between: [{S}, {B}], rank_correlation: 0.9}}\n"
        + f"  u: {{between: [{B}, {P}], rank_correlation: 0.9}}\n"
        + f"  «v»: {{between: [{S}, {P}], rank_correlation: -0.9}}",
    ),
]
PROVENANCE = [
    ("NS413", "provenance: {«parties.seler»: {assumed: x}}"),
    ("NS413", "provenance: {«parties.seller»: {note: x}}"),
    ("NS413", "provenance: {parties.seller: {source: «ad»}}"),
    ("NS413", "provenance: {parties.seller: {assumed: x, «by»: someone}}"),
    ("NS413", "provenance: {«sources»: {assumed: x}}\nsources: {ad: {title: Ad}}"),
    ("NS413", "provenance: {«seller»: {assumed: x}}"),
]
GROUPS = [IDS, SCALES, WHEN, CONDITIONS, DEMANDS, VALUES, DOMAINS, NO_DEAL, AGREEMENT, SAME_AND_TIES, PROVENANCE]
CASES = [case for group in GROUPS for case in group]


@pytest.mark.parametrize(("codes", "marked"), CASES, ids=[f"{codes}: {marked}" for codes, marked in CASES])
def test_a_fault_is_found_at_its_place_and_no_other_is(codes: str, marked: str, tmp_path: Path) -> None:
    assert_marked(tmp_path, codes, marked)


NO_FAULTS = [
    "parties: {broker: {title: B, role: mediator}}",
    "parties: {broker: {title: B, role: guarantor, red_lines: {x: {require: price > 0, firmness: hard}}}}",
    "parties: {seller: {priorities: {price: 1, payment: 0}, no_deal: {same_as: {price: 60}}}}",
    "parties: {seller: {demands: {berth: buyer}, values: {berth: {irrelevant: 0}}}}",
    "parties: {seller: {demands: {berth: buyer}, priorities: {price: 1}}}",
    "parties: {seller: {demands: {price: any}, values: {price: {50: 0}}}}",
    "parties: {seller: {no_deal: {normal: {mean: 250, sd: 10}}}}",
    "parties: {seller: {no_deal: {same: parties.buyer.no_deal}}}",
    "parties: {seller: {values: {price: {0: 5}}, no_deal: {same: parties.seller.values.price.0}}}",
    TWO_MORE
    + f"ties:\n  t: {{between: [{S}, {B}], rank_correlation: 0.9}}\n"
    + f"  u: {{between: [{P}, {Q}], rank_correlation: -0.9}}",
    "agreement: {quorum: 1, vetoes: [seller]}",
    "issues: {length: {title: L, scale: -0.5..1.5, step: 0.1}}",
    "issues: {length: {title: L, scale: -5..-1, step: 2, unit: metres}}",
    "provenance: {parties: {assumed: x}, issues.price.scale: {assumed: x}, parties.seller.no_deal: {assumed: x}}",
]


@pytest.mark.parametrize("change", NO_FAULTS)
def test_what_is_right_gives_no_problem(change: str, tmp_path: Path) -> None:
    assert list(map(str, problems_of(tmp_path, change))) == []


MESSAGES = [
    (
        "parties: {seller: {demands: {price: 75}}}",
        "price has no level 75",
        "the nearest levels are 70 and 80",
    ),
    ("parties: {seller: {demands: {price: 750}}}", "price has no level 750", "the scale goes from 0 to 100"),
    (
        "parties: {seller: {red_lines: {x: {require: price > 0, firmness: 60}}}}",
        "parties.seller.red_lines.x.firmness is 60, outside 0..1 (probability)",
        "a probability of 60 % is 0.6",
    ),
    (
        "parties: {seller: {no_deal: 100..300}}",
        "parties.seller.no_deal goes from 100 to 300, outside -100..200 (points of utility)",
        "",
    ),
    (
        "parties: {seller: {values: {payment: {cash: 100}}}}",
        "seller gives no value to the options transfer of payment",
        "add them, or demands.payment to infer them from",
    ),
    (
        "issues: {price: {step: 30}}",
        "the step 30 does not divide the scale 0..100",
        "the last level would be 90",
    ),
    (
        "agreement: {quorum: 3}",
        "the quorum is 3, but there are 2 signatories",
        "",
    ),
    (
        "parties: {seller: {no_deal: {same: parties.bayer.no_deal}}}",
        "parties.seller.no_deal is the same as parties.bayer.no_deal, but there is no such quantity",
        "did you mean 'parties.buyer.no_deal'?",
    ),
]


@pytest.mark.parametrize(("change", "message", "help"), MESSAGES)
def test_a_message_names_both_things_both_values_and_what_would_be_right(
    change: str, message: str, help: str, tmp_path: Path
) -> None:
    (problem,) = problems_of(tmp_path, change)
    assert (problem.message, problem.help) == (message, help)


def test_no_signatory_is_one_problem(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, "parties: {seller: {role: guarantor}, buyer: {role: mediator}}")
    assert [problem.code for problem in problems] == ["NS407"]


def test_ties_of_more_than_sixty_quantities_in_one_group_are_refused(tmp_path: Path) -> None:
    lines = [f"    l{i}: {{require: price > 0, firmness: 0..1}}" for i in range(62)]
    ties = [
        f"  t{i}: {{between: [parties.seller.red_lines.l{i}.firmness, parties.seller.red_lines.l{i + 1}.firmness], "
        "rank_correlation: 0.1}"
        for i in range(60)
    ]
    head = "parties:\n  seller:\n   red_lines:\n" + "\n".join(lines) + "\nties:\n"
    assert problems_of(tmp_path, head + "\n".join(ties[:59])) == ()
    assert [problem.code for problem in problems_of(tmp_path, head + "\n".join(ties))] == ["NS215"]
