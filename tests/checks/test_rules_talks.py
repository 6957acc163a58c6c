"""Rules against calendars of talks, at exact places."""

from __future__ import annotations

import pytest

from tests.checks.sale import found_over_sale, lint_over_sale

HEAD = "talks:\n  start: 2026-02-01\n  horizon: 2026-06-30\n"
SESSIONS = "  sessions: {first: {date: 2026-02-17}, second: {date: 2026-03-17}}\n"
NOW = "  now: 2026-03-01\n"
SEEN = "  observed: {none: {session: first}}\n"
EFFECT = "effects: {more: {path: parties.buyer.no_deal, add: 5}}"
SWAP = "  partial_agreements: {swap: {issue: carrier, to: buyer, instead_of: seller}}\n"
SOURCED = "sources: {ad: {title: An ad}}\nprovenance:\n  parties: {source: ad}\n"

# A fragment over the sale -> what is found: code, line of the fragment, and the text that is pointed at.
CASES = {
    "of a past session nothing was seen": (HEAD + NOW + SESSIONS, [("NS534", 5, "first")]),
    "of a series that has begun nothing can be seen": (
        HEAD + NOW + "  sessions: {weekly: {every: 7}}\n",
        [("NS534", 5, "weekly")],
    ),
    "an issue might have been settled at a past session": (
        HEAD + NOW + SWAP + "  sessions: {first: {date: 2026-02-17, agenda: [carrier]}}\n",
        [("NS534", 6, "first")],
    ),
    "an envoy and a track without sessions": (
        HEAD
        + SESSIONS
        + "  envoys: {ann: {party: seller}, bob: {party: seller}}\n  tracks: {front: {delegations: {seller: ann}}}\n",
        [("NS535", 5, "bob"), ("NS535", 6, "front")],
    ),
    "a what-if leaves a track": (
        HEAD
        + "  sessions: {first: {date: 2026-02-17, track: front}}\n  tracks: {front: {}, back: {}, side: {}}\n"
        + "  what_if: {move: {tracks: {front: back}}}\n",
        [("NS535", 5, "side")],
    ),
    "an event that is observed and says nothing of good faith": (
        HEAD + SESSIONS + NOW + SEEN[:-2] + ", it: {event: storm}}\n  events: {storm: {date: 2026-02-20, chance: 0.5}}\n",
        [("NS536", 7, "storm")],
    ),
    "a session, a series and an event after the last day": (
        HEAD
        + "  deadline: {firm: {date: 2026-05-01}}\n  sessions:\n    first: {date: 2026-05-02}\n    weekly: {every: 7, from: 2026-05-03}\n"
        + f"  events: {{storm: {{date: 2026-05-04, {EFFECT}}}}}\n",
        [("NS537", 6, "2026-05-02"), ("NS537", 7, "2026-05-03"), ("NS537", 8, "2026-05-04")],
    ),
    "a party walks out of a calendar with one session": (
        HEAD + "  sessions: {first: {date: 2026-02-17}}\nparties: {seller: {walks_out_below: 0.2}}\n",
        [("NS533", 5, "walks_out_below")],
    ),
    "nothing of a calendar has a source": (SOURCED + HEAD + SESSIONS, [("NS510", 4, "talks")]),
    "one session, the deadline and a figure of an envoy have no source": (
        SOURCED
        + "  talks.sessions.first: {source: ad}\n"
        + HEAD
        + SESSIONS.replace("first: {", "first: {delegations: {seller: ann}, ")
        + "  envoys: {ann: {party: seller, sidesteps: 0.1}}\n  deadline: {firm: {date: 2026-06-01}}\n",
        [("NS510", 8, "second"), ("NS510", 9, "envoys"), ("NS510", 10, "deadline")],
    ),
}  # fmt: skip

# What looks much the same and is right.
FINE = {
    "a past session that was seen": HEAD + NOW + SESSIONS + SEEN,
    "a session today": HEAD + "  now: 2026-02-17\n" + SESSIONS,
    "an issue that was settled at a past session": HEAD
    + NOW
    + SWAP
    + "  sessions: {first: {date: 2026-02-17, agenda: [carrier]}}\n  observed: {it: {partial: swap, at: first}}\n",
    "an issue that was not settled so far": HEAD
    + NOW
    + SWAP
    + "  sessions: {first: {date: 2026-02-17, agenda: [carrier]}}\n  observed: {it: {partial: swap}}\n",
    "an event that another follows": HEAD
    + SESSIONS
    + f"  events: {{cloud: {{rate: 0.1}}, storm: {{after: cloud, {EFFECT}}}}}\n",
    "an event that is answered": HEAD
    + SESSIONS
    + f"  events: {{cloud: {{rate: 0.1}}, storm: {{{EFFECT}}}}}\n  reciprocity: {{it: {{after: cloud, brings: storm}}}}\n",
    "an event that tells of good faith": HEAD
    + NOW
    + SESSIONS
    + SEEN[:-2]
    + ", it: {event: storm}}\n  events: {storm: {date: 2026-02-20, chance: 0.9, unless_serious: {seller: 0.5}}}\n"
    + "parties: {seller: {good_faith: 0.5}}\n",
    "a session on the last day": HEAD + "  deadline: {firm: {date: 2026-03-17}}\n" + SESSIONS,
    "a session after a day that may be put off": HEAD
    + "  deadline: {extensible: {date: 2026-03-01, chance: 0.5, by: 30}}\n"
    + SESSIONS,
    "walking out of a calendar with two sessions": HEAD + SESSIONS + "parties: {seller: {walks_out_below: 0.2}}\n",
    "walking out of a series": HEAD + "  sessions: {weekly: {every: 7}}\nparties: {seller: {walks_out_below: 0.2}}\n",
    "a calendar with a source": SOURCED + "  talks: {source: ad}\n" + HEAD + SESSIONS,
}


@pytest.mark.parametrize("case", CASES)
def test_a_rule_finds_what_is_doubtful_at_its_place_and_nothing_else(case: str) -> None:
    fragment, expected = CASES[case]
    assert found_over_sale(fragment) == expected


@pytest.mark.parametrize("case", FINE)
def test_nothing_is_found_where_nothing_is_doubtful(case: str) -> None:
    assert list(map(str, lint_over_sale(FINE[case]))) == []
