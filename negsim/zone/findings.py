"""What is found beside the zone itself, as plain data: what blocks, how far parties are, what solutions choose."""

from __future__ import annotations

from negsim.model.estimates import Estimate, Spread
from negsim.records import dataclass

__all__ = [
    "Blocks",
    "Concession",
    "LineBlock",
    "MinimalSet",
    "NearOutcome",
    "NearParty",
    "NoDealBlock",
    "Shortfall",
    "SolutionFinding",
    "SolutionShare",
    "TotalShortfall",
]


@dataclass(frozen=True, slots=True)
class LineBlock:
    """What one red line blocks.

    ``p_without`` is P(zone) without the line, its audience cost included; ``gain`` what that is above P(zone).
    ``with_others`` is the share of all worlds in which it blocks only together with others: there is no zone, none
    opens without this line alone, and some smallest set that would have to give way holds it.
    """

    party: str
    red_line: str
    p_without: Estimate
    gain: Estimate
    with_others: Estimate


@dataclass(frozen=True, slots=True)
class NoDealBlock:
    """What one party's no-deal value blocks.

    ``p_lower`` is P(zone) with the value lower by so many ``points``, ``gain`` what that is above P(zone). How far it
    would have to fall to open a zone by itself is in `Shortfall`.
    """

    party: str
    points: float
    p_lower: Estimate
    gain: Estimate


@dataclass(frozen=True, slots=True)
class Concession:
    """Points of a party's no-deal value in a set: the least it would have to fall by, the others having given way."""

    party: str
    points: Spread


@dataclass(frozen=True, slots=True)
class MinimalSet:
    """Constraints that would have to fall together: ``red_lines`` as (party, red line), and no-deal values.

    ``share`` is the share of worlds without a zone in which this is a smallest set: no part of it would do. A world can
    have several.
    """

    red_lines: tuple[tuple[str, str], ...]
    no_deal: tuple[Concession, ...]
    share: Estimate


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How far one party is from what all others would accept, as shares of the worlds without a zone.

    ``short`` where the others accept something that crosses none of its red lines and only leaves it short of its
    no-deal value, by ``points``; ``own_lines`` where all they accept crosses a real red line of its own; ``others``
    where the others accept nothing together, whatever this party did.
    """

    party: str
    short: Estimate
    points: Spread | None
    own_lines: Estimate
    others: Estimate


@dataclass(frozen=True, slots=True)
class NearParty:
    """What one party lacks at an outcome in worlds without a zone.

    ``p_accept`` is how often it accepts it there; ``short`` how often it is short of points, by ``points``; ``crossed``
    its red lines that the outcome crosses, each with the share of those worlds in which the line is real.
    """

    party: str
    p_accept: Estimate
    short: Estimate
    points: Spread | None
    crossed: tuple[tuple[str, Estimate], ...]


@dataclass(frozen=True, slots=True)
class NearOutcome:
    """An outcome near to a zone, in ``share`` of the worlds without one.

    It is near where its violations are a smallest set, and one of the parties it leaves short is within a point of the
    least that would do.
    ``new`` is the share of them in which that holds and none told before it is nearest. ``options`` holds one (issue,
    option) per issue, ``parties`` those whose acceptance it needs.
    """

    options: tuple[tuple[str, str], ...]
    share: Estimate
    new: Estimate
    parties: tuple[NearParty, ...]


@dataclass(frozen=True, slots=True)
class TotalShortfall:
    """The least that all parties together lack at an outcome that crosses no real red line.

    It adds up points of different parties. ``share`` is the share of worlds without a zone that have such an outcome,
    ``points`` the least total there.
    """

    share: Estimate
    points: Spread | None


@dataclass(frozen=True, slots=True)
class Blocks:
    """What keeps worlds from having a zone, over the first ``n_worlds`` worlds, ``n_without`` of them without one.

    ``minimal`` stand by falling share; ``n_minimal`` counts all that occur. ``lines`` and ``no_deal`` stand by falling
    gain. ``total`` is None unless asked for.
    """

    n_worlds: int
    n_without: int
    p_zone: Estimate
    lines: tuple[LineBlock, ...]
    no_deal: tuple[NoDealBlock, ...]
    minimal: tuple[MinimalSet, ...]
    n_minimal: int
    shortfalls: tuple[Shortfall, ...]
    nearest: tuple[NearOutcome, ...]
    total: TotalShortfall | None


@dataclass(frozen=True, slots=True)
class SolutionShare:
    """How often the outcomes that a solution chooses hold an option, in worlds with a zone; ties share equally."""

    issue: str
    option: str
    share: Estimate


@dataclass(frozen=True, slots=True)
class SolutionFinding:
    """What one solution chooses, over the first ``n_worlds`` worlds, ``n_zones`` of them with a zone.

    ``options`` holds every option of every issue in declared order, ``gains`` by signatory the points over no deal,
    ``worth`` by signatory what it has then on average, over the worlds with a zone.
    ``compares_points`` warns that it weighs points of one party against another's.
    """

    name: str
    title: str
    compares_points: bool
    n_worlds: int
    n_zones: int
    options: tuple[SolutionShare, ...]
    gains: tuple[tuple[str, Spread], ...]
    worth: tuple[tuple[str, float], ...] = ()
