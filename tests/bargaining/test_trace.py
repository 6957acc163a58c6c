"""One negotiation told step by step: a sale that can be followed by hand."""

from __future__ import annotations

import pytest

from negsim.bargaining import Learned, Refusal, Step, bargain, trace_talks
from negsim.bargaining.analysis import bargain_blocks
from negsim.bargaining.stops import Stop
from negsim.bargaining.table import make_table
from negsim.errors import UsageError
from negsim.model.sampling import BLOCK
from negsim.scenario import Scenario, loads
from negsim.zone.compiled import compile_scenario

SALE = """
negsim: 1
id: sale
title: A sale
issues: {price: {title: Price, scale: 0..10, step: 1}}
parties:
  ann: {title: Ann, demands: {price: 10}, no_deal: 20, MORE}
  bob: {title: Bob, demands: {price: 0}, no_deal: 20, red_lines: {line: {require: price <= 8, firmness: hard}}, ALSO}
protocol: {rounds: 4, beliefs: fixed, RULES}
"""


def sale(more: str = "", also: str = "", rules: str = "") -> Scenario:
    return loads(SALE.replace(", MORE", more).replace(", ALSO", also).replace(", RULES", rules))


def steps(scenario: Scenario) -> list[Step]:
    return [step for step in trace_talks(scenario).steps if isinstance(step, Step)]


def test_the_story_of_a_sale_is_the_one_worked_out_by_hand() -> None:
    # Both concede evenly, over 80 points from 100 down to 20, at times 1/5 and 2/5. Ann first asks for 84: price 9, but
    # that crosses bob's line, which is real for sure, so the most she can propose is 8. Bob would take what is worth
    # 20 + 60 * 0.8 = 68 to him: over a line that he never crosses, his best deal is price 0 and his worst of all is out
    # of the question, so no deal is his floor. Then he asks for 20 + 80 * 0.6 = 68: price 3; ann would take 68 too.
    story = trace_talks(sale())
    first, second, third = steps(sale())[:3]
    assert (first.session, first.round, first.speaker, first.options, first.moved) == (
        1,
        1,
        "ann",
        (("price", "8"),),
        (),
    )
    assert first.gain == pytest.approx(60, abs=1e-4)
    (answer,) = first.answers
    assert (answer.party, answer.accepted, answer.crossed, answer.serious) == ("bob", False, (), True)
    assert answer.gain == pytest.approx(0, abs=1e-4)
    # He would take 80 * (1 - 1/5) = 64 over no deal, less the hundredth of a point that is let go.
    assert answer.short == pytest.approx(64, abs=0.011)
    assert (second.round, second.speaker, second.options) == (2, "bob", (("price", "3"),))
    assert second.answers[0].short == pytest.approx(80 * 0.6 - 10, abs=0.011)
    # At 3/5 ann asks for 20 + 80 * 0.4 = 52: price 6, where 8 stood before; bob would take 52, and gets 40.
    assert (third.options, third.moved) == ((("price", "6"),), (("price", "6"),))
    assert third.answers[0].short == pytest.approx(12, abs=0.011)
    # At 4/5 bob asks for 36: price 6, worth 60 to ann.
    assert (story.stop, story.round, story.deal, story.has_zone) == ("agreed", 4, (("price", "6"),), True)
    assert dict(story.gains) == pytest.approx({"ann": 40, "bob": 20}, abs=1e-4)


def test_who_crosses_a_line_is_told_which() -> None:
    # Whose line is thought a bluff, though it is real, is pressed.
    bluff = SALE.replace("firmness: hard", "firmness: 0.01..0.02").replace(", MORE", "").replace(", ALSO", "")
    scenario = loads(bluff.replace(", RULES", ""))
    world = next(k for k in range(BLOCK) if dict(trace_talks(scenario, world=k).starts[1].real)["line"])
    story = trace_talks(scenario, world=world)
    first = next(step for step in story.steps if isinstance(step, Step))
    assert first.options == (("price", "9"),)
    assert (first.answers[0].crossed, first.answers[0].gain, first.answers[0].short) == (("line",), None, None)


