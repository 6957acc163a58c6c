"""What a protocol, a tactic and walking out can get wrong, each at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.marked import assert_marked, problems_of

BROKER = "parties: {broker: {title: B, role: mediator, consents_to: price > 10}}\n"


def tactic(text: str) -> str:
    return f"parties: {{seller: {{tactic: {text}}}}}"


def protocol(text: str, *, head: str = "") -> str:
    return f"{head}protocol: {{{text}}}"


TACTICS = [
    ("NS427", tactic("«hold_out»")),
    ("NS427", tactic('«""»')),
    ("NS427", tactic("{«hold_out»: {level: 1}}")),
    ("NS427", tactic("{«hold_out»: {level: 5..6, any: 3}}")),
    ("NS427", tactic("«{time: {}, holdout: {}}»")),
    ("NS427", tactic("«{}»")),
    ("NS203", tactic("«3»")),
    ("NS203", tactic("«[time]»")),
    ("NS203", tactic("{time: «3»}")),
    ("NS203", tactic("{time: «fast»}")),
    ("NS222", tactic("{time: {«exponent»: null}}")),
    ("NS428", tactic("{time: {«speed»: 3}}")),
    ("NS428", tactic("{zeuthen: {«start»: 0.9}}")),
    ("NS428 NS428", tactic("{time: {«speed»: 3, exponent: 2, «end»: 3}}")),
    ("NS428 NS212", tactic("{time: {«speed»: 3, exponent: «0»}}")),
    ("NS212", tactic("{time: {exponent: «0»}}")),
    ("NS212", tactic("{time: {exponent: «1..200»}}")),
    ("NS212", tactic("{exponential: {start: «1»}}")),
    ("NS212", tactic("{averaged_tit_for_tat: {window: «0.5»}}")),
    ("NS212", tactic("{equilibrium: {discount: «90»}}")),
    ("NS210", tactic("{time: {exponent: «fast»}}")),
    ("NS210 NS211", tactic("{time: {exponent: «fast», start: «0.9..0.1»}}")),
    ("NS201", tactic("{time: {exponent: {normal: {mean: 3, sd: 1, «skew»: 2}}}}")),
    ("NS214", tactic("{time: {exponent: «{same: parties.buyer.tactic.time.exponent}»}}")),
    ("NS212", tactic("{holdout: {level: «{same: parties.buyer.no_deal}»}}")),
    ("NS201", "parties: {seller: {«tactics»: holdout}}"),
    ("NS201", "parties: {seller: {ratifiers: {wife: {title: W, «tactic»: holdout}}}}"),
    ("NS201", "parties: {seller: {ratifiers: {wife: {title: W, «walks_out_below»: 0.1}}}}"),
    ("NS212", "parties: {seller: {walks_out_below: «10»}}"),
    ("NS210", "parties: {seller: {walks_out_below: «never»}}"),
    ("NS429", "parties: {broker: {title: B, role: mediator, «tactic»: holdout}}"),
    ("NS429", "parties: {broker: {title: B, role: mediator, «tactic»: {time: {speed: 3}}}}"),
    ("NS429 NS429", "parties: {bank: {title: B, role: guarantor, «tactic»: time, «walks_out_below»: 0.1}}"),
    ("NS204", "parties: {broker: {title: B, role: «mediatr», tactic: holdout, walks_out_below: 0.1}}"),
]
PROTOCOLS = [
    ("NS203", "protocol: «alternating_offers»"),
    ("NS201", protocol("«round»: 5")),
    ("NS204", protocol("kind: «single»")),
    ("NS204", protocol("offers: «best»")),
    ("NS204", protocol("beliefs: «updated»")),
    ("NS203", protocol("kind: «3»")),
    *(
        ("NS203", protocol(f"rounds: «{wrong}»"))
        for wrong in ("0", "-1", "10001", "2.5", "20.0", "1..20", "true", "many")
    ),
    *(("NS203", protocol(f"sessions: «{wrong}»")) for wrong in ("0", "1001", "1.5", "[1]")),
    ("NS212", protocol("breakdown: «5»")),
    ("NS210", protocol("breakdown: «5 %»")),
    ("NS203", protocol("order: «seller»")),
    ("NS203", protocol("order: [seller, «3»]")),
    ("NS430", protocol("«order»: []")),
    ("NS430", protocol("«order»: [seller]")),
    ("NS430", protocol("order: [seller, «seller»]")),
    ("NS430", protocol("order: [seller, buyer, «seller»]")),
    ("NS430", protocol("order: [seller, buyer, «broker»]", head=BROKER)),
    ("NS417", protocol("order: [«seler», buyer]")),
    ("NS417 NS430", protocol("order: [«seler», buyer, «buyer»]")),
    ("NS430", "parties: {agent: {title: A, demands: {price: 0}, no_deal: 5}}\n" + protocol("«order»: [seller, buyer]")),
]
CASES = [*TACTICS, *PROTOCOLS]


@pytest.mark.parametrize(("codes", "marked"), CASES, ids=[f"{codes}: {marked}" for codes, marked in CASES])
def test_a_fault_is_found_at_its_place_and_no_other_is(codes: str, marked: str, tmp_path: Path) -> None:
    assert_marked(tmp_path, codes, marked)


PILES = [
    # What refers to a broken part is not blamed for it.
    ("NS427", "parties: {seller: {tactic: {«hold_out»: {level: 1}}, walks_out_below: {same: parties.seller.tactic.hold_out.level}}}"),
    ("NS210", "parties: {seller: {tactic: {time: {exponent: «fast»}}}, buyer: {tactic: {time: {exponent: {same: parties.seller.tactic.time.exponent}}}}}"),
    ("NS203", "parties: {broker: «nobody»}\n" + protocol("order: [seller, buyer, broker]")),
    ("NS203", "parties: {broker: «nobody»}\n" + protocol("order: [seller, buyer]")),
    ("NS204", "parties: {seller: {role: «signer»}}\n" + protocol("order: [seller, buyer]")),
    ("NS204", "parties: {seller: {role: «signer»}}\n" + protocol("order: [buyer]")),
    ("NS202", "parties: {«broker»: {role: mediator}}\n" + protocol("order: [seller, buyer]")),
]  # fmt: skip


@pytest.mark.parametrize(("codes", "marked"), PILES)
def test_one_cause_is_one_problem(codes: str, marked: str, tmp_path: Path) -> None:
    assert_marked(tmp_path, codes, marked)


NO_FAULTS = [
    tactic("holdout"),
    tactic("{holdout: {}}"),
    tactic("{time: {exponent: {pert: {low: 0.01, mode: 3, high: 100}}, start: {beta: {a: 2, b: 3}}}}"),
    "parties: {seller: {walks_out_below: 0}, buyer: {walks_out_below: 0..1}}",
    "protocol: {}",
    protocol("rounds: 1, sessions: 1000, order: [seller, buyer]"),
    protocol("order: [seller, buyer]", head=BROKER),
    protocol("breakdown: {same: parties.seller.walks_out_below}", head="parties: {seller: {walks_out_below: 0.1}}\n"),
]  # fmt: skip


@pytest.mark.parametrize("change", NO_FAULTS)
def test_what_is_right_gives_no_problem(change: str, tmp_path: Path) -> None:
    assert list(map(str, problems_of(tmp_path, change))) == []


MESSAGES = [
    (tactic("hold_out"), "there is no tactic 'hold_out'", "did you mean 'holdout'?"),
    (
        tactic("{time: {}, holdout: {}}"),
        "parties.seller.tactic must name exactly one tactic; it has time and holdout",
        "",
    ),
    (tactic("{}"), "parties.seller.tactic must name exactly one tactic; it has nothing", ""),
    (
        tactic("{time: 3}"),
        "parties.seller.tactic.time must be a mapping of parameters, not 3",
        "write tactic: time for its defaults",
    ),
    (tactic("{time: {exponnt: 3}}"), "the tactic time has no parameter 'exponnt'", "did you mean 'exponent'?"),
    (tactic("{zeuthen: {start: 1}}"), "the tactic zeuthen has no parameter 'start'", "zeuthen takes no parameters"),
    (
        tactic("{time: {exponent: 0}}"),
        "parties.seller.tactic.time.exponent is 0, outside 0.01..100 (exponent)",
        "",
    ),
    (
        "parties: {broker: {title: B, role: mediator, tactic: holdout}}",
        "broker is a mediator, who consents to deals and makes no offers",
        "leave tactic out, or make it a signatory",
    ),
    (
        protocol("kind: alternating"),
        "protocol.kind must be alternating_offers, stacked_alternating_offers, monotonic_concession, single_text or take_it_or_leave_it, not 'alternating'",
        "did you mean 'alternating_offers'?",
    ),
    (protocol("rounds: 0"), "protocol.rounds must be a whole number from 1 to 10,000, not 0", ""),
    (protocol("sessions: 2.5"), "protocol.sessions must be a whole number from 1 to 1,000, not 2.5", ""),
    (protocol("order: []"), "the order of speaking leaves out buyer and seller", "name every signatory once"),
    (protocol("order: [seller, buyer, buyer]"), "buyer is listed twice", ""),
    (
        protocol("order: [seller, buyer, broker]", head=BROKER),
        "broker is no signatory and makes no offers",
        "its consents_to says where its consent is needed",
    ),
]


@pytest.mark.parametrize(("change", "message", "help"), MESSAGES)
def test_a_message_names_the_thing_its_value_and_what_would_be_right(
    change: str, message: str, help: str, tmp_path: Path
) -> None:
    (problem,) = problems_of(tmp_path, change)
    assert (problem.message, problem.help) == (message, help)
