"""What is on the sheets of a game: built part by part from what each reader may know, and from nothing else.

`general_information` is for everybody. It names each field that is public, and reads no other. `role_sheet` adds what
is private to one role. Only `instructors_pack` sees all roles. Pages are written from these alone, never from a
scenario, so that what is not here cannot be on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from negsim.errors import Path
from negsim.model.values import UNITS_PER_POINT
from negsim.records import dataclass
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.no_deal import SameAs
from negsim.scenario.quantities import Constant
from negsim.scenario.types import Demand, Issue, IssueKind, Party, RedLine, Scenario
from negsim.teaching.analysis import GameAnalysis
from negsim.teaching.game import Game
from negsim.teaching.points import RoleTable
from negsim.teaching.whole import FEW_LEVELS, bends_of

__all__ = [
    "ExtraPoints",
    "GeneralInformation",
    "HeldLine",
    "InstructorsPack",
    "IssuePoints",
    "Level",
    "PublicLine",
    "PublicParty",
    "PublicRule",
    "RoleSheet",
    "Text",
    "general_information",
    "instructors_pack",
    "role_sheet",
]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the scenario's author and the path by which a translation names it; false where it is empty."""

    path: Path
    text: str

    def __bool__(self) -> bool:
        """Tell whether there is any text."""
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A red line as it is stated: what it requires, in the author's words and as a condition."""

    title: Text
    because: Text
    require: Condition


