from __future__ import annotations

from dataclasses import replace

import pytest

from negsim.errors import Path
from negsim.report.paths import path_words
from negsim.scenario.inventory_talks import quantities_of_talks
from negsim.scenario.quantities import Constant
from negsim.scenario.talks import Effect, Event, Hazard, PartialAgreement
from tests.report.calendars import TALKS, calendar

EFFECT = Effect("warmth", ("parties", "lower", "no_deal"), "add", Constant(1), lasts=Constant(4), fades=Constant(9))
ONE = (("lower", Constant(0.5)),)
FULL = replace(
    TALKS,
    events=(*TALKS.events, Event("riposte", after="raids", delay=Constant(2), unless_serious=ONE, effects=(EFFECT,))),
    partial_agreements=(
        PartialAgreement("herds", "years", "20", "0", unless_serious=ONE, in_return=ONE, effects=(EFFECT,)),
    ),
    what_if=(*TALKS.what_if, replace(TALKS.what_if[0], id="warmer", title="", effects=(EFFECT,))),
)


def test_every_quantity_of_a_calendar_has_words_of_its_own() -> None:
    paths = [path for path, *_ in quantities_of_talks(FULL)]
    paths += [
        path for path, *_ in quantities_of_talks(replace(TALKS, deadline=Hazard(Constant(90)))) if "hazard" in path
    ]
    words = [path_words(path, replace(calendar(), talks=FULL)) for path in paths]
    assert all(words)
    assert len(set(words)) == len(paths) > 30


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("talks", "events", "raids", "rate"), "how often a day “Raids on the barns” happens"),
        (("talks", "envoys", "reeve", "sidesteps"), "the probability that The reeve speaks of other things"),
        (("talks", "deadline", "extensible", "chance"), "the probability that the deadline is put off"),
        (("parties", "lower", "serious"), "the probability that Lower village is in earnest"),
        (("parties", "lower", "red_lines", "no_handover", "real"), "the probability of being real of “No handing over” (Lower village)"),
    ],
)  # fmt: skip
def test_a_path_reads_as_words(path: Path, words: str) -> None:
    assert path_words(path, calendar()) == words
