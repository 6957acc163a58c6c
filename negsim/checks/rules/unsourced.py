"""Numbers or positions without provenance, in a scenario that lists sources.

Where sources are listed, a reader takes every position and number to come from one of them. Say for each block which
one it is, or that it is assumed and why. A whole block without provenance is one finding, not one for each number in
it. Looked at: demands, priorities, values, red lines, adjustments, no_deal and ties; what is the `same` as another
quantity comes from where that comes from.

Doubtful:

```yaml
sources:
  ad: {title: An advertisement}
provenance:
  parties.seller: {source: ad}
```

Fine:

```yaml
sources:
  ad: {title: An advertisement}
provenance:
  parties.seller: {source: ad}
  parties.buyer: {assumed: Nobody known yet; the seller's opposite.}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from negsim.checks.subject import Finding, Subject
from negsim.errors import Path, Severity, format_path
from negsim.scenario.quantities import Same
from negsim.scenario.types import Party

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS510"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Find the top-most blocks that nothing in ``provenance`` covers."""
    scenario = subject.scenario
    if not scenario.sources:
        return
    prefixes = frozenset(entry.prefix for entry in scenario.provenance)
    # An entry for a part of a number is one for the number.
    wholes = frozenset(prefix[:length] for prefix in prefixes for length in range(len(prefix)))

    def is_covered(path: Path) -> bool:
        return path in wholes or any(path[:length] in prefixes for length in range(1, len(path) + 1))

    for party in scenario.parties:
        yield from _top_most(("parties", party.id), {path: is_covered(path) for path in _stated(party, subject)})
    for tie in scenario.ties:
        yield from _top_most(("ties", tie.id), {("ties", tie.id): is_covered(("ties", tie.id))})


def _stated(party: Party, subject: Subject) -> Iterator[Path]:
    """List the paths under which a party says something."""
    root = ("parties", party.id)
    yield from ((*root, "demands", demand.issue) for demand in party.demands)
    yield from ((*root, "priorities", priority.issue) for priority in party.priorities)
    yield from ((*root, "values", value.issue, value.option) for value in party.values)
    for line in party.red_lines:
        yield from ((*root, "red_lines", line.id, key) for key in ("require", "firmness"))
        cost = (*root, "red_lines", line.id, "audience_cost")
        if cost in subject.document.marks and not isinstance(line.audience_cost, Same):
            yield cost
    yield from ((*root, "adjustments", adjustment.id) for adjustment in party.adjustments)
    if party.no_deal is not None and not isinstance(party.no_deal, Same):
        yield (*root, "no_deal")


def _top_most(block: Path, covered: Mapping[Path, bool]) -> Iterator[Finding]:
    if all(covered.values()):
        return
    if not any(covered.values()):
        name = format_path(block)
        help = f"add provenance.{name} with a source, or with assumed and the reason"
        yield Finding(block, f"{name} has no provenance", help, on_key=True)
        return
    depth = len(block) + 1
    for child in dict.fromkeys(path[:depth] for path in covered):
        yield from _top_most(child, {path: found for path, found in covered.items() if path[:depth] == child})
