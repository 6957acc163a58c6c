"""A guarantee that counts twice.

An issue names what supports a deal, or for how long it is guaranteed, and the same issue has a value of its own to a
party that a breach would hurt, or that would gain by one. What keeps the deal from being broken is already in the value
of the deal to that party, through durability; its values should say what the issue is worth to it apart from that, or
nothing.

Reported where the best option on the issue, to a party that a breach would hurt, is one with which the support is there
in more outcomes, or for longer, than on average over the options; to a party that would gain by a breach, one with
which it is there in fewer, or for a shorter time. Both ends of its range must be above those of the others. A party
that a breach would hurt counts a guarantee once if it dislikes it; one that would gain by a breach, if it likes it; one
to which a breach makes no difference, always.

Doubtful:

```yaml
parties:
  buyer:
    demands: {price: {at_most: 20}, delivery: now, carrier: courier}
    discount_rate: 0.05
  seller: {discount_rate: 0.05}
durability:
  breakers: {seller: {hazard: 0.1..0.3}}
  supports: {insured: {when: carrier == courier, credibility: 0.5..0.9}}
  power_shifts: {paid: {when: price >= 50, points: {buyer: -30..-10}}}
```

Fine:

```yaml
parties:
  buyer: {discount_rate: 0.05}
  seller: {discount_rate: 0.05}
durability:
  breakers: {seller: {hazard: 0.1..0.3}}
  supports: {insured: {when: carrier == courier, credibility: 0.5..0.9}}
  power_shifts: {paid: {when: price >= 50, points: {buyer: -30..-10}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from negsim.checks.breach import breakers_at_work, loss_bounds
from negsim.checks.subject import Finding, Subject
from negsim.errors import Path, Severity
from negsim.model.supports import Backing, supports_of
from negsim.scenario.types import Issue, Party
from negsim.scenario.words import listed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS527"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = True

_TIE = 1e-9
_WAYS = {1: "also brings", -1: "brings less of"}
"""What the best options do where they count twice: to whom a breach hurts (1), and to whom it is a gain (-1)."""


def check(subject: Subject) -> Iterator[Finding]:
    """Look at what each actor values among the issues that supports name."""
    for actor in subject.scenario.actors:
        if subject.scenario.durability is None or actor.discount_rate is None:
            continue
        felt = {sign: list(_felt(subject, actor, sign)) for sign in _WAYS}
        for issue in subject.scenario.issues:
            path = _said(subject, actor, issue)
            if path is None or subject.weight(actor, issue.id).high == 0:
                continue
            for sign, brings in _WAYS.items():
                twice = [_name(backing) for backing in felt[sign] if _rises_with(subject, actor, issue, backing, sign)]
                if twice:
                    where = f"where it {brings} {listed(twice, 'and')}"
                    message = f"{issue.id} is worth most to {actor.id} {where}: this counts twice"
                    help = "value what it is worth apart from keeping the deal, or take its weight away"
                    yield Finding(path, message, help, on_key=True)


def _felt(subject: Subject, actor: Party, sign: int) -> Iterator[Backing]:
    """List what holds back those whose breach would hurt an actor; with ``sign`` -1, those by whose breach it gains."""
    breakers = [k for k in breakers_at_work(subject) if _is_hurt(subject, actor, k, sign)]
    for backing in supports_of(subject.scenario):
        if subject.supports[backing.credibility].high > 0 and any(backing.against[k] for k in breakers):
            yield backing


def _is_hurt(subject: Subject, actor: Party, breaker: int, sign: int) -> bool:
    """Tell whether a breach costs an actor something, on some deal and in the middle of what it may cost.

    With ``sign`` -1, whether it gains something.
    """
    low, high = loss_bounds(subject, actor, breaker)
    return bool((sign * (low + high) > _TIE).any())


def _said(subject: Subject, actor: Party, issue: Issue) -> Path | None:
    """Find where an actor itself says what an issue is worth to it."""
    said = ((*actor.path, block, issue.id) for block in ("values", "demands"))
    return next(filter(subject.is_stated, said), None)


def _rises_with(subject: Subject, actor: Party, issue: Issue, backing: Backing, sign: int) -> bool:
    """Tell whether an actor's best options of an issue are, for sure, among those that come with more support.

    With ``sign`` -1, with less.
    """
    given, used = _support_by_choice(subject, issue, backing), subject.used[issue.id]
    if given is None:
        return False
    bounds, more = subject.value_bounds(actor, issue)[:, used], sign * (given[used] - given[used].mean()) > _TIE
    # Of ranges that overlap, one is better than another if both of its ends are.
    return bool(more.any() and (bounds[:, more].max(axis=1) > bounds[:, ~more].max(axis=1) + _TIE).all())


def _support_by_choice(subject: Subject, issue: Issue, backing: Backing) -> NDArray[np.float64] | None:
    """Say how much of a support each choice of an issue brings; None if the support does not hang on the issue.

    The years of the guarantee, for the issue of its term; else the share of the choice's outcomes with the support.
    """
    import numpy as np

    durability = subject.scenario.durability
    if backing.guaranteed and durability is not None and issue.id == durability.term:
        years = [*map(float, issue.levels), 0.0]
        return np.array(years[: issue.n_choices])
    if issue.id not in backing.when.issues:
        return None
    choice, holds = subject.choices(issue.id), subject.holds(backing.when)
    total, held = (np.bincount(choice, weights, issue.n_choices) for weights in (None, holds))
    return np.asarray(held / np.maximum(total, 1))


def _name(backing: Backing) -> str:
    path = backing.credibility
    return f"the guarantee of {path[1]}" if backing.lever else f"the support {path[-2]}"