def test_who_stalls_or_is_not_serious_would_take_nothing() -> None:
    stalls = steps(sale(also=", tactic: stalling"))[0].answers[0]
    assert (stalls.accepted, stalls.short, stalls.serious) == (False, None, True)
    feigns = steps(sale(also=", good_faith: 0"))[0].answers[0]
    assert (feigns.accepted, feigns.short, feigns.serious) == (False, None, False)
    assert trace_talks(sale(also=", good_faith: 0")).stop == "bad_faith"


def test_what_a_start_says_is_true_of_the_world() -> None:
    ann, bob = trace_talks(sale(more=", tactic: {time: {exponent: 2, start: 0.9}}")).starts
    assert (ann.party, ann.tactic, ann.parameters) == ("ann", "time", (("exponent", 2.0), ("start", 0.9)))
    assert ann.no_deal == pytest.approx(20, abs=1e-4)
    assert (bob.tactic, bob.real, bob.serious) == ("time", (("line", True),), True)


def test_a_mediators_drafts_have_no_speaker() -> None:
    told = steps(sale(rules=", kind: single_text"))
    assert [step.speaker for step in told] == [""] * 4
    assert [step.gain for step in told] == [None] * 4
    assert all(len(step.answers) == 2 for step in told)


def test_what_is_learned_is_told_session_by_session_and_goes_on_from_what_was_believed() -> None:
    text = SALE.replace(", MORE", "").replace(", ALSO", ", tactic: {stalling: {exponent: 100}}, good_faith: 0.9")
    story = trace_talks(loads(text.replace("beliefs: fixed, RULES", "beliefs: learned, sessions: 3")))
    learned = [step for step in story.steps if isinstance(step, Learned)]
    assert [(one.session, one.party) for one in learned] == [(k, name) for k in (1, 2, 3) for name in ("ann", "bob")]
    bobs = [one.serious for one in learned if one.party == "bob"]
    assert bobs[0][0] == pytest.approx(0.9, abs=1e-12)
    assert [before for before, _ in bobs[1:]] == [after for _, after in bobs[:-1]]
    assert learned[0].serious == (1.0, 1.0)
    assert {line: (a, b) for line, a, b in learned[1].red_lines} == {"line": (1.0, 1.0)}
    assert learned[0].weights == (("price", 1.0, 1.0),)
    kinds = [(step.session, isinstance(step, Learned)) for step in story.steps]
    assert kinds == sorted(kinds)


def test_who_has_nothing_to_offer_learns_in_its_sessions_all_the_same() -> None:
    nothing = SALE.replace("no_deal: 20", "no_deal: 101").replace(", MORE", "").replace(", ALSO", "")
    story = trace_talks(loads(nothing.replace("beliefs: fixed, RULES", "beliefs: learned, sessions: 2")))
    assert [(step.session, isinstance(step, Learned)) for step in story.steps] == [(1, True)] * 2 + [(2, True)] * 2
    assert (story.stop, story.deal, story.gains, story.has_zone) == ("no_zone", (), (), False)


def test_who_leaves_is_named_after_what_it_has_learned() -> None:
    # Bob stalls, and his good faith is doubted; ann would leave unless she were sure of it. He is sure of hers.
    story = trace_talks(
        loads(
            SALE.replace(", MORE", ", walks_out_below: 1")
            .replace(", ALSO", ", tactic: stalling, good_faith: 0.5")
            .replace("beliefs: fixed, RULES", "sessions: 2")
        )
    )
    assert (story.stop, story.round, story.left) == ("walk_out", 4, ("ann",))
    learned = [step for step in story.steps if isinstance(step, Learned)]
    assert [step.party for step in learned] == ["ann", "bob"]
    assert learned[-1].serious[1] < learned[-1].serious[0] == 0.5


def test_nothing_is_told_as_learned_where_beliefs_are_fixed() -> None:
    assert not [step for step in trace_talks(sale(rules=", sessions: 2")).steps if isinstance(step, Learned)]


def test_what_is_rejected_at_home_is_told_with_the_deal_and_without_gains() -> None:
    home = ", ratifiers: {home: {title: H, red_lines: {floor: {require: price >= 9, firmness: hard}}}}"
    story = trace_talks(sale(more=home))
    assert (story.stop, story.deal, story.gains) == ("rejected_at_home", (("price", "6"),), ())
    assert (story.signed, story.refused_by) == (("ann", "bob"), (Refusal("home", ("floor",)),))


