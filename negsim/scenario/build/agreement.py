"""Who must accept: signatories, quorum and vetoes."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.scenario.build.context import Context
from negsim.scenario.schema import ScenarioShape
from negsim.scenario.types import Agreement, Party, Role
from negsim.scenario.words import shown

__all__ = ["build_agreement"]


def build_agreement(shape: ScenarioShape, parties: Sequence[Party], context: Context) -> Agreement:
    """Build the agreement rule, and check that there is someone to agree."""
    findings = context.findings
    signatories = [party.id for party in parties if party.role is Role.SIGNATORY]
    complete = not findings.is_broken(("parties",)) and not findings.broken_names(("parties",))
    if not signatories and complete:
        help = "give one party role: signatory, or leave its role out"
        findings.report("NS407", ("parties",), "there is no signatory", help=help, on_key=True)
    given = shape.agreement
    if given.quorum is not None and given.quorum > len(signatories) > 0 and complete:
        message = f"the quorum is {given.quorum}, but there are {len(signatories)} signatories"
        findings.report("NS408", ("agreement", "quorum"), message)
    if given.vetoes and given.quorum is None and not findings.is_broken(("agreement", "quorum")):
        help = "without a quorum every signatory must accept anyway"
        findings.report("NS408", ("agreement", "vetoes"), "vetoes need a quorum", help=help, on_key=True, breaks=False)
    known = [party.id for party in parties]
    for position, party_id in enumerate(given.vetoes):
        path = ("agreement", "vetoes", str(position))
        if party_id not in known:
            if not findings.is_broken(("parties", party_id)):
                help = findings.suggest(party_id, known)
                findings.report("NS417", path, f"there is no party {shown(party_id)}", help=help)
        elif party_id not in signatories:
            if not findings.is_broken(("parties", party_id, "role")):
                message = f"{party_id} is no signatory and cannot hold a veto"
                findings.report("NS408", path, message, help="its consents_to says where its consent is needed")
        elif party_id in given.vetoes[:position]:
            findings.report("NS408", path, f"{party_id} is listed twice")
    return Agreement(given.quorum, tuple(given.vetoes))
