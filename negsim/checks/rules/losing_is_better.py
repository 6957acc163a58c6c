"""A war that is better lost than won.

The end state `lose` is worth more to the party than `win`, whatever the uncertain numbers are. The two are probably
swapped: `win` is what is left when the other side has collapsed, seen by the party itself.

Doubtful:

```yaml
war:
  sides: {buyer: {collapse: 0.1}, seller: {collapse: 0.1}}
parties:
  buyer:
    discount_rate: 0.05
    no_deal: {war: {win: 10..20, lose: 70..90, now: 30}}
```

Fine:

```yaml
war:
  sides: {buyer: {collapse: 0.1}, seller: {collapse: 0.1}}
parties:
  buyer:
    discount_rate: 0.05
    no_deal: {war: {win: 70..90, lose: 10..20, now: 30}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.no_deal import state_bounds
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.no_deal import WarValue

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS530"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Compare the end states of every war."""
    for actor in subject.scenario.actors:
        war = actor.no_deal
        if isinstance(war, WarValue):
            path = (*actor.path, "no_deal", "war")
            win = state_bounds(subject, actor, war.win, (*path, "win"))
            lose = state_bounds(subject, actor, war.lose, (*path, "lose"))
            if lose.low > win.high + 1e-9:
                message = f"losing is worth more to {actor.id} than winning"
                yield Finding((*path, "lose"), message, "swap win and lose, or check the values", on_key=True)
