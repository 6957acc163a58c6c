"""Values or a no-deal value that look like parts of 1 instead of points.

Values run from 0 to 100, as does the utility that `no_deal` is compared with. A no-deal value of 0.4 is next to
nothing; 40 was probably meant. Reported where all values of an issue, the whole of `no_deal`, or all end states of a
lottery or a war lie between 0 and 1.

Doubtful:

```yaml
parties:
  buyer: {no_deal: 0.3..0.5}
```

Fine:

```yaml
parties:
  buyer: {no_deal: 30..50}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.checks.supports import Support
from negsim.errors import Path, Severity
from negsim.scenario.no_deal import Lottery, NoDeal, WarValue

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS517"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Look at no-deal values, and at the values of each issue together."""
    for actor in subject.scenario.actors:
        path = (*actor.path, "no_deal")
        no_deal = subject.supports.get(path)
        if no_deal is not None and _like_part_of_one([no_deal]):
            message = "no_deal is in points of utility, 0 to 100, and this is at most 1"
            yield Finding(path, message, "multiply by 100, if a part of 1 is meant")
        states = [subject.supports.get(state) for state in _end_states(actor.no_deal, path)]
        points = [state for state in states if state is not None]
        if states and len(points) == len(states) and _like_part_of_one(points):
            message = "end states are in points of utility, 0 to 100, and these are at most 1"
            yield Finding(path, message, "multiply by 100, if parts of 1 are meant", on_key=True)
        for issue_id in dict.fromkeys(value.issue for value in actor.values):
            path = (*actor.path, "values", issue_id)
            given = [subject.supports[*path, value.option] for value in actor.values if value.issue == issue_id]
            if len(given) > 1 and subject.is_stated(path) and _like_part_of_one(given):
                message = f"values go from 0 to 100, and those of {issue_id} are at most 1"
                yield Finding(path, message, "multiply by 100, if parts of 1 are meant", on_key=True)


def _end_states(no_deal: NoDeal | None, path: Path) -> list[Path]:
    """List where the states that a lottery or a war may end in stand."""
    if isinstance(no_deal, Lottery):
        return [(*path, "lottery", "ends", end.id, "worth") for end in no_deal.ends]
    return [(*path, "war", end) for end in ("win", "lose")] if isinstance(no_deal, WarValue) else []


def _like_part_of_one(supports: list[Support]) -> bool:
    return min(support.low for support in supports) >= 0 and 0 < max(support.high for support in supports) <= 1
