"""What is told of one negotiation, as plain data: who offered what, who refused it and why, what was learned."""

from __future__ import annotations

from negsim.records import dataclass

__all__ = ["Answer", "Learned", "Options", "Refusal", "Start", "Step", "Trace"]

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one party said to an offer.

    ``gain`` is what the deal is worth to it over no deal, in points; None where it crosses a real red line of its own:
    one of ``crossed``. ``short`` is by how many points it misses what the party would take now, 0 where it does not;
    None where nothing would do: the party is not ``serious``, stalls, or accepts no deal at all.
    """

    party: str
    accepted: bool
    gain: float | None
    short: float | None
    crossed: tuple[str, ...]
    serious: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """Who does not sit at the table and refuses a deal, and which real red lines of its own it crosses: (id, ...)."""

    actor: str
    crossed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One offer and the answers to it.

    ``session`` and ``round`` count from 1 and are those of the offer, wherever it is answered; ``speaker`` is empty for
    a mediator. ``options`` spell the deal out, ``moved`` are those of them that differ from the speaker's last offer.
    ``gain`` is what it is worth to the speaker, in points. ``suits`` tells whether those agree who are not at the table
    but whose consent the deal needs.
    """

    session: int
    round: int
    speaker: str
    options: Options
    moved: Options
    gain: float | None
    answers: tuple[Answer, ...]
    refused_by: tuple[Refusal, ...] = ()

    @property
    def suits(self) -> bool:
        """Whether those agree who are not at the table but whose consent the deal needs."""
        return not self.refused_by


@dataclass(frozen=True, slots=True)
class Learned:
    """What a session taught the others about one party: beliefs before and after it.

    ``weights`` are ``(issue, before, after)``, the weight that each issue is thought to have; ``red_lines`` ``(line,
    before, after)`` the probability that each is real; ``serious`` the probability that the party is.
    """

    session: int
    party: str
    weights: tuple[tuple[str, float, float], ...]
    red_lines: tuple[tuple[str, float, float], ...]
    serious: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Start:
    """What is true of one party in the world: its tactic with its parameters, which red lines are real, no deal."""

    party: str
    tactic: str
    parameters: tuple[tuple[str, float], ...]
    no_deal: float
    real: tuple[tuple[str, bool], ...]
    serious: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """The talks of one world.

    ``has_zone`` tells whether there is a zone in the world. ``deal`` and ``gains`` say what was agreed, and what it
    gives each over no deal in points; empty without agreement, or where the deal was rejected at home: then ``deal`` is
    what was rejected. ``signed`` are the signatories who said yes to it, ``refused_by`` those who refuse it at home.
    ``left`` are those who leave, where talks end so.
    """

    world: int
    seed: int
    n_rounds: int
    kind: str
    starts: tuple[Start, ...]
    steps: tuple[Step | Learned, ...]
    stop: str
    round: int
    deal: Options
    gains: tuple[tuple[str, float], ...]
    has_zone: bool
    left: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    refused_by: tuple[Refusal, ...] = ()
