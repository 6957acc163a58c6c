"""The probabilities of lotteries, which have to leave nothing over: seen once all quantities are entered."""

from __future__ import annotations

import math
from collections.abc import Sequence

from negsim.errors import Path
from negsim.scenario.build.context import Context
from negsim.scenario.build.quantities import reach_of
from negsim.scenario.no_deal import Lottery
from negsim.scenario.types import Party
from negsim.scenario.words import listed, number_text

__all__ = ["check_lotteries"]

_SLACK = 1e-9


def check_lotteries(parties: Sequence[Party], context: Context) -> None:
    """Check that the probabilities of every lottery's ends sum to 1, or leave room for the end without one."""
    for party in parties:
        for actor in (party, *party.ratifiers):
            if isinstance(actor.no_deal, Lottery):
                _check(actor.no_deal, (*actor.path, "no_deal", "lottery", "ends"), context)


def _check(lottery: Lottery, path: Path, context: Context) -> None:
    findings = context.findings
    places = [(*path, end.id, "probability") for end in lottery.ends]
    if not lottery.ends or any(map(findings.is_broken, places)):
        return
    left_out = [end.id for end in lottery.ends if end.probability is None]
    if len(left_out) > 1:
        message = f"{listed(left_out, 'and')} have no probability; only one end can get what the others leave"
        place = (*path, left_out[1])
        findings.report("NS423", place, message, help="add probability:", on_key=True, breaks=False)
        return
    reaches = [reach_of(place, context) for place, end in zip(places, lottery.ends, strict=True) if end.probability]
    known = [reach for reach in reaches if reach is not None]
    if len(known) < len(reaches):
        return
    highest = math.fsum(high for _, high in known)
    if left_out:
        if highest > 1 + _SLACK:
            message = f"the probabilities can sum to {number_text(highest)}, which leaves less than nothing"
            findings.report("NS423", path, message, help=f"for {left_out[0]}: lower the others", on_key=True)
    elif any(low < high for low, high in known):
        message = "every end has a probability, and some are uncertain, so that they cannot always sum to 1"
        help = "leave one out, and it gets what the others leave"
        findings.report("NS423", path, message, help=help, on_key=True)
    elif abs(highest - 1) > _SLACK:
        message = f"the probabilities sum to {number_text(highest)}, not to 1"
        help = "leave one out, and it gets what the others leave"
        findings.report("NS423", path, message, help=help, on_key=True)
