"""A quantity that is the same as a constant.

`same` is for quantities that are uncertain and equal in every world. A copy of a constant is read more easily as a
number, unless both are meant to change together.

Doubtful:

```yaml
parties:
  seller: {no_deal: 40}
  buyer: {no_deal: {same: parties.seller.no_deal}}
```

Fine:

```yaml
parties:
  seller: {no_deal: 30..50}
  buyer: {no_deal: {same: parties.seller.no_deal}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.errors import Severity, format_path
from negsim.scenario.inheritance import is_inherited
from negsim.scenario.quantities import Constant, Same
from negsim.scenario.words import number_text

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS525"
SEVERITY = Severity.NOTE
OVER_OUTCOMES = False


def check(subject: Subject) -> Iterator[Finding]:
    """Follow every ``same`` to its end."""
    for path, named in subject.quantities.items():
        is_own = not is_inherited(path, named.quantity)
        if is_own and isinstance(named.quantity, Same) and isinstance(source := subject.ends[path].quantity, Constant):
            message = f"{format_path(named.quantity.path)} is {number_text(source.value)} in every world"
            yield Finding(path, message, f"write {number_text(source.value)}")