@dataclass(frozen=True, slots=True)
class PublicParty:
    """What everybody knows of a party, or of one who ratifies for it."""

    id: str
    title: Text
    role: str
    about: Text
    demands: tuple[Demand, ...]
    lines: tuple[PublicLine, ...]
    consents_to: Condition | None
    ratifiers: tuple[PublicParty, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicRule:
    """A combination that makes no sense for anyone."""

    require: Condition
    because: Text


@dataclass(frozen=True, slots=True)
class GeneralInformation:
    """What everybody may read. ``quorum`` is None where all who sign must agree; ``vetoes`` must be among a quorum."""

    id: str
    title: Text
    about: Text
    issues: tuple[Issue, ...]
    parties: tuple[PublicParty, ...]
    rules: tuple[PublicRule, ...]
    quorum: int | None
    vetoes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A choice of an issue and what it is worth, in points; ``step`` is what each step up to the next one listed adds.

    ``step`` is None where the next level is the next one listed, and for options.
    """

    choice: str
    points: float
    step: float | None = None


@dataclass(frozen=True, slots=True)
class IssuePoints:
    """What one issue is worth to a role: its weight, at most so many points, and its choices."""

    issue: Issue
    weight: float
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class ExtraPoints:
    """Points for a combination."""

    when: Condition
    points: float
    because: Text


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A red line of one's own: whether it is real, and what crossing it costs if it is not."""

    stated: PublicLine
    real: bool
    cost: float


@dataclass(frozen=True, slots=True)
class RoleSheet:
    """What one role alone may read. ``walk_away_level`` is the one level that is as good as no deal, if it is given so.

    ``counts`` tells whether the role counts points at all.
    """

    id: str
    title: Text
    story: Text
    interests: tuple[Text, ...]
    may_say: tuple[Text, ...]
    counts: bool
    issues: tuple[IssuePoints, ...]
    extras: tuple[ExtraPoints, ...]
    lines: tuple[HeldLine, ...]
    walk_away: float
    walk_away_level: tuple[str, str] | None
    ratifiers: tuple[PublicParty, ...]


@dataclass(frozen=True, slots=True)
class InstructorsPack:
    """All there is, for whoever teaches: every role's sheet, those of ratifiers too, and what the game holds.

    ``shared`` are issues on which those who sign want the same; ``traded`` those that weigh at least twice as much to
    one of them as to another, with whom they weigh most and least.
    """

    general: GeneralInformation
    roles: tuple[RoleSheet, ...]
    ratifiers: tuple[RoleSheet, ...]
    analysis: GameAnalysis
    seed: int
    left_out: tuple[str, ...]
    shared: tuple[str, ...]
    traded: tuple[tuple[str, str, str], ...]


def general_information(scenario: Scenario) -> GeneralInformation:
    """Gather what everybody may know: issues, rules, who must agree, what each party demands and says of red lines."""
    return GeneralInformation(
        id=scenario.id,
        title=Text(("title",), scenario.title),
        about=Text(("about",), scenario.about),
        issues=scenario.issues,
        parties=tuple(_public(party) for party in scenario.parties),
        rules=tuple(
            PublicRule(rule.require, Text(("rules", rule.id, "because"), rule.because)) for rule in scenario.rules
        ),
        quorum=scenario.agreement.quorum,
        vetoes=scenario.agreement.vetoes,
    )


def _public(actor: Party) -> PublicParty:
    return PublicParty(
        id=actor.id,
        title=Text((*actor.path, "title"), actor.title),
        role=actor.role.value,
        about=Text((*actor.path, "about"), actor.about),
        demands=actor.demands,
        lines=tuple(_public_line(actor, line) for line in actor.red_lines),
        consents_to=actor.consents_to,
        ratifiers=tuple(_public(ratifier) for ratifier in actor.ratifiers),
    )


def _public_line(actor: Party, line: RedLine) -> PublicLine:
    path = (*actor.path, "red_lines", line.id)
    return PublicLine(Text((*path, "title"), line.title), Text((*path, "because"), line.because), line.require)


def role_sheet(table: RoleTable, issues: tuple[Issue, ...]) -> RoleSheet:
    """Gather what one role may know beside the general information: its own table, and its own story.

    Parameters
    ----------
    table : RoleTable
        The role's own.
    issues : tuple of Issue
        Of the scenario; they are public.
    """
    actor = table.actor
    path = (*actor.path, "sheet")
    return RoleSheet(
        id=actor.id,
        title=Text((*actor.path, "title"), actor.title),
        story=Text((*path, "story"), actor.sheet.story),
        interests=_listed((*path, "interests"), actor.sheet.interests),
        may_say=_listed((*path, "may_say"), actor.sheet.may_say),
        counts=table.walk_away is not None,
        issues=tuple(_issue_points(issue, table) for issue in issues if issue.id in table.units),
        extras=tuple(
            ExtraPoints(
                extra.adjustment.when,
                extra.units / UNITS_PER_POINT,
                Text((*actor.path, "adjustments", extra.adjustment.id, "because"), extra.adjustment.because),
            )
            for extra in table.extras
        ),
        lines=tuple(
            HeldLine(_public_line(actor, line.line), line.real, line.cost / UNITS_PER_POINT) for line in table.lines
        ),
        walk_away=(table.walk_away or 0) / UNITS_PER_POINT,
        walk_away_level=_level_of(actor),
        ratifiers=tuple(_public(ratifier) for ratifier in actor.ratifiers),
    )


def _listed(path: Path, texts: tuple[str, ...]) -> tuple[Text, ...]:
    return tuple(Text((*path, str(k)), text) for k, text in enumerate(texts))


def _issue_points(issue: Issue, table: RoleTable) -> IssuePoints:
    units = table.units[issue.id]
    return IssuePoints(issue, table.weight[issue.id], tuple(_levels(issue, units)))


def _levels(issue: Issue, units: tuple[int, ...]) -> Iterator[Level]:
    """List choices with their points; of a long scale the levels where its line bends, with what a step is worth."""
    n_options = len(issue.options)
    listed = range(n_options)
    if issue.kind is IssueKind.NUMERIC and n_options > FEW_LEVELS:
        bends = bends_of([one / UNITS_PER_POINT for one in units[:n_options]])
        for here, there in zip(bends, (*bends[1:], None), strict=True):
            between = there is not None and there > here + 1
            step = (units[there] - units[here]) / (there - here) / UNITS_PER_POINT if between and there else None
            yield Level(issue.options[here], units[here] / UNITS_PER_POINT, step)
        listed = range(0)
    yield from (Level(issue.options[k], units[k] / UNITS_PER_POINT) for k in listed)
    for k in range(n_options, issue.n_choices):
        yield Level(issue.choices[k], units[k] / UNITS_PER_POINT)


def _level_of(actor: Party) -> tuple[str, str] | None:
    """Give the level that no deal is as good as, where there is but one."""
    if isinstance(actor.no_deal, SameAs) and len(actor.no_deal.levels) == 1 and not actor.no_deal.options:
        ((issue, level),) = actor.no_deal.levels
        if isinstance(level, Constant) and actor.no_deal.rest is None:
            return issue, f"{level.value:g}"
    return None


def instructors_pack(game: Game, analysis: GameAnalysis) -> InstructorsPack:
    """Gather everything, for whoever teaches."""
    scenario = game.scenario
    sheets = {name: role_sheet(table, scenario.issues) for name, table in analysis.tables.items()}
    signing = {party: analysis.tables[party] for party in analysis.parties}
    return InstructorsPack(
        general=general_information(scenario),
        roles=tuple(sheets[party.id] for party in scenario.parties),
        ratifiers=tuple(sheet for name, sheet in sheets.items() if analysis.tables[name].actor.ratifies),
        analysis=analysis,
        seed=game.seed,
        left_out=game.left_out,
        shared=tuple(issue.id for issue in scenario.issues if _is_shared(issue, signing)),
        traded=tuple(found for issue in scenario.issues for found in _traded(issue, signing)),
    )


def _is_shared(issue: Issue, signing: Mapping[str, RoleTable]) -> bool:
    """Tell whether several who sign care about an issue and like the same choice of it best."""
    caring = [table.units[issue.id][: len(issue.options)] for table in signing.values() if issue.id in table.units]
    best = [{k for k, units in enumerate(one) if units == max(one)} for one in caring if max(one) > min(one)]
    return len(best) > 1 and bool(set.intersection(*best))


def _traded(issue: Issue, signing: Mapping[str, RoleTable]) -> Iterator[tuple[str, str, str]]:
    """Name an issue that weighs at least twice as much to one as to another, unless all want the same."""
    weight = {party: table.weight.get(issue.id, 0.0) for party, table in signing.items()}
    if len(weight) < 2 or _is_shared(issue, signing):
        return
    most, least = max(weight, key=lambda name: weight[name]), min(weight, key=lambda name: weight[name])
    if weight[least] > 0 and weight[most] >= 2 * weight[least]:
        yield issue.id, most, least
