"""Questions that may go either way: known cases in which they do, and others in which they do not."""

from __future__ import annotations

import pytest

from negsim.checks.questions import QUESTIONS, Answer, Question, Verdict, answer_questions
from negsim.scenario.bargaining import MOST_ROUNDS
from tests.checks.quarrel import QUARREL, variants_of

EVERY_QUESTION = pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))


def ask(name: str, text: str, n_worlds: int = 256) -> dict[str, Answer]:
    return {one.subject: one for one in answer_questions(variants_of(text), [name], n_worlds=n_worlds)}


@EVERY_QUESTION
def test_a_manual_says_that_this_is_no_law(question: Question) -> None:
    assert question.title.startswith("Whether ")
    assert "no law" in question.manual or "is none" in question.manual


@EVERY_QUESTION
def test_every_question_can_be_put_to_the_quarrel(question: Question) -> None:
    for found in ask(question.id, QUARREL, 64).values():
        assert found.verdict is not Verdict.OUTSIDE
        assert found.n_cases == 64
        assert found.n_yes <= 64
        assert bool(found.example) == (found.verdict is Verdict.YES)


def test_an_unknown_question_is_refused() -> None:
    with pytest.raises(KeyError):
        list(answer_questions(variants_of(QUARREL), ["nothing"]))


# The number 48 of docs/explanation/theorems.md: two agree within two rounds, and not within three.
DEADLINE = """\
negsim: 1
id: deadline
title: Three deals
issues: {deal: {title: Deal, options: [a, b, c]}}
parties:
  ann: {title: Ann, values: {deal: {a: 100, b: 50, c: 100}}, no_deal: 0}
  bob: {title: Bob, values: {deal: {a: 20, b: 80, c: 50}}, no_deal: 30}
protocol: {rounds: 2, offers: own_rank}
"""


def test_a_later_deadline_may_lose_a_deal() -> None:
    found = ask("later_deadline", DEADLINE, 1)["protocol.rounds"]
    assert (found.verdict, found.n_cases, found.n_yes) == (Verdict.YES, 1, 1)
    assert found.example.startswith("world 0 of block 0, seed 0")
    assert "protocol.rounds=3" in found.example
    assert "1 of 1 worlds agree" in found.detail


def test_a_later_deadline_loses_nothing_where_all_want_the_same() -> None:
    agreed = DEADLINE.replace("{a: 20, b: 80, c: 50}", "{a: 100, b: 50, c: 90}")
    found = ask("later_deadline", agreed, 1)["protocol.rounds"]
    assert (found.verdict, found.n_yes, found.example) == (Verdict.NONE, 0, "")


def test_sessions_are_asked_about_where_there_are_several() -> None:
    assert set(ask("later_deadline", DEADLINE.replace("rounds: 2", "rounds: 2, sessions: 2"), 1)) == {
        "protocol.rounds",
        "protocol.sessions",
    }


def test_where_there_is_but_one_offer_there_is_no_deadline() -> None:
    found = ask("later_deadline", DEADLINE.replace("rounds: 2", "kind: take_it_or_leave_it"), 1)
    assert found["protocol.rounds"].verdict is Verdict.OUTSIDE


def test_as_many_rounds_as_there_can_be_leave_no_later_deadline() -> None:
    found = ask("later_deadline", DEADLINE.replace("rounds: 2", f"rounds: {MOST_ROUNDS}"), 1)["protocol.rounds"]
    assert found.verdict is Verdict.OUTSIDE
    assert "most" in found.detail


# The number 34 there: gains (1, 2) and (2, 1), and the second's no-deal value is 1, so that the product of gains is 1 at
# the first and 0 at the second. Without the first, the second is chosen: where Ann's line is no bluff, she has 20 points.
SCHELLING = """\
negsim: 1
id: schelling
title: Two deals
issues: {deal: {title: Deal, options: [first, second]}}
parties:
  ann:
    title: Ann
    values: {deal: {first: 10, second: 20}}
    no_deal: 0
    red_lines: {not_the_first: {require: deal == second, firmness: 0.5}}
  bob: {title: Bob, values: {deal: {first: 20, second: 10}}, no_deal: 10}
"""


def test_a_harder_line_may_help_its_owner() -> None:
    found = ask("own_harder_line", SCHELLING)
    line = found["parties.ann.red_lines.not_the_first.firmness=1"]
    assert line.verdict is Verdict.YES
    assert 80 < line.n_yes < 176  # the worlds in which it was a bluff: half of 256, give or take six deviations
    assert "ann has 10.00 points, and 20.00 with" in line.example
    assert f"more in {line.n_yes} and less in 0 of 256" in line.detail


def test_a_higher_no_deal_value_helps_nobody_who_gets_its_best_already() -> None:
    # Bob has 20, and never more. Were 15 what he had without a deal, the second deal would be below it.
    found = ask("own_harder_line", SCHELLING.replace("firmness: 0.5", "firmness: 0"))
    assert found["parties.bob.no_deal+5"].verdict is Verdict.NONE
    assert "less in 0 of" in found["parties.bob.no_deal+5"].detail


