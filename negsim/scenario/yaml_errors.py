"""What a parser of YAML complains of, said for people who write scenarios."""

from __future__ import annotations

import yaml

from negsim.errors import Problem
from negsim.scenario.escapes import find_forbidden_escape
from negsim.scenario.source_text import SourceText

__all__ = ["BLANK_HELP", "BLANK_MISSING", "KEY_HELP", "KEY_MISSING", "explain", "forbidden_escape"]

BLANK_MISSING = "a blank is missing after this ':'"
BLANK_HELP = "write `key: value`, or quote text that holds ':'"

KEY_MISSING = "a key is missing before this ':'"
KEY_HELP = "quote text that starts with ':'"
_NO_VALUE = "a value is missing before this"
_NO_FIT = "this does not fit the lines above"
_NO_ESCAPE = "no such escape"
_Complaint = tuple[str, str, str, str]
"""A fragment of the parser's words, then our code, message and help. Both parsers of PyYAML are covered."""

_COMPLAINTS: tuple[_Complaint, ...] = (
    ("scanning an alias", "NS105", "an alias (*) is not allowed", 'quote text that starts with *: "*..."'),
    ("scanning an anchor", "NS105", "an anchor (&) is not allowed", 'quote text that starts with &: "&..."'),
    ("undefined tag handle", "NS106", "a tag (!) is not allowed", 'quote text that starts with !: "!..."'),
    ("scanning a tag", "NS106", "a tag (!) is not allowed", 'quote text that starts with !: "!..."'),
    ("parsing a tag", "NS106", "a tag (!) is not allowed", 'quote text that starts with !: "!..."'),
    ("directive", "NS103", "a line that starts with % is not allowed", "remove it"),
    ("incompatible yaml document", "NS103", "a line that starts with % is not allowed", "remove it"),
    ("node content", "NS103", _NO_VALUE, "quote text that starts with it"),
    ("found unexpected ':'", "NS103", BLANK_MISSING, BLANK_HELP),
    ("unknown escape character", "NS103", _NO_ESCAPE, "write \\\\ for a backslash, or use single quotes"),
    ("hexdecimal", "NS103", _NO_ESCAPE, "write \\\\ for a backslash, or use single quotes"),
    ("hexadecimal", "NS103", _NO_ESCAPE, "write \\\\ for a backslash, or use single quotes"),
    (
        "mapping values are not allowed",
        "NS103",
        "a ':' cannot stand here",
        "quote text with ': ', or mend the indentation",
    ),
    ("sequence entries are not allowed", "NS103", "a list item cannot start here", "put '- ' on a line of its own"),
    ("mapping keys are not allowed", "NS103", "a key cannot start here", "quote text that starts with '?'"),
    ("cannot start any token", "NS103", "text cannot start with this character", "quote the text"),
    ("',' or ']'", "NS103", "',' or ']' is missing", ""),
    ("',' or '}'", "NS103", "',' or '}' is missing", ""),
    ("parsing a block", "NS103", _NO_FIT, "lines of one block start in the same column"),
    ("document start", "NS103", _NO_FIT, "lines of one block start in the same column"),
    ("block scalar", "NS103", "text cannot follow | or > on its line", "start the text on the next line, or quote it"),
)

# Where the beginning of what is not finished says more than the place where the parser gave up.
_UNFINISHED: tuple[_Complaint, ...] = (
    ("unexpected end of stream", "NS103", "this quote is not closed", "end the text with the same quote"),
    ("unexpected document separator", "NS103", "this quote is not closed", "end the text with the same quote"),
    ("unexpected document indicator", "NS103", "this quote is not closed", "end the text with the same quote"),
    ("could not find expected ':'", "NS103", "a ':' is missing after this", "quote text that spans lines"),
)


def explain(error: yaml.YAMLError, source: SourceText) -> Problem:
    """Turn an error of either parser into a problem with a place in ``source``."""
    words = " ".join(str(getattr(error, part, None) or "") for part in ("context", "problem")).lower()
    if "character escape" in words:
        return forbidden_escape(_start(getattr(error, "problem_mark", None), source) - len("\\u"), source)
    unfinished = _find(_UNFINISHED, words)
    _, code, message, hint = unfinished or _find(_COMPLAINTS, words) or ("", "NS103", f"not YAML: {words.strip()}", "")
    at = _start(getattr(error, "context_mark" if unfinished else "problem_mark", None), source)
    if message == _NO_ESCAPE:
        at = source.text.rfind("\\", 0, at + 1)
    opened = _start(getattr(error, "context_mark", None), source)
    if source.text[at : at + 1] == ":" and message in (_NO_VALUE, _NO_FIT):
        code, message, hint = "NS114", KEY_MISSING, KEY_HELP
    if not source.text[at:].strip():
        # Pointing at the empty end of a file helps no one.
        at = opened if opened < at else max(source.line_starts[0], len(source.text.rstrip()) - 1)
        return Problem(code, "the file ends before this is finished", place=source.place(at, at + 1), help=message)
    return Problem(code, message, place=source.place(at, at + 1), help=hint or _opened(error, source))


def forbidden_escape(start: int, source: SourceText, end: int | None = None) -> Problem:
    """Point at the first escape from ``start`` on that stands for nothing a scenario may hold."""
    stop = start + len("\\U00000000") if end is None else end
    first, last = find_forbidden_escape(source.text[start:stop])
    place = source.place(start + first, start + last)
    return Problem("NS116", "this escape stands for a character that is not allowed", place=place, help=_ESCAPE_HELP)


_ESCAPE_HELP = "remove it, or write the character itself"


def _start(mark: yaml.Mark | None, source: SourceText) -> int:
    return source.line_starts[0] + (mark.index if mark else 0)


def _find(complaints: tuple[_Complaint, ...], words: str) -> _Complaint | None:
    return next((complaint for complaint in complaints if complaint[0] in words), None)


def _opened(error: yaml.YAMLError, source: SourceText) -> str:
    """Say where the list, mapping or text began that is not finished."""
    mark = getattr(error, "context_mark", None)
    if mark is None:
        return ""
    start = _start(mark, source)
    place = source.place(start, start + 1)
    return f"opened on line {place.line}, column {place.column}"
