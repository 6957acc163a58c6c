"""Side payments: what is paid, how much of it, and what it is worth to each party that pays or is paid."""

from __future__ import annotations

from negsim.errors import format_path
from negsim.scenario.build.context import Context
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.commitments import SidePayments
from negsim.scenario.quantities import MONEY, MONEY_WORTH
from negsim.scenario.schema_commitments import SidePaymentsShape

__all__ = ["build_side_payments"]


def build_side_payments(shape: SidePaymentsShape | None, context: Context) -> SidePayments | None:
    """Build the block ``side_payments``, if there is one; what it is worth in the order of the parties' ids."""
    if shape is None:
        return None
    worth, place = [], ("side_payments", "worth")
    for party_id in sorted(shape.worth):
        path = (*place, party_id)
        if context.moves_party(party_id, path, "a payment"):
            worth.append((party_id, build_quantity(shape.worth[party_id], path, MONEY_WORTH, context)))
    if len(shape.worth) < 2 and not context.findings.is_touched(place):
        message = f"{format_path(place)} must name at least two parties, not {len(shape.worth)}"
        help = "one pays and another is paid"
        context.findings.report("NS207", place, message, help=help, on_key=True, breaks=False)
    at_most = build_quantity(shape.at_most, ("side_payments", "at_most"), MONEY, context)
    return SidePayments(shape.currency, at_most, tuple(worth), shape.about)
