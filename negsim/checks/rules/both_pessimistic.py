"""Beliefs in which both sides expect too little.

The two sides' probabilities of winning add up to less than 1, whatever the uncertain numbers are: between them they
leave out a part of what can happen. Optimism on both sides, a sum above 1, is what keeps wars going; the opposite is
rare, and easily comes of `a` and `b` the wrong way round. `a` counts for winning, to each side.

Doubtful:

```yaml
war:
  sides: {buyer: {collapse: 0.1}, seller: {collapse: 0.1}}
parties:
  buyer:
    discount_rate: 0.05
    no_deal: {war: {win: 80, lose: 10, now: 30, belief: {a: 2, b: 8}}}
  seller:
    discount_rate: 0.05
    no_deal: {war: {win: 80, lose: 10, now: 30, belief: {a: 3..5, b: 5}}}
```

Fine:

```yaml
war:
  sides: {buyer: {collapse: 0.1}, seller: {collapse: 0.1}}
parties:
  buyer:
    discount_rate: 0.05
    no_deal: {war: {win: 80, lose: 10, now: 30, belief: {a: 8, b: 2}}}
  seller:
    discount_rate: 0.05
    no_deal: {war: {win: 80, lose: 10, now: 30, belief: {a: 3..5, b: 5}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.no_deal import belief_bounds
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.no_deal import WarValue
from negsim.scenario.words import number_text

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS531"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Add up what the two sides themselves believe; one without a belief judges as the hazards do."""
    scenario = subject.scenario
    sides = [side.party for side in scenario.war.sides] if scenario.war else []
    most, last = {}, None
    for party in scenario.parties:
        war = party.no_deal
        if isinstance(war, WarValue) and war.belief is not None and party.id in sides and war.side == party.id:
            most[party.id] = belief_bounds(subject, party, war).high
            last = party
    if last is not None and len(most) == 2 and sum(most.values()) < 1 - 1e-9:
        most_sum = number_text(round(sum(most.values()), 3))
        message = f"the sides' beliefs of winning add up to at most {most_sum}: both expect less than there is"
        help = "check that a counts for winning, to each side"
        yield Finding((*last.path, "no_deal", "war", "belief"), message, help, on_key=True)
