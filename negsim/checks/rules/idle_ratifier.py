"""A ratifier that says yes wherever its party does.

Without a `no_deal` it looks at its red lines alone; with one it may still judge deals as its party does, against the
same no deal. Where it has no red line either that is not hard for its party anyway, the ratified zone is the zone of
the negotiators as far as it is concerned.

Doubtful:

```yaml
parties:
  seller:
    ratifiers:
      owner: {title: Owner}
```

Fine:

```yaml
parties:
  seller:
    ratifiers:
      owner:
        title: Owner
        red_lines:
          floor: {require: price >= 40, firmness: 0.7..0.9}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.no_deal import stick_bounds
from negsim.checks.ratifiers import adjusts_like_its_party, party_of, values_like_its_party
from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.model.bonuses import bonuses_of
from negsim.scenario.inheritance import inherited_rate
from negsim.scenario.quantities import Same
from negsim.scenario.types import Party

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS529"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = True


def check(subject: Subject) -> Iterator[Finding]:
    """Compare every ratifier with its party."""
    for actor in subject.scenario.actors:
        if actor.ratifies and _judges_alike(subject, actor) and _draws_no_line(subject, actor):
            message = f"{actor.id} accepts whatever {actor.ratifies} accepts: it has no say of its own"
            yield Finding(actor.path, message, "give it red lines, or a no_deal of its own", on_key=True)


def _judges_alike(subject: Subject, ratifier: Party) -> bool:
    """Tell whether a ratifier looks at its red lines alone, or gains by a deal whatever its party gains by it.

    Something sacred can make a deal better for the party alone, by a gesture, and so can a carrot or a stick.
    """
    scenario = subject.scenario
    party = party_of(ratifier, scenario)
    extra = [bonus for bonus in bonuses_of(party, scenario) if bonus.kind != "adjustment"]
    return ratifier.by_lines_alone or (
        ratifier.no_deal == Same((*party.path, "no_deal"))
        and stick_bounds(subject, party).high == 0
        and values_like_its_party(ratifier, scenario)
        and adjusts_like_its_party(ratifier, scenario)
        and ratifier.discount_rate == inherited_rate(party)
        and all(bonus.sign * subject.supports[bonus.amount].high <= 0 for bonus in extra)
    )


def _draws_no_line(subject: Subject, ratifier: Party) -> bool:
    """Tell whether a ratifier's red lines are crossed only where its party crosses a hard one of its own."""
    import numpy as np

    party = party_of(ratifier, subject.scenario)
    allowed = np.ones(subject.structure.n_cells, np.bool_)
    for line in party.red_lines:
        if line.firmness is None:
            allowed &= subject.holds(line.require)
    return all(bool((subject.holds(line.require) | ~allowed).all()) for line in ratifier.red_lines)
