"""Offers, answers and what is learned in one negotiation, line by line, as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from negsim.bargaining.told import Answer, Learned, Refusal, Start, Step, Trace
from negsim.report.names import Names
from negsim.report.page import Page
from negsim.report.text_blocks import terms
from negsim.report.words import exact_percent, points, signed_points
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined

__all__ = ["NOTHING_TO_OFFER", "Teller", "refusal_sentence", "write_steps"]

NOTHING_TO_OFFER = "Nobody has anything to offer that is better than no deal."

Options = tuple[tuple[str, str], ...]

_TELLING = 0.01
"""Beliefs that change by less are not told."""

_LEARNED = "What is learned is what the others then think; a weight is that of an issue among what the party demands."

_STALLS = "stalling"


def write_steps(page: Page, trace: Trace, scenario: Scenario) -> None:
    """Tell all steps of a negotiation; the first offer of each speaker in full, later ones by what moves."""
    several = any(step.session > 1 for step in trace.steps)
    teller = Teller(page, scenario, trace.starts, trace.kind, last_round=trace.n_rounds, several=several)
    for step in trace.steps:
        if isinstance(step, Step):
            teller.tell(step)
        else:
            teller.tell_learned(step)
    if not trace.steps:
        page.paragraph(NOTHING_TO_OFFER)


class Teller:
    """Tells step by step; remembers what has been told already.

    ``kind`` is the protocol, ``last_round`` its last round where that is known; ``several`` tells whether sessions have
    headings of their own.
    """

    def __init__(
        self,
        page: Page,
        scenario: Scenario,
        starts: Sequence[Start],
        kind: str,
        *,
        last_round: int = 0,
        several: bool = False,
    ) -> None:
        self._page, self._scenario, self._kind, self._last_round = page, scenario, kind, last_round
        self._names = Names(scenario)
        self._issues = {issue.id: issue.title for issue in scenario.issues}
        self._tactic: Mapping[str, str] = {start.party: start.tactic for start in starts}
        self._several = several
        self._session = 0
        self._heard: dict[str, Options] = {}
        self._last: Step | None = None
        self._explained = False

    def open_meeting(self) -> None:
        """Begin anew with the offer on the table; what each has offered before is still known."""
        self._last = None

    def tell(self, step: Step) -> None:
        """Tell an offer and the answers to it."""
        self._open_session(step.session)
        mark = f"{step.round:,}."
        answers = " ".join(f"{said}." for said in self._answers(step))
        if self._stands(step):
            self._page.item(answers, mark)
        elif step.speaker in self._heard:
            self._page.item(f"{self._moves(step)} {answers}", mark)
        else:
            verb = "puts to all" if self._is_last_draft(step) else "offers" if step.speaker else "proposes"
            self._page.item(f"{self._speaker(step)} {verb}{_worth(step)}:", mark)
            self._page.pairs(terms(step.options, (), self._scenario), indent=len(mark) + 3)
            self._page.paragraph(answers, len(mark) + 3)
        self._heard[step.speaker] = step.options
        self._last = step

    def _open_session(self, session: int) -> None:
        if self._several and session != self._session:
            self._page.blank()
            self._page.paragraph(f"Session {session:,}", style="bold")
        self._session = session

    def _stands(self, step: Step) -> bool:
        """Tell whether an offer is the one of the step before, which one more party answers."""
        last = self._last
        if last is None or self._kind != "stacked_alternating_offers":
            return False
        return (last.speaker, last.options) == (step.speaker, step.options)

    def _speaker(self, step: Step) -> str:
        return self._names.party[step.speaker] if step.speaker else "The mediator"

    def _moves(self, step: Step) -> str:
        """Say what is new in an offer."""
        speaker = self._speaker(step)
        # Between sessions others may have spoken for the party, so that its last offer is not the speaker's.
        new = step.moved or tuple(pair for pair in step.options if pair not in self._heard[step.speaker])
        moved = "; ".join(f"{title}: {option}" for title, option in terms(new, (), self._scenario))
        if self._is_last_draft(step):
            return f"{speaker} puts the draft to all{f', back to {moved}' if moved else ''}."
        if not moved:
            return f"{speaker} stays with its offer."
        return f"{speaker} now {'offers' if step.speaker else 'proposes'} {moved}{_worth(step)}."

    def _is_last_draft(self, step: Step) -> bool:
        """Tell whether a mediator asks for a yes or a no, not for another change."""
        return not step.speaker and step.round == self._last_round

    def _answers(self, step: Step) -> Iterator[str]:
        for answer in step.answers:
            yield f"{self._names.within[answer.party]} {self._answer(answer, step)}"
        if not step.suits and all(answer.accepted for answer in step.answers):
            yield from (refusal_sentence(refusal, self._names) for refusal in step.refused_by)

    def _answer(self, answer: Answer, step: Step) -> str:
        """Say yes, or no and why."""
        draft = not step.speaker and not self._is_last_draft(step)
        if answer.accepted:
            worth = "" if answer.gain is None else f" ({signed_points(answer.gain)})"
            return f"{'lets it pass' if draft else 'accepts'}{worth}"
        return f"{'holds it up' if draft else 'refuses'}: {self._why(answer, draft=draft)}"

    def _why(self, answer: Answer, *, draft: bool) -> str:
        if not answer.serious:
            return "it is not in earnest"
        if answer.crossed:
            lines = [self._names.red_line(answer.party, line) for line in answer.crossed]
            return f"it crosses its real red line{'' if len(lines) == 1 else 's'} {joined(lines)}"
        if answer.gain is not None and answer.gain < 0:
            return f"{points(-answer.gain)} points below no deal"
        if self._tactic[answer.party] == _STALLS:
            return "it stalls"
        if draft:
            return "worth less than the draft before"
        if answer.short is None:
            return "nothing would do"
        return f"{points(answer.short)} points short of what it asks now"

    def tell_learned(self, learned: Learned) -> None:
        """Tell what the others think of a party after a session, as far as that has changed."""
        said = [*self._lessons(learned)]
        name = self._names.within[learned.party]
        if said and not self._explained and learned.weights:
            self._explained = True
            self._page.paragraph(_LEARNED)
        if said:
            self._page.item(f"Learned about {name}: {'; '.join(said)}.")

    def _lessons(self, learned: Learned) -> Iterator[str]:
        for issue, before, after in learned.weights:
            if abs(after - before) >= _TELLING:
                yield f"the weight of “{self._issues[issue]}” {_change(before, after)}"
        for line, before, after in learned.red_lines:
            if abs(after - before) >= _TELLING:
                yield f"{self._names.red_line(learned.party, line)} real {_change(before, after)}"
        before, after = learned.serious
        if abs(after - before) >= _TELLING:
            yield f"in earnest {_change(before, after)}"


def refusal_sentence(refusal: Refusal, names: Names) -> str:
    """Say who refuses without sitting at the table, and why."""
    lines = [names.red_line(refusal.actor, line) for line in refusal.crossed]
    why = (
        f"it crosses its real red line{'' if len(lines) == 1 else 's'} {joined(lines)}"
        if lines
        else "below no deal to it"
    )
    return f"{names.party[refusal.actor]}, who is not at the table, refuses: {why}"


def _worth(step: Step) -> str:
    """Say what an offer is worth to who makes it."""
    return "" if step.gain is None else f" ({signed_points(step.gain)})"


def _change(before: float, after: float) -> str:
    return f"{exact_percent(after, 0)} % (before {exact_percent(before, 0)})"
