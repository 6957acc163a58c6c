"""Who must accept: signatories, quorum and vetoes."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.scenario.build.context import Context
from negsim.scenario.schema import AgreementShape, ScenarioShape
from negsim.scenario.types import Agreement, Party, Role
from negsim.scenario.words import shown

__all__ = ["build_agreement"]


def build_agreement(shape: ScenarioShape, parties: Sequence[Party], context: Context) -> Agreement:
    """Build the agreement rule, and check that there is someone to agree."""
    findings = context.findings
    signatories = {party.id for party in parties if party.role is Role.SIGNATORY}
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
    for party in parties:
        _check_ratifiers(party, given, context)
    known = {party.id for party in parties}
    seen: set[str] = set()
    for position, party_id in enumerate(given.vetoes):
        path = ("agreement", "vetoes", str(position))
        if party_id not in known:
            if not findings.is_broken(("parties", party_id)):
                help = findings.suggest(party_id, sorted(known))
                findings.report("NS417", path, f"there is no party {shown(party_id)}", help=help)
        elif party_id not in signatories:
            if not findings.is_broken(("parties", party_id, "role")):
                message = f"{party_id} is no signatory and cannot hold a veto"
                findings.report("NS408", path, message, help="its consents_to says where its consent is needed")
        elif party_id in seen:
            findings.report("NS408", path, f"{party_id} is listed twice")
        seen.add(party_id)
    return Agreement(given.quorum, tuple(given.vetoes))


def _check_ratifiers(party: Party, agreement: AgreementShape, context: Context) -> None:
    """Check that somebody asks those who ratify for a party."""
    path, findings = (*party.path, "ratifiers"), context.findings
    if not party.ratifiers or findings.is_broken(path):
        return
    faulty = any(findings.is_broken((*party.path, key)) for key in ("role", "consents_to"))
    asked = party.role is Role.SIGNATORY or party.consents_to is not None or faulty
    if agreement.quorum is not None:
        message = f"{party.id} has ratifiers, but under a quorum parties are counted, and it may be outvoted"
        help = "leave out the quorum or the ratifiers"
        findings.report("NS408", path, message, help=help, on_key=True, breaks=False)
    elif not asked:
        message = f"{party.id} has ratifiers, but nobody asks for its consent"
        help = "add consents_to, or make it a signatory"
        findings.report("NS408", path, message, help=help, on_key=True, breaks=False)
