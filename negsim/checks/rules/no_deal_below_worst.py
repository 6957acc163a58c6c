"""A no-deal value that every outcome reaches.

Even the worst outcome, with every uncertain number at its least favourable end, is worth as much to the party as no
deal, whatever the risk of breach takes from it. Red lines apart it accepts everything, and its demands and priorities
have no effect on the zone.

Doubtful:

```yaml
parties:
  seller: {no_deal: 0}
```

Fine:

```yaml
parties:
  seller: {no_deal: 20}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.gains import smallest_gain
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS508"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = True


def check(subject: Subject) -> Iterator[Finding]:
    """Look for parties that lose from no outcome."""
    for actor in subject.scenario.actors:
        gain = smallest_gain(subject, actor)
        if gain is not None and gain >= -1e-9:
            apart = "red lines apart, " if actor.red_lines else ""
            message = f"{apart}{actor.id} accepts every outcome: its no_deal is no better than the worst"
            yield Finding((*actor.path, "no_deal"), message, "raise no_deal, if a deal can be worse than none")
