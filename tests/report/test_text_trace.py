from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from negsim.bargaining import Answer, Refusal, Start, Trace
from negsim.report.json_trace import trace_data
from negsim.report.page import Page, Style
from negsim.report.schema import trace_schema_text
from negsim.report.text_trace import write_trace
from tests.docs.pages import ROOT
from tests.docs.test_docs import keys, words_in_code
from tests.report.bargains import HANDOVER, LINE, STEPS, TRACE, ZONE, answer, offer
from tests.report.examples import scenario
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"
SCHEMA: dict[str, Any] = json.loads(trace_schema_text())


def report(trace: Trace = TRACE, style: Style | None = None) -> str:
    page = Page(style or Style())
    write_trace(page, trace, scenario(), "lhs", "1.2.3")
    return page.text()


def said(trace: Trace = TRACE) -> str:
    return " ".join(report(trace).split())


def failed(stop: str, **other: Any) -> Trace:
    return replace(TRACE, stop=stop, deal=(), gains=(), **other)


def test_the_trace_reads_as_agreed() -> None:
    assert_matches(report(), SNAPSHOTS / "trace.txt")


def test_the_trace_reads_as_agreed_in_ascii_on_a_narrow_page() -> None:
    text = report(style=Style(width=40, ascii_only=True))
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 40
    assert_matches(text, SNAPSHOTS / "trace-narrow.txt")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (answer("lower", 3.0, 0.0, accepted=True), "Lower village accepts (+3.0)."),
        (answer("lower", 3.0, 4.25), "Lower village refuses: 4.2 points short of what it asks now."),
        (answer("lower", -3.0, 4.25), "Lower village refuses: 3.0 points below no deal."),
        (
            answer("lower", None, None, crossed=("no_handover",)),
            "Lower village refuses: it crosses its real red line “No handing over”.",
        ),
        (answer("lower", 3.0, None, serious=False), "Lower village refuses: it is not in earnest."),
        (answer("lower", 3.0, None), "Lower village refuses: nothing would do."),
    ],
)
def test_an_answer_says_why(given: Answer, words: str) -> None:
    assert words in said(replace(TRACE, steps=(offer(1, "upper", ZONE, given),)))


def test_who_stalls_is_told_to() -> None:
    start = Start("lower", "stalling", (("exponent", 10.0),), 41.0, (), serious=True)
    steps = (offer(1, "upper", ZONE, answer("lower", 3.0, None)),)
    assert "Lower village refuses: it stalls." in said(replace(TRACE, starts=(TRACE.starts[0], start), steps=steps))


def test_a_later_offer_says_only_what_moved() -> None:
    text = said()
    moved = "3. Upper village [the old one] now offers The strip between the villages: Nobody enters it; Term of"
    assert f"{moved} the guarantee: 20 years (+20.0)." in text
    assert "4. Lower village stays with its offer." in text


def test_only_what_was_learned_by_a_point_or_more_is_told() -> None:
    text = said()
    assert "the weight of “The strip between the villages” 62 % (before 50)" in text
    assert "“No handing over” real 90 % (before 78)" in text
    assert "in earnest" not in text


@pytest.mark.parametrize(
    ("trace", "words"),
    [
        (TRACE, "World 7: Upper village [the old one] and Lower village agree in round 5 of 8."),
        (failed("deadline"), "do not agree. Deadline in round 5 of 8: there is a deal, and the rounds run out. One"),
        (failed("no_zone", has_zone=False), "no outcome suits all who must agree. One"),
        (failed("breakdown", has_zone=False), "as they may by chance. No deal is possible in this world."),
        (failed("red_line"), "of a party that refuses it. Some deal is possible in this world."),
        (failed("walk_out"), "do not agree. Walk-out after round 5 of 8: a party leaves"),
        (replace(failed("rejected_at_home"), deal=ZONE), "Rejected at home in round 5: agreed at the table, and"),
    ],
)
def test_how_talks_end_stands_first(trace: Trace, words: str) -> None:
    assert words in said(trace)


def test_what_is_rejected_at_home_is_told_without_gains() -> None:
    end = report(replace(TRACE, stop="rejected_at_home", gains=())).partition("The end")[2]
    assert "The county's wardens" in end
    assert "Over no deal" not in end


