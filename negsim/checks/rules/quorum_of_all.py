"""A quorum of all signatories.

It asks for everyone, which is what holds without a quorum; vetoes add nothing to it.

Doubtful:

```yaml
agreement: {quorum: 2}
```

Fine:

```yaml
agreement: {quorum: 1, vetoes: [seller]}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity
from negsim.scenario.types import Role

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS521"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Compare the quorum with the number of signatories."""
    signatories = [party for party in subject.scenario.parties if party.role is Role.SIGNATORY]
    if subject.scenario.agreement.quorum == len(signatories):
        message = f"there are {len(signatories)} signatories, so this quorum asks for all of them"
        yield Finding(("agreement", "quorum"), message, "leave agreement out, or lower the quorum")
