"""What a person sees of a match while it goes on: nothing that the others keep to themselves."""

from __future__ import annotations

from negsim.records import dataclass
from negsim.teaching.playing.match import Options

__all__ = ["Ending", "Question", "Reply", "Said", "State"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody says to an offer, and the reason that is given for a refusal.

    ``lines`` are the red lines that the party has stated and that the deal crosses, real or not. ``wants`` is the issue
    on which the party wants movement, empty where it names none. ``away`` tells that it does not sit at the table.
    """

    party: str
    accepted: bool
    lines: tuple[str, ...] = ()
    wants: str = ""
    away: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """An offer and the answers to it, or a draft (``speaker`` empty) and who lets it pass.

    ``session`` and ``round`` count from 1. ``moved`` are the options that differ from what the speaker offered last;
    all of them where that is the first offer.
    """

    session: int
    round: int
    speaker: str
    options: Options
    moved: Options
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the person.

    ``kind`` is ``offer`` (make one), ``answer`` (to ``options``, offered by ``speaker``), ``final`` (yes or no, and
    nothing follows) or ``draft`` (may ``before`` be changed into ``options``). ``last`` is what the person offered last
    (empty: nothing yet), ``offers`` the last offer of each other. ``advice`` is how many points a negotiator who
    follows the tactic of the seat would now ask for or take, None where that is nothing at all.
    """

    kind: str
    session: int
    round: int
    rounds_left: int
    speaker: str = ""
    options: Options = ()
    before: Options = ()
    last: Options = ()
    offers: tuple[tuple[str, Options], ...] = ()
    earlier: tuple[tuple[str, Options], ...] = ()
    advice: float | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How talks ended: ``stop`` as in `Trace`, ``left`` who left, the person included, ``deal`` what was agreed."""

    stop: str
    session: int
    round: int
    deal: Options = ()
    left: tuple[str, ...] = ()
    refused_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """How a match stands after some moves: what was said, and either a question or the end."""

    said: tuple[Said, ...]
    question: Question | None = None
    ending: Ending | None = None
