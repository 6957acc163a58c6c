"""Plain data as YAML that reads back the same, laid out for people."""

from __future__ import annotations

import json
import re

from negsim.scenario.marks import Plain, walk
from negsim.scenario.scalars import resolve

__all__ = ["to_yaml"]

_WIDTH = 110
_BLOCK_DEPTH = 3  # a party, or an issue, is never on one line

# Patterns as text: compiled when something is first written, since most runs only read.
# Letters, digits and signs that mean nothing to YAML where they stand. Text with ", " has blanks, so it is never within
# a list on one line, where the comma would cut it.
_PLAIN = r"(?:[^\W_]|-?\.?[0-9])(?:[\w .+/*()=<>;~^|!%&$@'-]|, )*(?<! )"
_DATE = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*"
_BLOCK_LINE = "[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*"
_ESCAPED = "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
_LONGEST_KEY = 1000


def to_yaml(tree: dict[str, Plain]) -> str:
    r"""Write a tree.

    >>> print(to_yaml({"title": "No: a sale", "parties": {"buyer": {"no_deal": "0.5..1", "said": "yes"}}}), end="")
    title: "No: a sale"
    parties:
      buyer:
        no_deal: 0.5..1
        said: "yes"
    """
    return "".join(line + "\n" for line in _block(tree, 0)) if tree else "{}\n"


def _block(value: dict[str, Plain] | list[Plain], depth: int) -> list[str]:
    """Write a mapping or list over several lines, without indentation."""
    lines: list[str] = []
    entries = value.items() if isinstance(value, dict) else (("", item) for item in value)
    for key, item in entries:
        head = f"{_text(key, is_key=True)}:" if isinstance(value, dict) else "-"
        if len(head) > _LONGEST_KEY:
            lines.append(f"? {head[:-1]}")
            head = ":"
        text = _on_one_line(item, depth + 1, len(head) + 2 * depth)
        if text is not None:
            lines.append(f"{head} {text}")
        elif isinstance(item, str):
            lines += [f"{head} {_block_header(item)}", *("  " + line if line else "" for line in item.splitlines())]
        else:
            assert isinstance(item, dict | list)
            lines += [head, *("  " + line if line else "" for line in _block(item, depth + 1))]
    return lines


def _on_one_line(value: Plain, depth: int, indent: int) -> str | None:
    """Write a value in flow style, or None if it is better over several lines."""
    if isinstance(value, str):
        return None if _fits_block(value) else _text(value)
    if not isinstance(value, dict | list) or not value:
        return _flow(value)
    if (isinstance(value, dict) and depth < _BLOCK_DEPTH) or _holds_prose(value):
        return None
    text = _flow(value)
    return text if len(text) + indent < _WIDTH else None


def _holds_prose(value: Plain) -> bool:
    """Tell whether there is text with blanks in a value: sentences and conditions get lines of their own."""
    return any(isinstance(item, str) and " " in item for _, item in walk((), value))


def _flow(value: Plain) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(key, is_key=True)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        # With its point, 1.0e+16 is a number to every reader of YAML.
        return re.sub("^(-?[0-9]+)e", r"\1.0e", repr(value))
    return json.dumps(value)


def _text(value: str, *, is_key: bool = False) -> str:
    found = resolve(value)
    means_itself = found == value or (is_key and isinstance(found, int | float) and not isinstance(found, bool))
    safe = re.fullmatch(_PLAIN, value) and not re.fullmatch(_DATE, value) and not (is_key and "," in value)
    if means_itself and safe:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return re.sub(_ESCAPED, lambda c: f"\\u{ord(c[0]):04x}", quoted)


def _fits_block(value: str) -> bool:
    """Tell whether a text of several lines can stand under ``|``: nothing to escape, no blanks YAML would take away."""
    lines = value.split("\n")
    return (
        len(lines) > 1
        and bool(lines[0])
        and lines[0][0] != " "
        and not value.endswith("\n\n")
        and bool(value.strip())
        and all(re.fullmatch(_BLOCK_LINE, line) and (line.strip() or not line) for line in lines)
    )


def _block_header(value: str) -> str:
    return "|" if value.endswith("\n") else "|-"
