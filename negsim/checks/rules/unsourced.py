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
  parties.buyer: {assumed: The buyer is not known yet; the opposite of the advertisement.}
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    prefixes = [entry.prefix for entry in scenario.provenance]
    for party in scenario.parties:
        yield from _top_most(("parties", party.id), list(_stated(party, subject)), prefixes)
    for tie in scenario.ties:
        yield from _top_most(("ties", tie.id), [("ties", tie.id)], prefixes)


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


def _top_most(block: Path, stated: Sequence[Path], prefixes: Sequence[Path]) -> Iterator[Finding]:
    covered = [any(_overlap(path, prefix) for prefix in prefixes) for path in stated]
    if not any(covered):
        if stated:
            name = format_path(block)
            help = f"add provenance.{name} with a source, or with assumed and the reason"
            yield Finding(block, f"{name} has no provenance", help, on_key=True)
        return
    if all(covered):
        return
    depth = len(block) + 1
    for child in dict.fromkeys(path[:depth] for path in stated):
        yield from _top_most(child, [path for path in stated if path[:depth] == child], prefixes)


def _overlap(path: Path, prefix: Path) -> bool:
    """Tell whether one of two paths begins with the other: an entry for a part of a number is one for the number."""
    n = min(len(path), len(prefix))
    return path[:n] == prefix[:n]
