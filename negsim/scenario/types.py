"""A scenario as data: what was stated, typed and checked, nothing yet computed from it.

Every class mirrors one block of a scenario file, so that a scenario can be written out again
without loss. Parties are kept in the order of their ids: the order of a file has no meaning.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from negsim.errors import Path
from negsim.records import dataclass
from negsim.scenario.bargaining import Protocol, Tactic
from negsim.scenario.claims.tree import Expectation
from negsim.scenario.commitments import Durability, Lever, Sacred, SidePayments
from negsim.scenario.conditions.tree import IRRELEVANT, Condition
from negsim.scenario.no_deal import NoDeal, SameAs, War
from negsim.scenario.quantities import Quantity
from negsim.scenario.talks import Talks

__all__ = [
    "IRRELEVANT",
    "Adjustment",
    "Agreement",
    "Counterexample",
    "Demand",
    "Issue",
    "IssueKind",
    "OptionValue",
    "Party",
    "Priority",
    "Provenance",
    "RedLine",
    "Role",
    "Rule",
    "SameAs",
    "Scenario",
    "Sheet",
    "Source",
    "Tie",
]


class IssueKind(StrEnum):
    """How the options of an issue relate to each other."""

    CATEGORICAL = "categorical"
    ORDERED = "ordered"
    NUMERIC = "numeric"


class Role(StrEnum):
    """Whose consent is needed: a signatory's always, a ratifier's with its party's, others' where they consent."""

    SIGNATORY = "signatory"
    MEDIATOR = "mediator"
    GUARANTOR = "guarantor"
    RATIFIER = "ratifier"


@dataclass(frozen=True, slots=True)
class Issue:
    """A matter to settle.

    ``options`` are ids in declared order; for a numeric issue they are the levels as decimal text
    (``"0"``, ``"2.5"``) and ``levels`` holds them exactly. ``option_titles`` runs beside ``options``.
    ``irrelevant`` is not among them; `n_choices` counts it where the issue is conditional. An ``indivisible`` issue has
    no shares: a demand on it is met or not.
    """

    id: str
    title: str
    kind: IssueKind
    options: tuple[str, ...]
    option_titles: tuple[str, ...]
    levels: tuple[Fraction, ...] = ()
    unit: str = ""
    when: Condition | None = None
    about: str = ""
    indivisible: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The ids of the options, ``irrelevant`` included where the issue has a ``when``."""
        return self.options if self.when is None else (*self.options, IRRELEVANT)

    @property
    def n_choices(self) -> int:
        """Number of options, ``irrelevant`` included where the issue has a ``when``."""
        return len(self.options) + (self.when is not None)


