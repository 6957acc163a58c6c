"""What every part of the calendar needs: which names there are, which days, and who signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from negsim.errors import Path
from negsim.records import dataclass
from negsim.scenario.build.context import Context
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.findings import Findings
from negsim.scenario.quantities import PROBABILITY, Quantity
from negsim.scenario.schema_talks import TalksShape
from negsim.scenario.types import Party, Role
from negsim.scenario.words import listed, shown

__all__ = ["ROOT", "Calendar"]

ROOT: Path = ("talks",)
_BLOCKS = {
    "envoy": "envoys",
    "track": "tracks",
    "session": "sessions",
    "event": "events",
    "partial agreement": "partial_agreements",
}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar as written, and what it is checked against.

    ``parties`` are all parties by id, as built.
    """

    shape: TalksShape
    parties: Mapping[str, Party]
    context: Context

    @property
    def findings(self) -> Findings:
        """The problems so far."""
        return self.context.findings

    @property
    def now(self) -> dt.date:
        """The day up to which things were seen."""
        return self.shape.now or self.shape.start

    def knows(self, nouns: tuple[str, ...], name: str, path: Path, *, on_key: bool = False) -> bool:
        """Tell whether a thing of one of some kinds, named at ``path``, is declared; report it if it is not."""
        if self.findings.is_broken(path):
            return False
        blocks = [_BLOCKS[noun] for noun in nouns]
        if any(name in getattr(self.shape, block) for block in blocks):
            return True
        if not any(self.findings.is_broken((*ROOT, block, name)) for block in blocks):
            help = self.findings.suggest(name, (key for block in blocks for key in getattr(self.shape, block)))
            message = f"there is no {listed(nouns)} {shown(name)} in the calendar"
            self.findings.report("NS440", path, message, help=help, on_key=on_key)
        self.findings.mark_broken(path)
        return False

    def signs(self, party_id: str, path: Path, *, on_key: bool = False, code: str = "NS441") -> bool:
        """Tell whether a party named at ``path`` signs a settlement; report it if it does not."""
        if self.findings.is_broken(path) or not self.context.knows_party(party_id, path, on_key=on_key):
            return False
        if not self.has_role(party_id, Role.SIGNATORY):
            message = f"{party_id} is no signatory"
            help = f"signatories are {listed(self.signatories, 'and')}"
            self.findings.report(code, path, message, help=help, on_key=on_key)
            return False
        return True

    @property
    def signatories(self) -> list[str]:
        """The ids of all who sign."""
        return [party.id for party in self.parties.values() if party.role is Role.SIGNATORY]

    def has_role(self, party_id: str, *roles: Role) -> bool:
        """Tell whether a declared party has one of some roles; one whose role is faulty has whatever is asked."""
        if self.findings.is_broken(("parties", party_id, "role")):
            return True
        party = self.parties.get(party_id)
        return party is None or party.role in roles

    def check_day(self, day: dt.date | None, path: Path, *, seen: bool = False) -> bool:
        """Tell whether a day lies within the calendar, up to now if it was ``seen``; report it if it does not."""
        ends = [(*ROOT, name) for name in ("start", "horizon", *(["now"] if seen else []))]
        if day is None or any(map(self.findings.is_broken, (path, *ends))):
            return False
        if self.shape.start > self.shape.horizon:
            return False
        last = self.now if seen else self.shape.horizon
        if self.shape.start <= day <= last:
            return True
        if seen and day <= self.shape.horizon and day > last:
            message = f"{day} is after {last}, which is now: nothing can have been seen of it"
        else:
            message = f"{day} is not within the calendar, {self.shape.start} to {self.shape.horizon}"
        self.findings.report("NS442", path, message)
        return False

    def check_stretch(self, start: dt.date | None, end: dt.date | None, path: Path, *, seen: bool = False) -> None:
        """Check the first and last day of something at ``path``."""
        self.check_day(start, (*path, "from"), seen=seen)
        self.check_day(end, (*path, "until"), seen=seen)
        broken = any(self.findings.is_broken((*path, key)) for key in ("from", "until"))
        if start is not None and end is not None and start > end and not broken:
            self.findings.report("NS442", (*path, "until"), f"it ends on {end}, before it starts, on {start}")

    def stretch(self, start: dt.date | None, end: dt.date | None) -> tuple[dt.date, dt.date]:
        """Fill in the first and last day of the calendar."""
        return start or self.shape.start, end or self.shape.horizon

    def build_unless_serious(self, given: Mapping[str, Quantity], path: Path) -> tuple[tuple[str, Quantity], ...]:
        """Build the probabilities that hold where a party does not negotiate seriously."""
        built = []
        for party_id in sorted(given):
            below = (*path, party_id)
            quantity = build_quantity(given[party_id], below, PROBABILITY, self.context)
            if self.context.knows_party(party_id, below, on_key=True):
                self._check_faith(party_id, below)
                built.append((party_id, quantity))
        return tuple(built)

    def _check_faith(self, party_id: str, path: Path) -> None:
        party = self.parties.get(party_id)
        if party is None or party.good_faith is not None or self.findings.is_broken((*party.path, "good_faith")):
            return
        message = f"{party_id} has no good_faith, so it is always serious"
        help = f"add good_faith: 0.5..0.9 to {party_id}"
        self.findings.report("NS443", path, message, help=help, on_key=True, breaks=False)
