"""Rules against protocols, tactics and walking out, at exact places."""

from __future__ import annotations

import pytest

from tests.checks.sale import found_over_sale, lint_over_sale

WALKS = "parties:\n  seller: {walks_out_below: 0.2}\n"
SOURCED = (
    "sources: {ad: {title: An ad}}\nprovenance:\n  parties.seller.%s: {source: ad}\n  parties.buyer: {source: ad}\n"
)
NUMBERS = "sources: {ad: {title: An ad}}\nprovenance: {parties: {source: ad}%s}\n"

# A fragment over the sale -> what is found: code, line of the fragment, and the text that is pointed at.
CASES = {
    "a party walks out of talks without a protocol": (WALKS, [("NS533", 2, "walks_out_below")]),
    "both walk out of one session": (
        "protocol: {rounds: 5}\nparties:\n  seller: {walks_out_below: 0.2}\n  buyer: {walks_out_below: 0.1..0.3}\n",
        [("NS533", 3, "walks_out_below"), ("NS533", 4, "walks_out_below")],
    ),
    "a party walks out on beliefs that are fixed": (
        "protocol: {sessions: 4, beliefs: fixed}\n" + WALKS,
        [("NS533", 3, "walks_out_below")],
    ),
    "nothing of how a party bargains has a source": (
        SOURCED % "demands"
        + "  parties.seller.no_deal: {source: ad}\nprotocol: {sessions: 2}\nparties:\n"
        + "  seller: {tactic: holdout, walks_out_below: 0.2}\n",
        [("NS510", 6, "protocol"), ("NS510", 8, "tactic"), ("NS510", 8, "walks_out_below")],
    ),
    "one parameter of two has a source": (
        SOURCED % "tactic.time.exponent"
        + "  parties.seller.demands: {source: ad}\n  parties.seller.no_deal: {source: ad}\n"
        + "parties:\n  seller: {tactic: {time: {exponent: 1..6, start: 0.9}}}\n",
        [("NS510", 8, "start")],
    ),
    "the numbers of the talks have no source": (
        NUMBERS % "" + "protocol: {kind: single_text, rounds: 5, breakdown: 0.1}\n",
        [("NS510", 3, "protocol")],
    ),
    "one number of the talks has no source": (
        NUMBERS % ", protocol.rounds: {source: ad}" + "protocol: {rounds: 5, breakdown: 0.1}\n",
        [("NS510", 3, "breakdown")],
    ),
    "a parameter that is the same as a constant": (
        "parties:\n  seller: {tactic: {time: {exponent: {same: parties.buyer.tactic.time.exponent}}}}\n"
        "  buyer: {tactic: {time: {exponent: 3}}}\n",
        [("NS525", 2, "{same: parties.buyer.tactic.time.exponent}")],
    ),
}

# What looks much the same and is right.
FINE = {
    "walking out between sessions on what is learned": "protocol: {sessions: 2}\n" + WALKS,
    "a tactic without a protocol": "parties:\n  seller: {tactic: holdout}\n",
    "one session and nobody who walks out": "protocol: {rounds: 5, beliefs: fixed}\nparties:\n  seller: {tactic: zeuthen}\n",
    "a protocol that states no number": NUMBERS % "" + "protocol: {kind: single_text, order: [seller, buyer]}\n",
    "a protocol with a source": NUMBERS % ", protocol: {source: ad}" + "protocol: {rounds: 5, breakdown: 0.1}\n",
    "a parameter that is the same as another": (
        SOURCED % "tactic.time.start"
        + "  parties.seller.demands: {source: ad}\n  parties.seller.no_deal: {source: ad}\nparties:\n"
        + "  seller: {tactic: {time: {start: 0.9, exponent: {same: parties.buyer.tactic.time.exponent}}}}\n"
        + "  buyer: {tactic: {time: {exponent: 3..4}}}\n"
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_finding_stands_at_its_place(case: str) -> None:
    fragment, expected = CASES[case]
    assert found_over_sale(fragment) == expected


@pytest.mark.parametrize("case", FINE)
def test_what_is_right_is_let_alone(case: str) -> None:
    assert lint_over_sale(FINE[case]) == ()
