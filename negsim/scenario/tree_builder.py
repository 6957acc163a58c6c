"""Events to a tree: what the format leaves out of YAML is refused here, each with its place."""

from __future__ import annotations

import re
from typing import NoReturn

import yaml

from negsim.errors import Path, Place, Problem, Severity
from negsim.scenario.escapes import holds_forbidden
from negsim.scenario.marks import Mark, Plain
from negsim.scenario.scalars import Refusal, resolve
from negsim.scenario.source_text import SourceText, find_forbidden, without_forbidden
from negsim.scenario.yaml_errors import BLANK_HELP, BLANK_MISSING, KEY_HELP, KEY_MISSING, explain, forbidden_escape
from negsim.scenario.yaml_events import Event, stream_events

__all__ = ["MAX_DEPTH", "MAX_NODES", "MAX_PROBLEMS", "TreeBuilder"]

MAX_DEPTH = 16
MAX_NODES = 30_000
MAX_PROBLEMS = 100
"""Reading stops after so many problems, so that what is said of a file stays in proportion to it."""


_TIGHT_COMMENT = re.compile("[|>][-+0-9]*#")


class _Stop(Exception):
    """Reading cannot go on; the reason is among the problems."""


class TreeBuilder:
    """Takes the events of one text and holds what has been found so far."""

    def __init__(self, source: SourceText, *, pure: bool = False) -> None:
        self.marks: dict[Path, Mark] = {}
        self.unread: set[Path] = set()
        self._dropped: set[Path] = set()  # of what is unread: what has no place in the tree
        self._source = source
        self._events = stream_events(without_forbidden(source.body), pure=pure)
        self._found: list[Problem] = list(find_forbidden(source, MAX_PROBLEMS - 1))
        self._offset = source.line_starts[0]
        self._end = 0  # where the value read last ends
        self._n_nodes = 0
        self._n_brackets = 0  # how many lists and mappings on one line are open

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, in the order of the file."""
        return tuple(sorted(self._found, key=_position))

    def read(self) -> Plain:
        """Read the one document of the text; None if there are problems that leave no tree."""
        try:
            return self._document()
        except _Stop:
            return None
        except yaml.YAMLError as error:
            self._add_syntax_error(explain(error, self._source))
            return None

    def _add_syntax_error(self, problem: Problem) -> None:
        """Leave a syntax error out where a forbidden character before it may well have caused it."""
        if not any(p.code == "NS116" and _position(p) <= _position(problem) for p in self._found):
            self._found.append(problem)

    def _document(self) -> Plain:
        next(self._events)
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            self._stop("NS113", "the file is empty", self._place(start), (), "start with `negsim: 1`")
        self._refuse_directives(start)
        tree = self._node(next(self._events), (), None, 0)
        next(self._events)
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            self._stop("NS112", "a second document starts here", self._place(after), (), "one file holds one scenario")
        return tree

    def _refuse_directives(self, start: Event) -> None:
        version, tags = getattr(start, "version", None), getattr(start, "tags", None)
        if version not in (None, (1, 2)) or tags:
            place = self._source.place(self._offset, self._offset + 1)
            self._add("NS106" if tags else "NS103", "a line that starts with % is not allowed", place, (), "remove it")

    def _node(self, event: Event, path: Path, key: Place | None, depth: int) -> Plain:
        """Build the value that starts with ``event`` and stands within ``depth`` others."""
        self._count(event, path)
        if isinstance(event, yaml.AliasEvent):
            hint = "repeat the value, or name it with `same:`"
            self._add("NS105", "an alias (*) is not allowed", self._place(event), path, hint)
            self._drop(path)
            return None
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path, key)
        if depth == MAX_DEPTH:
            self._stop("NS110", f"nested more than {MAX_DEPTH} deep", self._place(event), path, "use fewer levels")
        # A container's mark stands before those of its content.
        self.marks[path] = _NOWHERE
        self._n_brackets += bool(event.flow_style)
        build = self._mapping if isinstance(event, yaml.MappingStartEvent) else self._sequence
        value = build(path, depth + 1)
        self._n_brackets -= bool(event.flow_style)
        start = self._offset + event.start_mark.index
        self.marks[path] = Mark(self._source.place(start, self._end), key, False, "", start, self._end)
        return value

    def _sequence(self, path: Path, depth: int) -> Plain:
        items: list[Plain] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            child = (*path, str(len(items)))
            items.append(self._node(event, child, None, depth))
            if child in self._dropped:  # without it the items behind it would have another index
                self._drop(path)
        self._close(event)
        return items

    def _mapping(self, path: Path, depth: int) -> Plain:
        items: dict[str, Plain] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            place = self._place(event)
            name = self._key(event, path, place, depth)
            child = (*path, name)
            if name in lines:
                message = f"the key {_quote(name)} stands here again: first on line {lines[name]}"
                self._add("NS104", message, place, child, "remove or rename one of them")
                self._read_again(child, place, depth)
                continue
            lines[name] = place.line
            value = self._node(next(self._events), child, place, depth)
            if child not in self._dropped and not name.startswith("\0"):
                items[name] = value
        self._close(event)
        return items

    def _drop(self, path: Path) -> None:
        self._dropped.add(path)
        self.unread.add(path)

    def _read_again(self, path: Path, key: Place, depth: int) -> None:
        """Read the second value of a key for its own problems only; what it alone holds counts as unread."""
        first = self.marks, self.unread, self._dropped
        self.marks, self.unread, self._dropped = {}, set(), set()
        self._node(next(self._events), path, key, depth)
        second = self.marks.keys() | self.unread
        self.marks, self.unread, self._dropped = first
        self.unread |= second - self.marks.keys()

    def _close(self, event: Event) -> None:
        """Note where a container ends: behind its bracket, or else with the last value in it, before any comment."""
        if event.end_mark.index > event.start_mark.index:
            self._end = self._offset + event.end_mark.index

    def _key(self, event: Event, path: Path, place: Place, depth: int) -> str:
        """Read a key as text; what cannot be a key gets a problem and a stand-in that no other key equals."""
        if not isinstance(event, yaml.ScalarEvent):
            self._add("NS114", "a key must be a word, not a list or mapping", place, path, "quote text in brackets")
            self.unread.add(path)
            self._node(event, path, place, depth)
            return f"\0{self._n_nodes}"
        self._count(event, path)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event, path)
        if event.style:
            self._refuse_escapes(event)
            return str(event.value)
        start, end = self._span(event)
        if not event.value:
            # One parser places what is missing before the colon, the other behind it.
            colon = start if self._source.text[start : start + 1] == ":" else max(self._offset, start - 1)
            place = self._source.place(colon, colon + 1)
            self._add("NS114", KEY_MISSING, place, path, KEY_HELP)
            self.unread.add(path)
            return f"\0{self._n_nodes}"
        self._refuse_tight_marks(start, end)
        return self._plain_key(str(event.value), (*path, event.value), place)

    def _refuse_bad_header(self, event: Event, start: int) -> None:
        """Refuse ``|# comment``, which only one of the parsers reads."""
        found = event.style in ("|", ">") and _TIGHT_COMMENT.match(self._source.text, start)
        if found:
            place = self._source.place(found.end() - 1, found.end())
            self._stop("NS103", "a blank is missing before this '#'", place, (), "write ` # comment`")

    def _refuse_tight_marks(self, start: int, end: int) -> None:
        """Refuse what only one of the two parsers reads: ``{a:[1]}``, ``{?a: 1}``, ``{a: b?}``."""
        text = self._source.text
        if text[end : end + 1] == ":" and text[end + 1 : end + 2] in tuple("[]{},?"):
            self._stop("NS103", BLANK_MISSING, self._source.place(end, end + 1), (), BLANK_HELP)
        if self._n_brackets:
            at = text.find("?", start - 1 if start else 0, end)
            if at >= 0:
                place = self._source.place(at, at + 1)
                self._stop("NS103", "a '?' between brackets", place, (), "quote the text that holds it")

    def _plain_key(self, text: str, path: Path, place: Place) -> str:
        found = resolve(text)
        if text == "<<":
            hint = "write the lines out; `base: FILE` starts from another file"
            self._add("NS107", "a merge key (<<) is not allowed", place, path, hint)
        elif isinstance(found, Refusal):
            self._add(found.code, found.message, place, path, found.help)
        elif found is None or isinstance(found, bool):
            self._add("NS114", f"a key must be a word, not {text}", place, path, f'quote it: "{text}"')
        return text

    def _scalar(self, event: Event, path: Path, key: Place | None) -> Plain:
        start, end = self._span(event)
        self._end = end
        one_line = event.start_mark.line == event.end_mark.line
        place = self._source.place(start, end)
        text = str(event.value)
        self.marks[path] = Mark(place, key, one_line and not event.style, text, start, end)
        if event.style:
            self._refuse_escapes(event)
            self._refuse_bad_header(event, start)
            return text
        if not text and event.implicit[0]:
            self._refuse_nothing(path, key, start)
            self._drop(path)
            return None
        if self._n_brackets:
            self._refuse_tight_marks(start, end)
        found = resolve(text)
        if isinstance(found, Refusal):
            self._add(found.code, found.message, place, path, found.help)
            return text
        return found

    def _span(self, event: Event) -> tuple[int, int]:
        """Bound a scalar; the parsers' end of a text block (``|``, ``>``) is behind the empty lines below it."""
        start, end = self._offset + event.start_mark.index, self._offset + event.end_mark.index
        if event.style in ("|", ">"):
            end = start + len(self._source.text[start:end].rstrip())
        return start, end

    def _refuse_nothing(self, path: Path, key: Place | None, start: int) -> None:
        if not path:
            self._add("NS113", "the file is empty", self._source.place(start, start), path, "start with `negsim: 1`")
        elif key is None:
            place = self._source.place(start - 1, start)
            self._add("NS115", "nothing stands after this '-'", place, path, "write a value, or remove the item")
        elif not path[-1].startswith("\0"):
            message = f"nothing stands after {_quote(path[-1])}"
            hint = BLANK_HELP if ":" in path[-1] else 'write a value, or remove the key; for empty text, ""'
            if self._n_brackets and ":" not in path[-1]:
                hint += "; in braces a comma ends a text that has no quotes"
            self._add("NS115", message, key, path, hint)

    def _refuse_escapes(self, event: Event) -> None:
        if event.style != '"' or not holds_forbidden(event.value):
            return
        start, end = self._span(event)
        self._found.append(forbidden_escape(start, self._source, end))
        if any("\ud800" <= c <= "\udfff" for c in event.value):
            raise _Stop  # where the parser in C stops, too

    def _refuse_properties(self, event: Event, path: Path) -> None:
        """Refuse an anchor or a tag before a value."""
        start = self._offset + event.start_mark.index
        for mark, name, code in (("&", "an anchor", "NS105"), ("!", "a tag", "NS106")):
            if (event.anchor if mark == "&" else event.tag) is not None:
                at = max(start, self._source.text.find(mark, start))
                length = len(self._source.text[at : at + 200].split(maxsplit=1)[0])
                hint = f"remove it; quote text that starts with {mark}"
                self._add(code, f"{name} ({mark}) is not allowed", self._source.place(at, at + length), path, hint)

    def _count(self, event: Event, path: Path) -> None:
        self._n_nodes += 1
        if self._n_nodes > MAX_NODES:
            self._stop("NS102", f"more than {MAX_NODES:,} values", self._place(event), path, "use a scale for levels")

    def _place(self, event: Event) -> Place:
        return self._source.place(self._offset + event.start_mark.index, self._offset + event.end_mark.index)

    def _add(self, code: str, message: str, place: Place, path: Path, hint: str) -> None:
        self._found.append(Problem(code, message, path, place, hint))
        if len(self._found) >= MAX_PROBLEMS:
            note = f"reading stopped here, after {MAX_PROBLEMS} problems"
            self._found.append(Problem("NS102", note, path, place, severity=Severity.NOTE))
            raise _Stop

    def _stop(self, code: str, message: str, place: Place, path: Path, hint: str) -> NoReturn:
        self._add(code, message, place, path, hint)
        raise _Stop


_NOWHERE = Mark(Place("", 1, 1), None, False, "", 0, 0)


def _position(problem: Problem) -> tuple[int, int]:
    return (problem.place.line, problem.place.column) if problem.place else (0, 0)


def _quote(key: str) -> str:
    return f"'{key}'" if len(key) <= 40 and key.isprintable() else repr(key[:40])
