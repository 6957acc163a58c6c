"""Numbers or positions without provenance, in a scenario that lists sources.

Where sources are listed, a reader takes every position and number to come from one of them. Say for each block which
one it is, or that it is assumed and why. A whole block without provenance is one finding, not one for each number in
it. Looked at: all that parties and ratifiers state, ties, `war`, `durability`, `side_payments`, the numbers of
`protocol`, and in `talks` all but delegations and what-ifs; what is the `same` as another quantity, or what a ratifier
has of its party, comes from where that comes from.

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

from negsim.checks.stated import stated_blocks
from negsim.checks.subject import Finding, Subject
from negsim.errors import Path, Severity, format_path

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

    for block, stated in stated_blocks(subject):
        yield from _top_most(block, {path: is_covered(path) for path in stated})


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
