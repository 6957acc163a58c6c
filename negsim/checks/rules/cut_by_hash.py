"""A text that ends at a #.

In YAML, a blank and a `#` begin a comment, and what follows is lost without a word. Reported where the `#` is
followed by a letter or digit at once, as in "no. #5"; a comment is usually set off by a blank. Quote such a text.

Doubtful:

```yaml
about: Lot #5 of the auction
```

Fine:

```yaml
about: "Lot #5 of the auction"   # quoted
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from negsim.checks.subject import Finding, Subject
from negsim.checks.texts import plain_texts
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS512"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


_GLUED = re.compile(r"\s(#\w.*)")


def check(subject: Subject) -> Iterator[Finding]:
    """Look at what stands behind unquoted texts."""
    for path, mark in plain_texts(subject.document):
        place = mark.value
        end = place.column - 1 + len(mark.source)
        if lost := _GLUED.fullmatch(place.text, end):
            at = replace(place, column=lost.start(1) + 1, length=len(lost[1].rstrip()))
            help = "quote the text; for a comment, put a blank behind the #"
            yield Finding(path, f"the text {path[-1]} ends before this #, and the rest is a comment", help, place=at)