@dataclass(frozen=True, slots=True)
class Rule:
    """A combination that makes no sense for anyone: outcomes must satisfy ``require``."""

    id: str
    require: Condition
    because: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """A stated position: the options that would satisfy it, as indices into the issue's options.

    ``form`` and ``stated`` keep the author's wording (``at_least``, ``("30",)``); ``any`` is every option.
    Forms: ``option`` (one id), ``one_of`` (ids), ``at_least``, ``at_most`` (one), ``between`` (two), ``any`` (none).
    """

    issue: str
    form: str
    stated: tuple[str, ...]
    met_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Priority:
    """The weight of an issue to a party, relative to its other weights."""

    issue: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class OptionValue:
    """How good one option is to a party, 0 to 100. ``option`` may be ``irrelevant``.

    For a numeric issue the given levels are points of a piecewise linear function, with those that meet the demand.
    """

    issue: str
    option: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class RedLine:
    """A condition that a party says it will never give up.

    ``firmness`` is the probability that it is real; None means hard, always real.
    ``audience_cost`` is what crossing it costs, in points, where it is a bluff.
    """

    id: str
    require: Condition
    firmness: Quantity | None
    audience_cost: Quantity
    title: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Points added to a party's utility wherever a condition holds."""

    id: str
    when: Condition
    amount: Quantity
    because: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is told to those alone who play a party: its story, its interests, what of all this they may disclose."""

    story: str = ""
    interests: tuple[str, ...] = ()
    may_say: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """One party: what it demands, what it cares about, what it will not cross, what it has without a deal.

    Empty ``priorities`` mean equal weights on every issue with a demand or values. ``no_deal`` is None only for a party
    with no stake at all (no demands, priorities or values), and for a ratifier that looks at its red lines alone.
    ``discount_rate`` is per year, ``good_faith`` the probability that the party negotiates seriously (None: it does).
    ``sacred``, ``levers`` and ``ratifiers`` are what the party holds sacred, how it can move others, and who has to say
    yes after it. ``tactic`` is how a signatory bargains (None: not said), and ``walks_out_below`` the belief that
    another is serious below which it leaves after a session (None: it never does). ``sheet`` is private to those who
    play the party, as all its figures are; ``about``, what it demands and where it draws red lines, everybody knows.

    A ratifier is a party of its own, which ``ratifies`` for another: ids of parties and ratifiers are all different.
    One with a no-deal value has of its party what it does not give (priorities, values, demands, adjustments, discount
    rate): that stands in it, each quantity the `Same` as the party's.
    """

    id: str
    title: str
    role: Role
    consents_to: Condition | None = None
    demands: tuple[Demand, ...] = ()
    priorities: tuple[Priority, ...] = ()
    values: tuple[OptionValue, ...] = ()
    red_lines: tuple[RedLine, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    no_deal: NoDeal | None = None
    discount_rate: Quantity | None = None
    good_faith: Quantity | None = None
    sacred: tuple[Sacred, ...] = ()
    levers: tuple[Lever, ...] = ()
    ratifiers: tuple[Party, ...] = ()
    ratifies: str = ""
    tactic: Tactic | None = None
    walks_out_below: Quantity | None = None
    about: str = ""
    sheet: Sheet = Sheet()

    @property
    def path(self) -> Path:
        """Where the party stands in a scenario."""
        return ("parties", self.ratifies, "ratifiers", self.id) if self.ratifies else ("parties", self.id)

    @property
    def by_lines_alone(self) -> bool:
        """Whether this is a ratifier that does not weigh deals by points."""
        return bool(self.ratifies) and self.no_deal is None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who must accept: all signatories (``quorum`` None), or so many of them with named vetoes.

    A party outside the signatories must accept wherever its ``consents_to`` holds, in either case.
    """

    quorum: int | None = None
    vetoes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """A Spearman rank correlation between two uncertain quantities (by a Gaussian copula)."""

    id: str
    between: tuple[Path, Path]
    rank_correlation: float


@dataclass(frozen=True, slots=True)
class Source:
    """Something that was read: a report, an interview, a paper."""

    id: str
    title: str
    publisher: str = ""
    date: str = ""
    date_is: str = "reported"
    url: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the numbers and statements below a path come from: a source, or an assumption with its reason.

    ``words`` says whose they are: ``statement`` (a party's own), ``estimate`` (an official's),
    ``comment`` (a journalist's) or ``report`` (of fact); ``by`` names who.
    """

    prefix: Path
    source: str = ""
    words: str = ""
    by: str = ""
    assumed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counterexample:
    """That a scenario breaks an expectation of another, and by which changes of it: paths, and what stands there."""

    of: str
    expect: str
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario, valid by construction when it comes from `negsim.scenario.load`."""

    id: str
    title: str
    issues: tuple[Issue, ...]
    parties: tuple[Party, ...]
    about: str = ""
    rules: tuple[Rule, ...] = ()
    agreement: Agreement = Agreement()
    war: War | None = None
    durability: Durability | None = None
    side_payments: SidePayments | None = None
    protocol: Protocol | None = None
    talks: Talks | None = None
    ties: tuple[Tie, ...] = ()
    sources: tuple[Source, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    counterexample: Counterexample | None = None

    @property
    def actors(self) -> tuple[Party, ...]:
        """Everybody who can say yes or no: the parties, then the ratifiers of each."""
        return (*self.parties, *(ratifier for party in self.parties for ratifier in party.ratifiers))