def test_a_harder_line_that_closes_the_zone_helps_nobody() -> None:
    # Now the second deal is worth less than no deal to Bob.
    found = ask("own_harder_line", SCHELLING.replace("second: 10}}, no_deal: 10", "second: 5}}, no_deal: 10"))
    line = found["parties.ann.red_lines.not_the_first.firmness=1"]
    assert line.verdict is Verdict.NONE
    assert "-" in line.detail.rsplit("worlds,", 1)[1]


def test_a_claimed_no_deal_value_is_not_had_where_it_leaves_no_deal() -> None:
    # A single deal, worth 12 over 10: who holds out for 15 is left with 10.
    single = """\
negsim: 1
id: single
title: One deal
issues: {deal: {title: Deal, options: [it]}}
parties:
  ann: {title: Ann, values: {deal: {it: 12}}, no_deal: 10}
  bob: {title: Bob, values: {deal: {it: 12}}, no_deal: 0}
"""
    found = ask("own_harder_line", single, 1)["parties.ann.no_deal+5"]
    assert found.verdict is Verdict.NONE
    assert "-2.00 points on average" in found.detail


# The number 31 there: the second party had 2, and all of it, and has 1 where (1, 1) can be agreed upon. A third option
# that nobody accepts lets there be more than two.
OPTIONS = """\
negsim: 1
id: options
title: More to choose from
issues: {deal: {title: Deal, options: [his, shared, neither]}}
parties:
  ann: {title: Ann, values: {deal: {his: 20, shared: 30, neither: 0}}, no_deal: 20}
  bob: {title: Bob, values: {deal: {his: 40, shared: 30, neither: 0}}, no_deal: 20}
"""


def test_an_option_more_may_hurt_a_party() -> None:
    found = ask("more_options", OPTIONS, 1)
    assert set(found) == {f"issues.deal.options.{option}" for option in ("his", "shared", "neither")}
    shared = found["issues.deal.options.shared"]
    assert (shared.verdict, shared.n_yes) == (Verdict.YES, 1)
    assert "bob has 30.00 points, and 40.00 without it" in shared.example


def test_an_option_that_nobody_accepts_hurts_nobody() -> None:
    assert ask("more_options", OPTIONS, 1)["issues.deal.options.neither"].verdict is Verdict.NONE


def test_many_options_are_asked_about_evenly() -> None:
    text = """\
negsim: 1
id: many
title: Many prices
issues: {price: {title: Price, scale: 0..100, step: 1}}
parties:
  ann: {title: Ann, demands: {price: 0}, no_deal: 30}
  bob: {title: Bob, demands: {price: 100}, no_deal: 30}
"""
    found = ask("more_options", text, 1)
    assert len(found) == 16
    assert {"issues.price.options.0", "issues.price.options.100"} <= set(found)


def test_issues_that_conditions_name_are_not_asked_about() -> None:
    bound = OPTIONS + "rules: {sense: {require: deal != neither}}\n"
    assert ask("more_options", bound, 1)["issues"].verdict is Verdict.OUTSIDE


@pytest.mark.parametrize("name", ["own_harder_line", "more_options"])
def test_solutions_are_left_alone_under_a_quorum(name: str) -> None:
    (found,) = ask(name, OPTIONS + "agreement: {quorum: 1}\n").values()
    assert found.verdict is Verdict.OUTSIDE
    assert "quorum" in found.detail


@pytest.mark.parametrize("name", ["own_harder_line", "more_options", "later_deadline"])
def test_nobody_to_bargain_with_is_a_reason(name: str) -> None:
    (found,) = ask(name, OPTIONS[: OPTIONS.index("  bob")]).values()
    assert found.verdict is Verdict.OUTSIDE
    assert "bargain" in found.detail


# From docs/explanation/theorems.md: one deal, worth 45 to a party that is uncertain of what it has without one.
WIDE = """\
negsim: 1
id: one-deal
title: One deal
issues: {deal: {title: Deal, options: [it]}}
parties: {ann: {title: Ann, values: {deal: {it: 45}}, no_deal: 40..60}}
"""


def test_wider_may_make_a_zone_likelier() -> None:
    # Exactly 1/4 as it stands, and 3/8 with 30..70.
    found = ask("widening", WIDE)["parties.ann.no_deal"]
    assert found.verdict is Verdict.YES
    assert 10 < found.n_yes < 60  # an eighth of 256
    assert "0 lose theirs" in found.detail
    assert "no zone with parties.ann.no_deal at 4" in found.example


def test_wider_may_make_a_zone_less_likely() -> None:
    # Exactly 3/4, and 5/8 with 20..60.
    found = ask("widening", WIDE.replace("40..60", "30..50"))["parties.ann.no_deal"]
    assert (found.verdict, found.n_yes, found.example) == (Verdict.NONE, 0, "")
    assert "0 get one" in found.detail


def test_where_no_deal_is_certain_there_is_nothing_to_widen() -> None:
    assert ask("widening", WIDE.replace("40..60", "40"))["no_deal"].verdict is Verdict.OUTSIDE
