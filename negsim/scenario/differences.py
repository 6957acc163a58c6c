"""What two scenarios say differently, path by path, in the words of a file."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.errors import Path
from negsim.records import dataclass
from negsim.scenario.commitments import Durability
from negsim.scenario.inheritance import is_inherited, own_path
from negsim.scenario.inventory import list_quantities
from negsim.scenario.marks import Plain
from negsim.scenario.plain_values import plain_quantity
from negsim.scenario.talks import Talks
from negsim.scenario.types import IssueKind, Party, Scenario
from negsim.scenario.writer import to_plain

__all__ = ["Changed", "Differences", "find_differences"]


@dataclass(frozen=True, slots=True)
class Changed:
    """One statement that two scenarios make differently, as a file has it; None where one of them says nothing."""

    path: Path
    before: Plain
    after: Plain


@dataclass(frozen=True, slots=True)
class Differences:
    """How one scenario differs from another.

    ``only_before`` and ``only_after`` are the paths of what only one of them has: parties, ratifiers, issues, options,
    whatever has an id of its own, each without what it holds. ``changed`` are all other statements on which a figure
    may hang; ``n_texts`` counts the statements on which none does: titles, notes, sources.
    """

    changed: tuple[Changed, ...]
    only_before: tuple[Path, ...]
    only_after: tuple[Path, ...]
    n_texts: int

    @property
    def any_figure(self) -> bool:
        """Tell whether anything differs on which a figure may hang."""
        return bool(self.changed or self.only_before or self.only_after)


def find_differences(before: Scenario, after: Scenario) -> Differences:
    """Find what two scenarios say differently; the order of issues, parties and rules in a file says nothing.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> text = '''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 10}}
    ... parties: {seller: {title: Seller, demands: {price: 100}, no_deal: 40..60}}
    ... '''
    >>> find_differences(loads(text), loads(text, overrides=["parties.seller.no_deal=30"])).changed
    (Changed(path=('parties', 'seller', 'no_deal'), before='40..60', after=30),)
    """
    only_before, only_after = _only(before, after), _only(after, before)
    gone = {*only_before, *only_after}
    found = [
        Changed(path, *said)
        for path, *said in _side_by_side(before, after)
        if said[0] != said[1] and gone.isdisjoint(_rests_on(path))
    ]
    changed = tuple(item for item in found if not _is_text(own_path(item.path)))
    return Differences(changed, only_before, only_after, len(found) - len(changed))


def _statements(scenario: Scenario) -> dict[Path, Plain]:
    """Take a scenario apart into single statements; a quantity, a demand or a list is one, a bare block is none."""
    quantities, blocks = {named.path for named in list_quantities(scenario)}, set(_blocks(scenario))
    stated = _leaves((), to_plain(scenario), quantities)
    return {path: value for path, value in stated if value != {} or path not in blocks}


def _leaves(path: Path, value: Plain, quantities: set[Path]) -> Iterator[tuple[Path, Plain]]:
    match path:
        case ("issues", _, "options") if isinstance(value, dict):
            yield path, [*value]
            yield from (((*path, option), title) for option, title in value.items())
        case ("parties", _, "tactic") | ("talks", "envoys", _, "tactic") if isinstance(value, str):
            yield (*path, value), {}
        case _ if path in quantities or _is_demand(own_path(path)) or not isinstance(value, dict) or not value:
            yield path, value
        case _:
            for key, item in value.items():
                yield from _leaves((*path, key), item, quantities)


def _is_demand(path: Path) -> bool:
    return len(path) == 4 and path[0] == "parties" and path[2] == "demands"


def _side_by_side(before: Scenario, after: Scenario) -> Iterator[tuple[Path, Plain, Plain]]:
    """Pair what two scenarios say; of options, which are named one by one if only one has them, the others' order.

    A quantity that is left out is there nevertheless: a red line that costs nothing to cross is written without its
    audience cost, and a ratifier without what it has of its party.
    """
    says, says_now = _statements(before), _statements(after)
    held, held_now = _quantities(before), _quantities(after)
    for path in dict.fromkeys([*says, *says_now]):
        said, now = says.get(path, held.get(path)), says_now.get(path, held_now.get(path))
        if path[0] == "issues" and path[2:] == ("options",):
            said, now = _shared(said, now), _shared(now, said)
        yield path, said, now


def _quantities(scenario: Scenario) -> dict[Path, Plain]:
    return {named.path: plain_quantity(named.quantity) for named in list_quantities(scenario)}


def _shared(options: Plain, others: Plain) -> list[Plain]:
    """Keep the options that another list has too."""
    if not isinstance(options, list) or not isinstance(others, list):
        return []
    known = {str(option) for option in others}
    return [option for option in options if option in known]


def _blocks(scenario: Scenario) -> Iterator[Path]:
    """Name what has an id of its own, what holds before what is held; the levels of a scale have none."""
    for issue in scenario.issues:
        yield "issues", issue.id
        if issue.kind is not IssueKind.NUMERIC:
            yield from (("issues", issue.id, "options", option) for option in issue.options)
    for actor in scenario.actors:
        yield from _blocks_of_actor(actor)
    yield from (("rules", rule.id) for rule in scenario.rules)
    if scenario.war is not None:
        yield ("war",)
        yield from (("war", "sides", side.party) for side in scenario.war.sides)
    if scenario.durability is not None:
        yield from _blocks_of_durability(scenario.durability)
    if scenario.side_payments is not None:
        yield ("side_payments",)
        yield from (("side_payments", "worth", party) for party, _ in scenario.side_payments.worth)
    if scenario.protocol is not None:
        yield ("protocol",)
    if scenario.talks is not None:
        yield from _blocks_of_talks(scenario.talks)
    yield from (("ties", tie.id) for tie in scenario.ties)


def _blocks_of_actor(actor: Party) -> Iterator[Path]:
    """Name a party or ratifier and what it holds, but not what a ratifier has of its party."""
    yield actor.path
    yield from ((*actor.path, "red_lines", line.id) for line in actor.red_lines)
    for adjustment in actor.adjustments:
        path = (*actor.path, "adjustments", adjustment.id)
        if not is_inherited((*path, "amount"), adjustment.amount):
            yield path
    yield from ((*actor.path, "sacred", sacred.id) for sacred in actor.sacred)
    for lever in actor.levers:
        path = (*actor.path, "levers", lever.party)
        yield path
        yield from ((*path, "carrots", carrot.id) for carrot in lever.carrots)
    if actor.tactic is not None:
        yield (*actor.path, "tactic", actor.tactic.name)


def _blocks_of_durability(durability: Durability) -> Iterator[Path]:
    root = ("durability",)
    yield root
    yield from ((*root, "breakers", breaker.party) for breaker in durability.breakers)
    yield from ((*root, "supports", support.id) for support in durability.supports)
    yield from ((*root, "power_shifts", shift.id) for shift in durability.power_shifts)
    yield from ((*root, "remedies", remedy.id) for remedy in durability.remedies)


def _blocks_of_talks(talks: Talks) -> Iterator[Path]:
    root = ("talks",)
    yield root
    blocks = ("tracks", "envoys", "sessions", "events", "reciprocity", "partial_agreements", "counsel", "observed")
    yield from ((*root, block, item.id) for block in (*blocks, "what_if") for item in getattr(talks, block))
    for block in ("events", "partial_agreements", "what_if"):
        for item in getattr(talks, block):
            yield from ((*root, block, item.id, "effects", effect.id) for effect in item.effects)
    for envoy in talks.envoys:
        if envoy.tactic is not None:
            yield (*root, "envoys", envoy.id, "tactic", envoy.tactic.name)
    if talks.deadline is not None:
        yield (*root, "deadline", type(talks.deadline).__name__.lower())


def _only(here: Scenario, there: Scenario) -> tuple[Path, ...]:
    """Name the blocks that only one of two scenarios has, without what lies within another of them."""
    known = set(_blocks(there))
    own = {path: None for path in _blocks(here) if path not in known}
    return tuple(path for path in own if not any(path[:n] in own for n in range(1, len(path))))


def _rests_on(path: Path) -> Iterator[Path]:
    """Name the blocks without which a statement could not stand: those around it, and the option or issue it values."""
    yield from (path[:n] for n in range(1, len(path) + 1))
    match own_path(path):
        case ("parties", _, "demands" | "priorities" | "values", issue, *option):
            yield "issues", issue
            yield from (("issues", issue, "options", name) for name in option)
        case ("parties", _, "no_deal", *_, "same_as", issue):
            yield "issues", issue
        case ("durability", "power_shifts", _, "points", party):
            yield "parties", party


def _is_text(path: Path) -> bool:
    """Tell whether no figure hangs on a statement."""
    match path:
        case ("negsim" | "id" | "title" | "about" | "sources" | "provenance", *_) | ("issues", _, "options", _):
            return True
        case ("issues", _, "title" | "about" | "unit") | ("talks", _, _, "title" | "about" | "venue" | "format"):
            return True
        case ("parties", _, "title" | "about") | ("parties", _, "red_lines" | "sacred", _, "title" | "because"):
            return True
        case ("war" | "durability" | "side_payments" | "protocol" | "talks", "about") | ("side_payments", "currency"):
            return True
        case ("rules", _, "because") | ("durability", _, _, "because") | ("parties", _, "sheet", _):
            return True
        case ("parties", _, "no_deal", "lottery", "ends", _, "because"):
            return True
        case ("parties", _, "adjustments" | "levers", _, *_, "because"):
            return True
        case _:
            return False