def test_who_refuses_away_from_the_table_is_named_with_the_reason() -> None:
    away = (Refusal("lower", ("no_handover",)), Refusal("upper", ()))
    yes = answer("lower", 3.0, 0.0, accepted=True)
    text = said(replace(TRACE, steps=(offer(1, "upper", ZONE, yes, refused_by=away),)))
    assert "Lower village, who is not at the table, refuses: it crosses its real red line “No handing over”." in text
    assert "who is not at the table, refuses: below no deal to it." in text
    refused = replace(TRACE, steps=(offer(1, "upper", ZONE, answer("lower", 3.0, 1.0), refused_by=away),))
    assert "not at the table" not in said(refused)
    home = replace(TRACE, stop="rejected_at_home", gains=(), refused_by=away[:1])
    assert "not at the table, refuses: it crosses its real red line" in report(home).partition("The end")[2]
    assert trace_data(home, scenario(), "lhs", "1.2.3")["end"]["refused_by"] == [
        {"actor": "lower", "crossed": ["no_handover"]}
    ]


def test_under_a_quorum_those_who_said_yes_are_named() -> None:
    assert "World 7: Lower village agree in round" in said(replace(TRACE, signed=("lower",)))


def test_an_offer_that_stands_is_not_told_again() -> None:
    first = offer(1, "upper", ZONE, answer("lower", 3.0, 0.0, accepted=True))
    second = offer(1, "upper", ZONE, answer("county", 3.0, 1.0))
    start = Start("county", "time", (), 41.0, (), serious=True)
    steps = replace(TRACE, starts=(*TRACE.starts, start), steps=(first, second))
    assert "1. The county refuses" in said(replace(steps, kind="stacked_alternating_offers"))
    assert "stays with its offer. The county refuses" in said(steps)


def test_a_mediator_puts_drafts_that_parties_let_pass() -> None:
    draft = offer(1, "", ZONE, answer("upper", 3.0, 0.0, accepted=True), answer("lower", 1.0, None), gain=None)
    text = said(replace(TRACE, kind="single_text", steps=(draft,)))
    assert "1. The mediator proposes:" in text
    assert "Upper village [the old one] lets it pass (+3.0)." in text
    assert "Lower village holds it up: worth less than the draft before." in text


def test_a_mediator_puts_its_draft_to_all_in_the_last_round() -> None:
    refusing = answer("lower", 1.0, 2.0)
    drafts = [
        offer(7, "", ZONE, answer("lower", 1.0, None), gain=None),
        offer(8, "", LINE, refusing, gain=None, moved=(("land", "line"),)),
    ]
    text = said(replace(TRACE, kind="single_text", steps=tuple(drafts)))
    assert "The mediator puts the draft to all, back to The strip between the villages: Both stay" in text
    assert "Lower village refuses: 2.0 points short of what it asks now." in text
    assert "puts the draft to all. Lower" in said(
        replace(TRACE, kind="single_text", steps=(drafts[0], replace(drafts[1], options=ZONE, moved=())))
    )
    assert "The mediator puts to all:" in said(replace(TRACE, kind="single_text", steps=(drafts[1],)))


def test_red_lines_are_told_as_real_or_bluffs() -> None:
    assert "“No handing over” is a real red line." in said()
    bluff = replace(TRACE.starts[1], real=(("no_handover", False),), serious=False)
    text = said(replace(TRACE, starts=(TRACE.starts[0], bluff)))
    assert "“No handing over” is a bluff." in text
    assert "It is not in earnest: it takes nothing." in text


def test_where_nobody_offers_anything_that_is_said() -> None:
    assert "Nobody has anything to offer that is better than no deal." in said(failed("no_zone", steps=()))


LEFT = failed("walk_out", left=("lower",))


def test_who_leaves_is_named() -> None:
    assert "Lower village leaves." in said(LEFT)
    assert "leaves." not in said(TRACE)
    assert trace_data(LEFT, scenario(), "lhs", "1.2.3")["end"]["left"] == ["lower"]


@pytest.mark.parametrize("trace", [TRACE, LEFT, failed("no_zone", steps=()), replace(TRACE, steps=STEPS[:2])])
def test_the_data_fit_their_schema(trace: Trace) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    data = trace_data(trace, scenario(), "lhs", "1.2.3")
    jsonschema.validate(data, SCHEMA)
    for broken in (data | {"elapsed": 1}, *({k: v for k, v in data.items() if k != key} for key in data)):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, SCHEMA)


def test_the_data_hold_offers_and_lessons_in_order() -> None:
    steps = trace_data(TRACE, scenario(), "lhs", "1.2.3")["steps"]
    assert [step["kind"] for step in steps] == ["offer"] * 4 + ["learned"] * 2 + ["offer"]
    assert [dict(deal) for deal in (HANDOVER, LINE)] == [step["options"] for step in steps[:2]]


def test_every_key_is_in_the_reference() -> None:
    assert keys(SCHEMA) - words_in_code(ROOT / "docs" / "reference" / "json.md") == set()
