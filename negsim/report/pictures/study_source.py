"""What pictures of a study are drawn from: its document, what was found of its sensitivity, and its scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from negsim.records import dataclass
from negsim.report.paths import titles_of
from negsim.report.study_names import result_title
from negsim.scenario.types import Scenario

__all__ = ["POLICY", "StudySource", "value_text"]

Data = Mapping[str, Any]

POLICY = "policy"
"""What the input is called that tells policies apart."""


@dataclass(frozen=True, slots=True)
class StudySource:
    """A study's document and that of its sensitivity, None where its cells tell nothing of that."""

    document: Data
    sensitivity: Data | None
    scenario: Scenario

    @property
    def of(self) -> str:
        """The result that is looked at."""
        return str(self.document["of"])

    @property
    def what(self) -> str:
        """What that is called."""
        return result_title(self.of)

    @property
    def inputs(self) -> list[str]:
        """The paths of what was varied, policies apart."""
        rows = self.document["rows"]
        return [path for path in (rows[0]["inputs"] if rows else ()) if path != POLICY]

    @property
    def policies(self) -> list[str]:
        """The names of policies, [""] where none are compared."""
        return [policy["name"] for policy in self.document["settings"]["policies"]] or [""]

    @property
    def done(self) -> list[Data]:
        """The cells that have the result."""
        return [row for row in self.document["rows"] if row["results"].get(self.of) is not None]

    def title(self, path: str) -> str:
        """Name what was varied, as the title of an axis."""
        words = titles_of([path], self.scenario)[path]
        return words[:1].upper() + words[1:]


def value_text(value: float | str) -> str:
    """Write a value that something was set to.

    >>> value_text(0.25), value_text(310.0), value_text("inside")
    ('0.25', '310', 'inside')
    """
    return value if isinstance(value, str) else f"{value:.4g}"
