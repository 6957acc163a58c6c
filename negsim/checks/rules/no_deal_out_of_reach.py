"""A no-deal value that no outcome reaches.

Even the outcome that suits the party best, with every uncertain number at its most favourable end, is worth less to
it than no deal. It can never accept anything. Utility runs from 0 to 100 points, apart from adjustments, and a red
line that is hard counts: outcomes across it are out. Lotteries and wars are taken at their lowest, sticks, carrots and
side payments at their highest. What the risk of breach takes from a deal is not counted, as it may be next to nothing;
what a party could gain from a breach is.

Doubtful:

```yaml
parties:
  buyer: {no_deal: 110..120}
```

Fine:

```yaml
parties:
  buyer: {no_deal: 60..80}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.gains import largest_gain
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.words import number_text

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS507"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = True


def check(subject: Subject) -> Iterator[Finding]:
    """Look for parties that gain from no outcome."""
    for actor in subject.scenario.actors:
        gain = largest_gain(subject, actor)
        if gain is not None and gain < -1e-3:  # far more than rounding to units can lift
            short = number_text(round(-gain, 2))
            message = f"{actor.id} can accept nothing: its best outcome is at least {short} points below its no_deal"
            yield Finding((*actor.path, "no_deal"), message, "lower no_deal, or check the values")
