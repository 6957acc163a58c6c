"""What asking a question of a scenario comes to."""

from __future__ import annotations

from enum import StrEnum

from negsim.records import dataclass

__all__ = ["Answer", "Verdict", "answered", "not_applying"]


class Verdict(StrEnum):
    """What was found: a case, none in those looked at, or that the question makes no sense here."""

    YES = "yes"
    NONE = "no case found"
    OUTSIDE = "does not apply"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question about one thing of a scenario.

    ``subject`` names what was changed. ``n_cases`` counts the worlds in which it was changed, ``n_yes`` those in which
    the answer is yes. ``example`` shows one of them, with its numbers, or is empty; ``detail`` says what was
    found over all worlds, or why the question does not apply.
    """

    question: str
    subject: str
    verdict: Verdict
    n_cases: int = 0
    n_yes: int = 0
    example: str = ""
    detail: str = ""


def answered(question: str, subject: str, n_cases: int, n_yes: int, example: str, detail: str) -> Answer:
    """Answer by how many worlds say yes."""
    verdict = Verdict.YES if n_yes else Verdict.NONE
    return Answer(question, subject, verdict, n_cases, n_yes, example if n_yes else "", detail)


def not_applying(question: str, subject: str, reason: str) -> Answer:
    """Say why a question makes no sense for a scenario."""
    return Answer(question, subject, Verdict.OUTSIDE, detail=reason)
