"""What pictures are drawn from: a result as it was saved, and the scenario that it is of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from negsim.model.estimates import Estimate
from negsim.records import dataclass
from negsim.report.names import Names
from negsim.report.phrases import option_title
from negsim.scenario.types import IRRELEVANT, Role, Scenario

__all__ = ["Source", "estimate_of", "percent_of"]

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A result document with its scenario; ``parties`` are the two of the utility space, () for the first two."""

    document: Data
    scenario: Scenario
    parties: tuple[str, ...] = ()

    @property
    def names(self) -> Names:
        """What parties and red lines are called."""
        return Names(self.scenario)

    def party(self, party: str) -> str:
        """Give the title of a party or ratifier."""
        return self.names.within[party]

    @property
    def signatories(self) -> tuple[str, ...]:
        """The ids of who signs."""
        return tuple(party.id for party in self.scenario.parties if party.role is Role.SIGNATORY)

    def option(self, issue: str, option: str) -> str:
        """Give the title of an option."""
        if option == IRRELEVANT:
            return "does not arise"
        return option_title(next(one for one in self.scenario.issues if one.id == issue), option)

    def issue(self, issue: str) -> str:
        """Give the title of an issue."""
        return next(one.title for one in self.scenario.issues if one.id == issue)

    def terms(self, options: Mapping[str, str]) -> list[str]:
        """Spell a deal out, a line an issue that arises."""
        return [
            f"{issue.title}: {self.option(issue.id, options[issue.id])}"
            for issue in self.scenario.issues
            if options[issue.id] != IRRELEVANT
        ]


def estimate_of(data: Data) -> Estimate:
    """Read an estimate of a document."""
    return Estimate(data["estimate"], data["low"], data["high"])


def percent_of(share: float) -> float:
    """Give a share in percent, to a hundredth.

    >>> percent_of(0.294921875)
    29.49
    """
    return round(share * 100, 2)
