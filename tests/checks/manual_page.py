"""Write docs/reference/lint.md from the docstrings of the rules: ``python -m tests.checks.manual_page``."""

from __future__ import annotations

import sys
from pathlib import Path

from negsim.checks import RULES
from tests.checks.sale import SALE

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "lint.md"

HEAD = f"""\
# Lint

What `negsim check` says of a scenario that is valid but doubtful. A warning is probably a slip; a note is worth knowing
and may well be meant. `negsim explain NS501` prints the same texts as this page, which is made from them.

The examples lie over this sale, in which nothing is doubtful, as with `base: sale.scenario.yaml`:

<!-- scenario: sale.scenario.yaml -->
```yaml
{SALE}```
"""


def heading(code: str) -> str:
    return f"## {code}: {RULES[code].title}"


def manual_page() -> str:
    """Put the manuals of all rules on one page."""
    entries = [f"{heading(code)}\n\nSeverity: {rule.severity}.\n\n{rule.manual}\n" for code, rule in RULES.items()]
    return "\n".join([HEAD, *entries])


def main() -> int:
    PAGE.write_text(manual_page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
