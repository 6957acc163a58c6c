"""What the calendar of talks can get wrong, each at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.marked import assert_marked, problems_of

HEAD = "talks:\n  start: 2026-02-01\n  horizon: 2026-06-30\n"
WHO = """\
  envoys: {ann: {party: seller}, bob: {party: buyer, tactic: time}}
  tracks: {front: {delegations: {seller: ann}}, back: {delegations: {buyer: bob}}}
"""
SEEN = "  now: 2026-03-31\n"
WHEN = """\
  sessions:
    first: {date: 2026-02-17}
    later: {date: 2026-05-17, agenda: [delivery]}
    weekly: {every: 7, from: 2026-03-01}
"""
PARTIES = """\
parties:
  broker: {title: Broker, role: mediator}
  seller:
    good_faith: 0.5
    discount_rate: 0.1
    red_lines: {late: {require: delivery != now, firmness: 0.5}, sure: {require: price > 5, firmness: hard}}
  buyer: {discount_rate: {same: parties.seller.discount_rate}, red_lines: {dear: {require: price < 95, firmness: 0.5}}}
"""


def talks(block: str, *, who: str = WHO, when: str = WHEN, now: str = "") -> str:
    return f"{PARTIES}{HEAD}{now}{who}{when}  {block}\n"


def session(text: str) -> str:
    return talks("about: x", when=f"  sessions: {{one: {{{text}}}}}\n")


def event(text: str) -> str:
    return talks(f"events: {{storm: {{{text}}}}}")


def effect(text: str) -> str:
    return event(f"date: 2026-03-01, effects: {{wet: {{{text}}}}}")


def partial(text: str, when: str = WHEN) -> str:
    return talks(f"partial_agreements: {{cash: {{issue: payment, to: cash, instead_of: transfer, {text}}}}}", when=when)


def settles(text: str) -> str:
    return talks(f"partial_agreements: {{cash: {{{text}}}}}")


def counsel(text: str) -> str:
    return talks(f"counsel: {{aside: {{{text}}}}}")


def seen(text: str, more: str = "") -> str:
    events = "events: {storm: {date: 2026-03-01, chance: 0.5}, frost: {date: 2026-05-01}, rain: {rate: 0.1}, tide: {every: 7}}"
    partials = "partial_agreements: {cash: {issue: payment, to: cash, instead_of: transfer, sessions: [first]}}"
    return talks(f"{events}\n  {partials}\n  {more}\n  observed: {{it: {{{text}}}}}", now=SEEN)


def what_if(path: str, deadline: str) -> str:
    change = f"what_if: {{other: {{effects: {{x: {{path: talks.{path}, set: 0.5}}}}}}}}"
    return talks(f"{change}\n  deadline: {{{deadline}}}\n  events: {{pickets: {{date: 2026-03-01, chance: 0.5}}}}")


def sure(event: str, saw: str, others: str = "", more: str = "about: x") -> str:
    events = f"events: {{it: {{{event}}}, {others}}}"
    return talks(f"{events}\n  {more}\n  observed: {{this: {{event: it, {saw}}}}}", now=SEEN)


SHAPES = [
    ("NS203", "talks: «soon»"),
    ("NS207", f"{HEAD}  «sessions»: {{}}"),
    ("NS203", f"{HEAD}  sessions: «[first]»"),
    ("NS203", "talks: {start: «soon», horizon: 2026-06-30, sessions: {one: {date: 2026-02-17}}}"),
    ("NS203", session("date: «2026-02-30»")),
    ("NS203", session("date: «17»")),
    ("NS203", session("every: «0»")),
    ("NS203", session("every: «1.5»")),
    ("NS203", session("date: 2026-02-17, exchanges: «0»")),
    ("NS204", session("date: 2026-02-17, format: «biltaeral»")),
    ("NS201", session("every: 7, «start»: 2026-02-17")),
    ("NS201", session("date: 2026-02-17, «place»: Geneva")),
    ("NS212", session("date: 2026-02-17, mismatch: «2»")),
    ("NS205", f"{PARTIES}{HEAD}  sessions: {{«On_One»: {{date: 2026-02-17}}}}"),
    ("NS205", talks("events: {«Storm»: {date: 2026-03-01}}")),
    ("NS205", talks("events: {storm: {date: 2026-03-01, effects: {«a-b»: {path: parties.seller.no_deal, add: 1}}}}")),
    ("NS205", talks("events: {«first»: {date: 2026-03-01}}")),
    ("NS204", event("date: 2026-03-01, battle: «lost»")),
    ("NS419", event("date: 2026-03-01, «battle»: drawn")),
    ("NS212", event("rate: «200»")),
    ("NS212", event("date: 2026-03-01, chance: «20»")),
    ("NS203", talks("observed: {it: {event: storm, happened: «1»}}\n  events: {storm: {date: 2026-02-01}}")),
    ("NS203", talks("observed: {it: {binomial: {path: parties.seller.good_faith, hits: «-1», trials: 3}, date: 2026-02-01}}")),
]  # fmt: skip
NAMES = [
    ("NS440", session("date: 2026-02-17, track: «fron»")),
    ("NS440", session('date: 2026-02-17, track: «""»')),
    ("NS440", session("date: 2026-02-17, delegations: {seller: «anne»}")),
    ("NS441", session("date: 2026-02-17, delegations: {seller: «bob»}")),
    ("NS441", session("date: 2026-02-17, delegations: {«broker»: bob}")),
    ("NS417", session("date: 2026-02-17, delegations: {«buyr»: bob}")),
    ("NS401", session("date: 2026-02-17, agenda: [price, «prize»]")),
    ("NS205", session("date: 2026-02-17, agenda: [price, «price»]")),
    ("NS417", talks("about: x", who="  envoys: {ann: {party: «sellr»}}\n")),
    ("NS441", talks("about: x", who="  envoys: {ann: {party: «broker»}}\n")),
    ("NS427", talks("about: x", who="  envoys: {ann: {party: seller, tactic: «hold_out»}}\n")),
    ("NS428", talks("about: x", who="  envoys: {ann: {party: seller, tactic: {time: {«speed»: 1}}}}\n")),
    ("NS440", event("after: «frist»")),
    ("NS440", talks("reciprocity: {tit: {after: «storm», brings: storm}}\n  events: {frost: {rate: 1}}").replace("brings: storm", "brings: frost")),
    ("NS440", talks("reciprocity: {tit: {after: frost, brings: «first»}}\n  events: {frost: {rate: 1}}")),
    ("NS440 NS440", talks("what_if: {swap: {tracks: {«frnt»: back, back: «frnt»}}}")),
    ("NS449", talks("what_if: {swap: {tracks: {front: «front»}}}")),
    ("NS449", talks("what_if: {«swap»: {title: Nothing}}")),
]  # fmt: skip
DAYS = [
    ("NS442", f"{PARTIES}talks: {{start: 2026-06-30, horizon: «2026-02-01», sessions: {{one: {{date: 2026-03-01}}}}}}"),
    ("NS442", f"{PARTIES}talks: {{start: 2026-02-01, horizon: «2046-02-02», sessions: {{one: {{date: 2026-03-01}}}}}}"),
    ("NS442", talks("about: x", now="  now: «2026-01-31»\n")),
    ("NS442", session("date: «2026-07-01»")),
    ("NS442", session("every: 7, from: «2026-01-01»")),
    ("NS442", session("every: 7, from: 2026-04-01, until: «2026-03-01»")),
    ("NS442", event("date: «2025-03-01»")),
    ("NS442", event("rate: 0.1, until: «2027-03-01»")),
    ("NS442", talks("deadline: {firm: {date: «2026-07-01»}}")),
    ("NS442", talks("deadline: {extensible: {date: «2026-07-01», chance: 0.5, by: 30}}")),
    ("NS442", talks("deadline: {hazard: {mean: 90, from: «2026-01-01»}}")),
    ("NS443", session("date: 2026-02-17, «every»: 7")),
    ("NS443", talks("about: x", when="  sessions: {«one»: {venue: Geneva}}\n")),
    ("NS443", session("date: 2026-02-17, «from»: 2026-03-01")),
    ("NS443", event("date: 2026-03-01, «rate»: 0.1")),
    ("NS443", talks("events: {«storm»: {chance: 0.5}}")),
    ("NS443", event("date: 2026-03-01, «until»: 2026-04-01")),
    ("NS443", event("rate: 0.1, «delay»: 2")),
    ("NS443", event("date: 2026-03-01, unless_serious: {«buyer»: 0.1}")),
    ("NS417", event("date: 2026-03-01, unless_serious: {«byer»: 0.1}")),
    ("NS212", event("date: 2026-03-01, unless_serious: {seller: «3»}")),
    ("NS445", talks("«deadline»: {}")),
    ("NS445", talks("«deadline»: {firm: {date: 2026-05-01}, hazard: {mean: 90}}")),
    ("NS201", talks("deadline: {«soft»: {date: 2026-05-01}}")),
    ("NS202", talks("deadline: {«extensible»: {date: 2026-05-01, chance: 0.5}}")),
    ("NS212", talks("deadline: {hazard: {mean: «0»}}")),
    ("NS450", talks("events: {blow: {after: «insult»}, insult: {after: blow, delay: 0..3}}")),
    ("NS450", talks("events: {blow: {after: «blow», delay: 0.4}}")),
    ("NS451", session("every: 1").replace("2026-06-30", "2028-11-01").replace("  sessions:", "  «sessions»:")),
    ("NS451", talks("«events»: {" + ", ".join(f"e{n}: {{rate: 1}}" for n in range(101)) + "}")),
]  # fmt: skip
EFFECTS = [
    ("NS202", event("date: 2026-03-01, effects: {«wet»: {add: 1}}")),
    ("NS444", event("date: 2026-03-01, effects: {«wet»: {path: parties.seller.no_deal}}")),
    ("NS444", event("date: 2026-03-01, effects: {«wet»: {path: parties.seller.no_deal, set: 1, add: 1}}")),
    ("NS444", effect("path: parties.seller.no_deal, add: 1, lasts: 3, «fades»: 3")),
    ("NS444", effect("path: «parties.seler.no_deal», add: 1")),
    ("NS444", effect("path: «parties.seller.demands.price», add: 1")),
    ("NS444", effect("path: «parties.seller.red_lines.sure.firmness», add: 1")),
    ("NS444", effect("path: «talks.sessions.first.date», add: 1")),
    ("NS444", effect("path: «parties.buyer.discount_rate», multiply: 2")),
    ("NS444", effect("path: «talks.events.storm.effects.wet.add», add: 1")),
    ("NS444", talks("what_if: {a: {effects: {x: {path: «talks.what_if.a.effects.x.set», set: 1}}}}")),
    ("NS444", effect("path: parties.seller.good_faith, set: «2»")),
    ("NS444", effect("path: parties.seller.good_faith, set: «0.5..1.5»")),
    ("NS444", talks("what_if: {a: {effects: {x: {path: parties.seller.good_faith, set: «-1»}}}}")),
    ("NS444", partial("effects: {x: {path: «parties.seller.title», add: 1}}")),
    ("NS212", effect("path: parties.seller.no_deal, multiply: «-1»")),
    ("NS212", effect("path: parties.seller.no_deal, add: 1, fades: «0»")),
    ("NS210", effect("path: parties.seller.no_deal, add: «much»")),
    ("NS214", effect("path: parties.seller.no_deal, add: «{same: parties.seler.no_deal}»")),
]  # fmt: skip
PARTIALS = [
    ("NS401", settles("issue: «paymnt», to: cash, instead_of: transfer")),
    ("NS403", settles("issue: payment, to: «card», instead_of: transfer")),
    ("NS403 NS403", settles("issue: payment, to: «card», instead_of: «none»")),
    ("NS403", settles("issue: price, to: «55», instead_of: 0").replace("price > 5,", "delivery == now,").replace("price < 95", "delivery == now")),
    ("NS446", settles("issue: payment, to: «cash», instead_of: cash")),
    ("NS446", settles("issue: «delivery», to: now, instead_of: spring")),
    ("NS446", settles("issue: «berth», to: seller, instead_of: buyer")),
    ("NS446", partial("sessions: [first, «later»]")),
    ("NS440", partial("sessions: [«frist»]")),
    ("NS205", partial("sessions: [first, «first»]")),
    ("NS446", settles("issue: «payment», to: cash, instead_of: transfer").replace("first: {date: 2026-02-17}\n", "first: {date: 2026-02-17, agenda: [price]}\n").replace("from: 2026-03-01}", "from: 2026-03-01, agenda: [price]}")),
    ("NS441", partial("in_return: {«broker»: 1}")),
    ("NS417", partial("in_return: {«byer»: 1}")),
    ("NS212", partial("in_return: {buyer: «-1»}")),
    ("NS443", partial("unless_serious: {«buyer»: 0.5}")),
]  # fmt: skip
LINE = "line: parties.seller.red_lines.late"
COUNSELS = [
    ("NS447", counsel(f"mediator: «seller», hears: buyer, {LINE}, date: 2026-03-01")),
    ("NS417", counsel(f"mediator: «brokr», hears: buyer, {LINE}, date: 2026-03-01")),
    ("NS447", counsel(f"mediator: broker, hears: «broker», {LINE}, date: 2026-03-01")),
    ("NS447", counsel("mediator: broker, hears: buyer, line: «parties.seller.red_lines.lat», date: 2026-03-01")),
    ("NS447", counsel("mediator: broker, hears: buyer, line: «parties.seller.no_deal», date: 2026-03-01")),
    ("NS447", counsel("mediator: broker, hears: buyer, line: «parties.seller.red_lines.sure», date: 2026-03-01")),
    ("NS447", counsel("mediator: broker, hears: buyer, line: «parties.buyer.red_lines.dear», date: 2026-03-01")),
    ("NS443", counsel(f"mediator: broker, hears: buyer, {LINE}, date: 2026-03-01, «session»: first")),
    ("NS443", talks(f"counsel: {{«aside»: {{mediator: broker, hears: buyer, {LINE}}}}}")),
    ("NS440", counsel(f"mediator: broker, hears: buyer, {LINE}, session: «frist»")),
    ("NS442", counsel(f"mediator: broker, hears: buyer, {LINE}, date: «2027-03-01»")),
    ("NS212", counsel(f"mediator: broker, hears: buyer, {LINE}, session: first, bias: «3»")),
]  # fmt: skip
OBSERVED = [
    ("NS448", seen("about: x").replace("{it:", "{«it»:")),
    ("NS448", seen("session: first, event: storm").replace("{it:", "{«it»:")),
    ("NS440", seen("session: «frist»")),
    ("NS448", seen("session: «later»")),
    ("NS448", seen("session: «weekly»")),
    ("NS448", seen("session: first, «happened»: true")),
    ("NS448", seen("session: first, «date»: 2026-02-17")),
    ("NS440", seen("event: «strom»")),
    ("NS448", seen("event: «frost»")),
    ("NS448", seen("event: «tide»")),
    ("NS448 NS448 NS448", seen("event: storm, «count»: 1, «from»: 2026-02-01, «until»: 2026-03-01")),
    ("NS448", seen("event: rain, «happened»: false")),
    ("NS448", seen("event: rain").replace("{it:", "{«it»:")),
    ("NS448", seen("event: rain, count: 3, from: 2026-02-01").replace("{it:", "{«it»:")),
    ("NS442", seen("event: rain, count: 3, from: 2026-02-01, until: «2026-05-01»")),
    ("NS442", seen("event: rain, count: 3, from: 2026-03-01, until: «2026-02-01»")),
    ("NS440", seen("partial: «kash»")),
    ("NS448", seen("partial: cash, at: «later»")),
    ("NS440", seen("partial: cash, at: «second»")),
    ("NS448", seen("partial: cash, at: «second»").replace("    later:", "    second: {date: 2026-02-20}\n    later:")),
    ("NS448", seen("partial: cash, «count»: 3")),
    ("NS448", seen("binomial: {path: parties.seller.good_faith, hits: «5», trials: 3}, date: 2026-02-17")),
    ("NS448", seen("binomial: {path: «parties.seller.no_deal», hits: 1, trials: 3}, date: 2026-02-17")),
    ("NS448", seen("binomial: {path: «parties.seler.good_faith», hits: 1, trials: 3}, date: 2026-02-17")),
    ("NS448", seen("binomial: {path: parties.seller.good_faith, hits: 1, trials: 3}").replace("{it:", "{«it»:")),
    ("NS442", seen("binomial: {path: parties.seller.good_faith, hits: 1, trials: 3}, date: «2026-05-01»")),
    ("NS448", seen("session: first}, that: {session: «first»")),
    ("NS448", seen("event: storm}, that: {event: «storm», happened: false")),
    ("NS448", seen("event: rain, count: 3, from: 2026-02-01, until: 2026-02-09}, that: {event: «rain», count: 1, from: 2026-02-09, until: 2026-02-10")),
    ("NS448", seen("partial: cash, at: first}, that: {partial: «cash»")),
    ("NS448", sure("date: 2026-03-01", "happened: «false»")),
    ("NS448", sure("date: 2026-03-01, chance: {same: talks.events.other.chance}", "happened: «false»", "other: {date: 2026-03-01}")),
    ("NS448", sure("date: 2026-03-01, chance: 0", "happened: true").replace("event: it", "event: «it»")),
    ("NS448", sure("rate: 0", "count: «1», from: 2026-02-01, until: 2026-03-01")),
    ("NS448", sure("rate: 0.1, chance: 0", "count: «1», from: 2026-02-01, until: 2026-03-01")),
    ("NS448", sure("date: 2026-03-01, chance: 0", "happened: false}, that: {binomial: {path: talks.events.it.chance, hits: «1», trials: 3}, date: 2026-02-17")),
    ("NS448", sure("date: 2026-03-01", "happened: true}, that: {binomial: {path: talks.events.it.chance, hits: «2», trials: 3}, date: 2026-02-17")),
    # What a what-if changes, it changes after now.
    ("NS448", sure("date: 2026-03-01", "happened: «false»", more="what_if: {calm: {effects: {x: {path: talks.events.it.chance, set: 0.5}}}}")),
]  # fmt: skip
CASES = [*SHAPES, *NAMES, *DAYS, *EFFECTS, *PARTIALS, *COUNSELS, *OBSERVED]


@pytest.mark.parametrize(
    ("codes", "marked"), CASES, ids=[f"{codes} {number}" for number, (codes, _) in enumerate(CASES)]
)
def test_a_fault_is_found_at_its_place_and_no_other_is(codes: str, marked: str, tmp_path: Path) -> None:
    assert_marked(tmp_path, codes, marked)


PILES = [
    # What refers to a broken part is not blamed for it.
    ("NS203", session("date: «soon», track: front")),
    ("NS203", talks("observed: {it: {session: one}}", when="  sessions: {one: {date: «soon»}}\n")),
    ("NS203", talks("observed: {it: {session: one}}", when="  sessions: {one: «soon», two: {date: 2026-02-17}}\n")),
    ("NS203", talks("events: {storm: {after: one}}", when="  sessions: {one: «soon», two: {date: 2026-02-17}}\n")),
    ("NS203", talks("about: x", who="  envoys: {ann: «seller»}\n  tracks: {front: {delegations: {seller: ann}}}\n")),
    ("NS203", session("date: 2026-07-01").replace("2026-06-30", "«never»")),
    ("NS203", session("date: 2026-07-01").replace("2026-02-01", "«never»")),
    ("NS442", session("date: 2026-03-01").replace("2026-06-30", "«2026-01-01»")),
    ("NS210", effect("path: talks.events.storm.chance, add: 1").replace("date: 2026-03-01,", "date: 2026-03-01, chance: «often»,")),
    ("NS203", settles("issue: payment, to: cash, instead_of: transfer").replace("weekly:", "again: «soon»\n    weekly:")),
    ("NS201", event("«dat»: 2026-03-01")),
    ("NS210", event("rate: «often»") + "  observed: {it: {event: storm, count: 1, from: 2026-02-01, until: 2026-02-01}}\n"),
    ("NS440", talks("events: {frost: {chance: 0.5}}\n  reciprocity: {tit: {after: frost, brings: «frst»}}")),
    ("NS445", talks("«deadline»: {firm: {date: 2027-05-01}, hazard: {mean: 0}}")),
]  # fmt: skip


@pytest.mark.parametrize(("codes", "marked"), PILES)
def test_one_cause_is_one_problem(codes: str, marked: str, tmp_path: Path) -> None:
    assert_marked(tmp_path, codes, marked)


NO_FAULTS = [
    talks("about: x"),
    talks("events: {frost: {}}\n  reciprocity: {tit: {after: frost, brings: frost}}"),
    talks("events: {blow: {after: blow, delay: 0.5}}"),
    event("after: weekly, delay: {same: parties.seller.no_deal}"),
    event("every: 7, from: 2026-02-01, until: 2026-06-30, unless_serious: {seller: 0.5}"),
    effect("path: parties.seller.no_deal, set: {normal: {mean: 40, sd: 5}}"),
    effect("path: protocol.breakdown, add: 0.1") + "protocol: {}\n",
    effect("path: talks.envoys.bob.tactic.time.exponent, multiply: 2, fades: 1"),
    session("every: 1, until: 2026-02-01"),
    settles("issue: payment, to: cash, instead_of: transfer, sessions: [first, weekly]"),
    counsel(f"mediator: broker, hears: buyer, {LINE}, session: weekly, bias: -1"),
    seen("partial: cash"),
    seen("partial: cash, at: first"),
    seen("event: rain, count: 0, from: 2026-02-01, until: 2026-03-31"),
    seen("event: storm, happened: false"),
    seen("session: first"),
    sure("date: 2026-03-01, unless_serious: {seller: 0.5}", "happened: false"),
    sure("date: 2026-03-01, chance: 0, unless_serious: {seller: 0.5}", "happened: true"),
    sure("date: 2026-03-01", "happened: true"),
    sure("date: 2026-03-01, chance: 0", "happened: false"),
    sure("rate: 0", "count: 0, from: 2026-02-01, until: 2026-03-01"),
    # An effect of an event or of a partial agreement may have changed it, also what it is the same as.
    sure("date: 2026-03-01", "happened: false", "other: {date: 2026-02-02, effects: {x: {path: talks.events.it.chance, set: 0.5}}}"),
    sure("date: 2026-03-01, chance: {same: talks.events.other.chance}", "happened: false", "other: {date: 2026-02-02, effects: {x: {path: talks.events.other.chance, set: 0.5}}}"),
    sure("rate: 0", "count: 1, from: 2026-02-01, until: 2026-03-01", more="partial_agreements: {cash: {issue: payment, to: cash, instead_of: transfer, effects: {x: {path: talks.events.it.rate, add: 1}}}}"),
    sure("rate: 0", "count: 1, from: 2026-02-01, until: 2026-03-01", "other: {date: 2026-02-02}", "reciprocity: {tit: {after: other, brings: it}}"),
    talks("deadline: {hazard: {mean: 1..90}}"),
    talks("what_if: {swap: {tracks: {front: back}}}"),
]  # fmt: skip


@pytest.mark.parametrize("change", NO_FAULTS)
def test_what_is_right_gives_no_problem(change: str, tmp_path: Path) -> None:
    assert list(map(str, problems_of(tmp_path, change))) == []


def test_the_calendar_must_have_two_ends_and_sessions(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, "talks: {}")
    assert [problem.message for problem in problems] == [
        "talks has no start",
        "talks has no horizon",
        "talks has no sessions",
    ]


MESSAGES = [
    (session("date: 2026-02-17, track: fron"), "there is no track 'fron' in the calendar", "did you mean 'front'?"),
    (event("after: frist"), "there is no session, event or partial agreement 'frist' in the calendar", "did you mean 'first'?"),
    (session("date: 2026-02-17, delegations: {seller: bob}"), "bob is an envoy of buyer, not of seller", "envoys of seller are ann"),
    (session("date: 2026-02-17, delegations: {broker: bob}"), "broker is no signatory", "signatories are buyer and seller"),
    (session("date: 2026-07-01"), "2026-07-01 is not within the calendar, 2026-02-01 to 2026-06-30", ""),
    (session("date: 2026-02-17, every: 7"), "one has date and every; only one of them can say when it is", "leave one of them"),
    (talks("events: {storm: {}}"), "nothing says when storm is", "add date:, every:, rate: or after:"),
    (event("rate: 0.1, delay: 2"), "delay goes with after, and storm has none of that", "leave it out"),
    (effect("path: parties.seler.no_deal, add: 1"), "there is no quantity parties.seler.no_deal", "did you mean 'parties.seller.no_deal'?"),
    (effect("path: parties.seller.demands.price, add: 1"), "parties.seller.demands.price is no quantity; nothing else changes while talks go on", ""),
    (
        effect("path: parties.buyer.discount_rate, multiply: 2"),
        "parties.buyer.discount_rate is the same as parties.seller.discount_rate, and follows it",
        "change parties.seller.discount_rate",
    ),
    (effect("path: parties.seller.good_faith, set: 0.5..1.5"), "parties.seller.good_faith is set to 0.5 to 1.5, outside 0..1 (probability)", ""),
    (talks("deadline: {firm: {date: 2026-05-01}, hazard: {mean: 90}}"), "a deadline has firm and hazard", "it is one of firm, extensible or hazard"),
    (
        settles("issue: delivery, to: now, instead_of: spring"),
        "delivery cannot be settled early, since issues.berth.when hangs on it",
        "make what is settled early an issue of its own",
    ),
    (partial("sessions: [later]"), "payment is not on the agenda of later", "name another session, or put it on the agenda"),
    (
        counsel("mediator: broker, hears: buyer, line: parties.seller.red_lines.lat, date: 2026-03-01"),
        "there is no red line 'parties.seller.red_lines.lat'",
        "did you mean 'parties.seller.red_lines.late'?",
    ),
    (seen("session: weekly"), "weekly is a series, and of its meetings none can be told from another", "make the meeting that was held a session of its own, with a date"),
    (seen("session: later"), "later is on 2026-05-17, after 2026-03-31, which is now", "let now be later, or leave it out"),
    (seen("event: rain"), "it counts how often rain happened, and lacks count, from and until", "a count goes from one day to another"),
    (seen("binomial: {path: parties.seller.no_deal, hits: 1, trials: 3}, date: 2026-02-17"), "parties.seller.no_deal is no probability: it is in points of utility", "name a quantity within 0..1"),
    (sure("date: 2026-03-01", "happened: false"), "it happens for certain, so it cannot have failed to happen", "give it a chance below 1, or leave the observation out"),
    (sure("date: 2026-03-01, chance: 0", "happened: true"), "it has chance 0, so it cannot have happened", "give it a chance above 0, or write happened: false"),
    (sure("rate: 0", "count: 3, from: 2026-02-01, until: 2026-03-01"), "it has rate 0, so it cannot have happened 3 times", "give it a rate above 0, or write count: 0"),
    (
        sure("date: 2026-03-01", "happened: true}, that: {binomial: {path: talks.events.it.chance, hits: 2, trials: 3}, date: 2026-02-17"),
        "talks.events.it.chance is 1, so 3 trials cannot have had 2 hits",
        "let talks.events.it.chance be a range, or leave the observation out",
    ),
    (what_if("deadline.extensible.chance", "firm: {date: 2026-05-01}"), "there is no quantity talks.deadline.extensible.chance", "the deadline is firm, and has no chance"),
    (what_if("deadline.extensible.chance", "hazard: {mean: 90}"), "there is no quantity talks.deadline.extensible.chance", "the deadline is a hazard, and has no chance"),
    (what_if("deadline.hazard.meen", "hazard: {mean: 90}"), "there is no quantity talks.deadline.hazard.meen", "did you mean 'talks.deadline.hazard.mean'?"),
    (effect("path: talks.deadline.hazard.mean, set: 90"), "there is no quantity talks.deadline.hazard.mean", "the calendar has no deadline"),
    (effect("path: talks.events.strom.chance, set: 0.5"), "there is no quantity talks.events.strom.chance", "did you mean 'talks.events.storm.chance'?"),
    (talks("events: {blow: {after: blow}}"), "blow follows itself, and no day need pass: blow -> blow", "add delay: 1, or use reciprocity"),
    (session("every: 1").replace("2026-06-30", "2028-11-01"), "the calendar has 1,005 meetings; at most 1,000 can be", "let a series be less often"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message", "help"), MESSAGES)
def test_a_message_names_the_thing_its_value_and_what_would_be_right(
    change: str, message: str, help: str, tmp_path: Path
) -> None:
    (problem,) = problems_of(tmp_path, change)
    assert (problem.message, problem.help) == (message, help)
