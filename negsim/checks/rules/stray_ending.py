"""A text that ends in a comma or in a bracket that was never opened.

Outside of `{...}` a comma or bracket at the end of an unquoted text belongs to it. It is usually left over from a
line that once stood in YAML's short form. Reported for titles and other free text only: anywhere else it is an error.

Doubtful:

```yaml
title: Sale of a machine,
```

Fine:

```yaml
title: Sale of a machine
```
"""

from __future__ import annotations

from collections.abc import Iterator

from negsim.checks.subject import Finding, Subject
from negsim.checks.texts import plain_texts
from negsim.errors import Severity

__all__ = ["ID", "OVER_OUTCOMES", "SEVERITY", "check"]

ID = "NS513"
SEVERITY = Severity.WARNING
OVER_OUTCOMES = False


_OPENING = {"}": "{", "]": "[", ")": "("}


def check(subject: Subject) -> Iterator[Finding]:
    """Look at the last character of unquoted texts."""
    for path, mark in plain_texts(subject.document):
        text = mark.source
        last = text[-1:]
        unopened = last in _OPENING and text.count(last) > text.count(_OPENING[last])
        if last == "," or unopened:
            yield Finding(path, f"the text {path[-1]} ends in '{last}'", "remove it, or quote the text if it is meant")
