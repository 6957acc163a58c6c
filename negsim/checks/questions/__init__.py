"""The table of questions: what may go either way, answered for a scenario. Each is a module with its manual page.

None of these is a law, whichever way it is answered; laws stand in `negsim.checks.theorems`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from negsim.checks.judging.variants import Variants
from negsim.checks.questions import later_deadline, more_options, own_harder_line, widening
from negsim.checks.questions.answer import Answer, Verdict
from negsim.checks.questions.asking import Asking
from negsim.model.sampling import BLOCK
from negsim.records import dataclass

__all__ = ["QUESTIONS", "Answer", "Asking", "Question", "Verdict", "answer_questions"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question: what it asks, its manual page (markdown), and how it is put to a scenario, about one thing a time."""

    id: str
    title: str
    manual: str
    ask: Callable[[Asking], Iterator[Answer]]


class _Module(Protocol):
    __doc__: str | None
    ID: str

    @property
    def ask(self) -> Callable[[Asking], Iterator[Answer]]: ...


def _question(module: _Module) -> Question:
    title, _, manual = (module.__doc__ or "").partition("\n")
    return Question(module.ID, title.removesuffix("."), manual.strip(), module.ask)


QUESTIONS: Mapping[str, Question] = {
    question.id: question
    for question in (
        _question(later_deadline),
        _question(own_harder_line),
        _question(more_options),
        _question(widening),
    )
}
"""Every question by its id."""


def answer_questions(variants: Variants, names: Sequence[str] = (), *, n_worlds: int = BLOCK) -> Iterator[Answer]:
    """Put questions to a scenario, all of them in the same worlds.

    Parameters
    ----------
    variants : Variants
    names : sequence of str
        Keys of `QUESTIONS`; all if empty.
    n_worlds : int
        The first so many worlds, at most `BLOCK`.

    Yields
    ------
    Answer
        One for each thing that a question can be asked about.

    Raises
    ------
    KeyError
        If there is no such question.
    ScenarioError
        If the scenario has no outcome, or too many to look at.

    Examples
    --------
    >>> from negsim.scenario.load import interpret
    >>> from negsim.scenario.reader import read_document
    >>> deals = '''
    ... negsim: 1
    ... id: deadline
    ... title: Three deals
    ... issues: {deal: {title: Deal, options: [a, b, c]}}
    ... parties:
    ...   ann: {title: Ann, values: {deal: {a: 100, b: 50, c: 100}}, no_deal: 0}
    ...   bob: {title: Bob, values: {deal: {a: 20, b: 80, c: 50}}, no_deal: 30}
    ... protocol: {rounds: 2, offers: own_rank}
    ... '''
    >>> loaded = interpret(read_document(deals, "deadline.yaml"))
    >>> [(one.subject, str(one.verdict)) for one in answer_questions(Variants(loaded), ["later_deadline"], n_worlds=1)]
    [('protocol.rounds', 'yes')]
    """
    asking = Asking(variants, n_worlds)
    for question in [QUESTIONS[name] for name in names] or QUESTIONS.values():
        yield from question.ask(asking)