def test_who_consents_away_from_the_table_is_told_as_refusing() -> None:
    lines = "red_lines: {floor: {require: price >= 9, firmness: hard}}"
    guarantor = f"  cas: {{title: Cas, role: guarantor, demands: {{price: any}}, no_deal: 0, consents_to: price <= 6, {lines}}}\n"
    # Dan is asked too, and would accept anything.
    guarantor += "  dan: {title: Dan, role: guarantor, demands: {price: any}, no_deal: 0, consents_to: price <= 6}\n"
    # Who ratifies is asked only once those at the table agree.
    home = ", ratifiers: {home: {title: H, red_lines: {floor: {require: price >= 9, firmness: hard}}}}"
    text = SALE.replace(", MORE", home).replace(", ALSO", "").replace(", RULES", "")
    told = steps(loads(text.replace("protocol:", guarantor + "protocol:")))
    assert [(step.options[0][1], step.refused_by, step.suits) for step in told] == [
        ("8", (), True),
        ("3", (Refusal("cas", ("floor",)),), False),
        ("6", (Refusal("cas", ("floor",)),), False),
        ("6", (Refusal("cas", ("floor",)),), False),
    ]


def test_a_seed_below_0_is_refused() -> None:
    with pytest.raises(UsageError, match="seed must not be negative"):
        trace_talks(sale(), seed=-1)


@pytest.mark.parametrize(("concerned", "stop"), [("price >= 9", "agreed"), ("price >= 6", "rejected_at_home")])
def test_who_ratifies_for_a_guarantor_rejects_only_what_concerns_it(concerned: str, stop: str) -> None:
    home = "ratifiers: {home: {title: H, red_lines: {floor: {require: price >= 9, firmness: hard}}}}"
    guarantor = f"  cas: {{title: Cas, role: guarantor, demands: {{price: any}}, no_deal: 0, consents_to: {concerned}, {home}}}\n"
    text = SALE.replace(", MORE", "").replace(", ALSO", "").replace(", RULES", "")
    assert trace_talks(loads(text.replace("protocol:", guarantor + "protocol:"))).stop == stop


def test_a_world_of_a_later_block_is_the_very_one_of_the_result() -> None:
    scenario = loads(
        SALE.replace("no_deal: 20", "no_deal: 10..60")
        .replace(", MORE", "")
        .replace(", ALSO", "")
        .replace(", RULES", "")
    )
    table = make_table(compile_scenario(scenario, 0, "lhs"))
    found = bargain_blocks(table, [(1, 3)])
    for k in range(3):
        story = trace_talks(scenario, world=BLOCK + k)
        assert (story.stop, story.round) == (Stop(int(found.stop[k])).word, found.round[k] + 1)
        agreed = dict(story.deal) if story.stop == "agreed" else {}
        assert agreed == ({"price": str(found.deal[k])} if found.deal[k] >= 0 else {})


def test_worlds_are_counted_from_0() -> None:
    with pytest.raises(UsageError, match=r"^worlds are counted from 0; there is none -1$"):
        trace_talks(sale(), world=-1)


def test_an_outvoted_party_is_told_what_it_gets_though_its_line_is_crossed() -> None:
    text = """
negsim: 1
id: vote
title: A vote
issues: {price: {title: Price, scale: 0..10, step: 1}}
parties:
  ann: {title: Ann, demands: {price: 10}, no_deal: 20}
  bob: {title: Bob, demands: {price: 10}, no_deal: 20}
  cas: {title: Cas, demands: {price: 0}, no_deal: 30, red_lines: {line: {require: price <= 2, firmness: 0.001..0.999}}}
agreement: {quorum: 2}
"""
    scenario = loads(text)
    world = next(k for k in range(BLOCK) if dict(trace_talks(scenario, world=k).starts[2].real)["line"])
    story = trace_talks(scenario, world=world)
    assert story.stop == "agreed"
    price = float(story.deal[0][1])
    assert price > 2
    assert dict(story.gains)["cas"] == pytest.approx(100 - 10 * price - 30, abs=1e-4)
    found = bargain(scenario, n_worlds=64)
    assert found.parties[2].gain is not None
    assert found.parties[2].gain.p10 >= -30
