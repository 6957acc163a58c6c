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
    "a series begins before the last day and runs on": (
        HEAD + "  deadline: {firm: {date: 2026-02-15}}\n  sessions: {weekly: {every: 7}, daily: {every: 1, until: 2026-02-18}}\n",
        [("NS537", 5, "weekly"), ("NS537", 5, "2026-02-18")],
    ),
    "two events wait for each other": (
        HEAD + SESSIONS + f"  events: {{blow: {{after: riposte, delay: 3, {EFFECT}}}, riposte: {{after: blow}}}}\n",
        [("NS538", 5, "blow")],
    ),
    "two events wait for each other by way of an answer, and a third for them": (
        HEAD
        + SESSIONS
        + f"  events:\n    blow: {{after: riposte, delay: 3}}\n    riposte: {{}}\n    fury: {{after: blow, {EFFECT}}}\n"
        + "  reciprocity: {back: {after: blow, brings: riposte}}\n",
        [("NS538", 6, "blow")],
    ),
    "an event brings itself and nothing else does": (
        HEAD + SESSIONS + f"  events: {{blow: {{{EFFECT}}}}}\n  reciprocity: {{again: {{after: blow, brings: blow}}}}\n",
        [("NS538", 5, "blow")],
    ),
    "a what-if moves a track on which nobody meets any more": (
        HEAD
        + "  now: 2026-02-17\n  tracks: {front: {}, back: {}}\n"
        + "  sessions: {first: {date: 2026-02-17, track: front}, second: {date: 2026-03-17, track: back}}\n"
        + "  what_if: {move: {tracks: {front: back, back: front}}}\n",
        [("NS539", 7, "front")],
    ),
    "a what-if moves a series that ended before now": (
        HEAD
        + "  tracks: {front: {}, back: {}}\n  now: 2026-03-01\n  observed: {none: {session: first}}\n  sessions:\n"
        + "    weekly: {every: 7, from: 2026-03-01, until: 2026-03-07, track: front}\n    first: {date: 2026-02-17, track: back}\n"
        + "  what_if: {move: {tracks: {front: back}}}\n",
        [("NS539", 10, "front")],
    ),
    "a what-if moves sessions that a firm deadline rules out": (
        HEAD
        + "  deadline: {firm: {date: 2026-02-28}}\n  tracks: {front: {}, back: {}}\n"
        + "  sessions: {first: {date: 2026-02-17, track: back}, weekly: {every: 14, from: 2026-02-01, track: front}}\n"
        + "  now: 2026-02-15\n  observed: {none: {event: storm}}\n"
        + f"  events: {{storm: {{date: 2026-02-02, {EFFECT}}}}}\n"
        + "  what_if: {move: {tracks: {front: back}}}\n",
        [("NS534", 6, "weekly"), ("NS537", 6, "weekly"), ("NS539", 10, "front")],
    ),
    "only one party signs": (
        "parties: {buyer: {role: mediator, consents_to: price <= 50}}\n" + HEAD + SESSIONS,
        [("NS540", 2, "talks")],
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
    "an event whose chance is that of another": HEAD
    + NOW
    + SESSIONS
    + SEEN[:-2]
    + ", it: {event: storm}}\n  events:\n    storm: {date: 2026-02-20, chance: 0.2..0.9}\n"
    + f"    gale: {{date: 2026-03-20, chance: {{same: talks.events.storm.chance}}, {EFFECT}}}\n",
    "an event whose rate is tied to another": HEAD
    + NOW
    + SESSIONS
    + SEEN[:-2]
    + ", it: {event: storm, count: 2, from: 2026-02-01, until: 2026-02-20}}\n  events:\n    storm: {rate: 0.1..0.3}\n"
    + f"    gale: {{rate: 0.1..0.5, {EFFECT}}}\n"
    + "ties: {both: {between: [talks.events.storm.rate, talks.events.gale.rate], rank_correlation: 0.5}}\n",
    "a series that ends with the last day": HEAD
    + "  deadline: {firm: {date: 2026-02-15}}\n  sessions: {weekly: {every: 7, until: 2026-02-21}}\n",
    "a circle that something starts": HEAD
    + SESSIONS
    + f"  events: {{blow: {{after: riposte, delay: 3, {EFFECT}}}, riposte: {{after: blow}}}}\n"
    + "  partial_agreements: {swap: {issue: carrier, to: buyer, instead_of: seller}}\n"
    + "  reciprocity: {anger: {after: swap, brings: riposte}}\n",
    "an event after one that waits for a session": HEAD
    + SESSIONS
    + f"  events: {{blow: {{after: riposte, {EFFECT}}}, riposte: {{after: second}}}}\n",
    "a what-if that moves a series with a meeting to come": HEAD
    + "  now: 2026-02-01\n  tracks: {front: {}, back: {}}\n"
    + "  sessions: {weekly: {every: 100, track: front}}\n  what_if: {move: {tracks: {front: back}}}\n",
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


MESSAGES = {
    # From 1 February to 30 June there are 150 days and so 22 Sundays, 3 of them up to the 15th.
    "NS537": (
        HEAD + "  deadline: {firm: {date: 2026-02-15}}\n  sessions: {weekly: {every: 7}}\n",
        "19 of the 22 meetings of weekly are never held, since talks end with 2026-02-15",
    ),
    "NS538": (
        HEAD
        + SESSIONS
        + f"  events: {{c: {{after: b, delay: 1}}, b: {{after: a, {EFFECT}}}, a: {{after: c}}, last: {{after: c, {EFFECT}}}}}\n",
        "a can never start, since it waits for itself: a -> b -> c -> a",
    ),
    "NS536": (
        HEAD
        + NOW
        + SESSIONS
        + SEEN[:-2]
        + ", it: {event: storm, happened: false}}\n  events: {storm: {date: 2026-02-20, chance: 0.1..0.5}}\n",
        "nothing hangs on whether storm happens but its own chance",
    ),
}


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_says_how_much_of_what_is_idle(code: str) -> None:
    fragment, message = MESSAGES[code]
    assert [(problem.code, problem.message) for problem in lint_over_sale(fragment)] == [(code, message)]
