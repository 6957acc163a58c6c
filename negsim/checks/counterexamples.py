"""Counterexamples as files: the author's own scenario with the fewest values changed, comments and layout kept.

What is taken out (a tie of a value that is held) goes with its lines. A value that does not stand in the file itself
(it is in a base, or left out) cannot be changed in place: then the file says only the changes, on top of the author's
as its `base`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from negsim.checks.judging.variants import Changes
from negsim.checks.judging.verdicts import Broken, Edit
from negsim.errors import Path, Place, ScenarioError, format_path
from negsim.model.points import REAL, Factor
from negsim.records import dataclass
from negsim.scenario import LoadedScenario
from negsim.scenario.edits import split_path
from negsim.scenario.load import interpret
from negsim.scenario.marks import Document, Plain
from negsim.scenario.reader import read_document
from negsim.scenario.yaml_text import to_yaml

__all__ = ["REMOVED", "Counterexample", "edits_of", "make_counterexample", "place_of", "spliced"]

REMOVED = "null"
"""What is written in the place of something that is taken out."""

_NAME = "{stem}--{claim}.scenario.yaml"


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A file to be written: its path, its text, and the edits that make it of the author's own file.

    ``places`` say where in the author's file each edit is made; ``written`` whether the file was written, ``unwritten``
    why it could not be.
    """

    path: str
    text: str
    edits: tuple[Edit, ...]
    places: tuple[Place | None, ...]
    written: bool = False
    unwritten: str = ""

    def load(self) -> LoadedScenario:
        """Read it as it would be read from the disk."""
        return interpret(read_document(self.text, self.path))


def edits_of(broken: Broken, document: Document) -> tuple[Edit, ...]:
    """Say what to write in a scenario for its central world to break a claim, in the order of the file."""
    edits = [_edit(factor, value, document) for factor, value in broken.moved]
    edits = list({edit.path: edit for edit in reversed(edits)}.values())
    edits += _untied([edit.path for edit in edits], document)
    return tuple(sorted(edits, key=lambda one: _order(place_of(one.path, document))))


def _origins(path: Path, document: Document) -> list[Path]:
    """List where the provenance stands of what is taken out."""
    provenance, name = document.tree.get("provenance"), format_path(path)
    known = provenance if isinstance(provenance, dict) else {}
    return [("provenance", key) for key in known if f"{key}.".startswith(f"{name}.")]


def _untied(paths: Sequence[Path], document: Document) -> list[Edit]:
    """Remove the ties of what is no longer uncertain."""
    ties = document.tree.get("ties")
    held = {format_path(path) for path in paths}
    found = []
    for name, tie in ties.items() if isinstance(ties, dict) else ():
        between = tie.get("between") if isinstance(tie, dict) else None
        if isinstance(between, list) and held.intersection(map(str, between)):
            found.append(Edit(("ties", name), REMOVED, _stood(("ties", name), document), ""))
    return found


def _edit(factor: Factor, value: float, document: Document) -> Edit:
    mark = document.marks.get(factor.given)
    if factor.is_coin:
        return Edit(factor.given, "1" if value == REAL else "0", _stood(factor.given, document), "real or a bluff")
    stood = _stood(factor.given, document) if mark else ""
    return Edit(factor.given, f"{value + 0.0:.12g}", stood, f"{factor.low:.6g}..{factor.high:.6g}")


def _stood(path: Path, document: Document) -> str:
    """Give what stands at a path, on one line and without comments."""
    mark = document.marks.get(path)
    if mark is None:
        return ""
    below = {one[-1]: _stood(one, document) for one in _children(path, document)}
    if mark.source or not below:
        return mark.source
    if all(key.isdecimal() for key in below):
        return "[" + ", ".join(below.values()) + "]"
    return "{" + ", ".join(f"{key}: {value}" for key, value in below.items()) + "}"


def _children(path: Path, document: Document) -> Iterator[Path]:
    return (one for one in document.marks if len(one) == len(path) + 1 and one[:-1] == path)


def _end(path: Path, document: Document) -> int:
    """Tell where a value ends; what stands in block style is taken to go on through the comments that follow it."""
    mark = document.marks[path]
    if mark.source or document.text[mark.start] in "{[":
        return mark.end
    return max((_end(one, document) for one in _children(path, document)), default=mark.end)


def place_of(path: Path, document: Document) -> Place | None:
    """Find where a path stands, or the nearest block that has a place."""
    while path not in document.marks:
        path = path[:-1]
    return document.marks[path].value


def _order(place: Place | None) -> tuple[str, int, int]:
    return ("", 0, 0) if place is None else (place.file, place.line, place.column)


def make_counterexample(
    loaded: LoadedScenario, claim: str, edits: Sequence[Edit], folder: str, changes: Changes = ()
) -> Counterexample:
    """Make the file of a counterexample.

    Parameters
    ----------
    loaded : LoadedScenario
    claim : str
        The id of the expectation that it breaks.
    edits : sequence of Edit
    folder : str
        Where it is to stand.
    changes : tuple of str
        Changes under which the scenario was judged (``--set``), which it must say too.

    Returns
    -------
    Counterexample
    """
    document = loaded.document
    path = os.path.join(folder, _NAME.format(stem=_stem(document.file), claim=claim))
    of = os.path.relpath(document.file, folder or ".").replace(os.sep, "/")
    raw = read_document(document.text, document.file)
    said = {path: value for path, _, value in (change.partition("=") for change in changes)}
    head: dict[str, Plain] = {
        "of": of,
        "expect": claim,
        "changes": {**said, **{format_path(edit.path): edit.value for edit in edits}},
    }
    block = to_yaml({"counterexample": {key: value for key, value in head.items() if value}})
    places = tuple(place_of(edit.path, document) for edit in edits)
    on_top = Counterexample(path, _signed(_on_top(of, document, edits, changes), block), tuple(edits), places)
    if not _loads(on_top):
        # Another claim may name what was taken out.
        others: dict[str, Plain] = {one.id: None for one in loaded.scenario.expectations if one.id != claim}
        text = _on_top(of, document, edits, changes) + to_yaml({"expect": others})
        on_top = replace(on_top, text=_signed(text, block))
    values = {split_path(name): value for name, value in said.items()} | {edit.path: edit.value for edit in edits}
    if not _stand_apart(values, raw):
        return on_top
    in_place = Counterexample(path, _signed(spliced(raw, values, folder), block), tuple(edits), places)
    # A file that is one pair of braces cannot be added to at its end; another claim may name what is taken out.
    return in_place if _loads(in_place) else on_top


def _loads(made: Counterexample) -> bool:
    try:
        made.load()
    except ScenarioError:
        return False
    return True


def _signed(text: str, block: str) -> str:
    said = f"\n\n# Found by `negsim check`, which tells whether it still is one.\n{block}"
    return text.rstrip() + (said.replace("\n", "\r\n") if "\r\n" in text else said)


def _stem(file: str) -> str:
    """Give the name of a file without what all scenarios end in."""
    return os.path.basename(file).removesuffix(".yaml").removesuffix(".scenario") or "scenario"


def _stand_apart(values: Mapping[Path, str], raw: Document) -> bool:
    """Tell whether all that is changed stands in the file, and nothing of it in another part of it."""
    return all(path in raw.marks and not any(path[:n] in values for n in range(len(path))) for path in values)


def spliced(raw: Document, values: Mapping[Path, str], folder: str) -> str:
    """Write the author's text with some values replaced or taken out, and with the way to its base from ``folder``."""
    gone = [path for path, value in values.items() if value == REMOVED]
    gone += [origin for path in gone for origin in _origins(path, raw)]
    stretches = [_stretch(path, raw, value) for path, value in values.items() if value != REMOVED]
    stretches += [_lines_of(path, raw) for path in _whole(gone, raw)]
    base = raw.tree.get("base")
    if isinstance(base, str):
        found = os.path.relpath(os.path.join(os.path.dirname(raw.file), base), folder or ".")
        written = to_yaml({"base": found.replace(os.sep, "/")}).removeprefix("base: ").strip()
        stretches.append(_stretch(("base",), raw, written))
    text = raw.text
    for start, end, value in sorted(stretches, reverse=True):
        text = text[:start] + value + text[end:]
    return text


def _stretch(path: Path, raw: Document, value: str) -> tuple[int, int, str]:
    """Bound what stands at a path, without the blanks after it, and say what is to stand there."""
    start, end = raw.marks[path].start, _end(path, raw)
    return start, start + len(raw.text[start:end].rstrip()), value


def _whole(gone: Sequence[Path], raw: Document) -> Iterator[Path]:
    """Name what is to be taken out: a block whose entries all go, goes itself."""
    blocks = {path[:1]: {one for one in gone if one[:1] == path[:1]} for path in gone}
    for block, entries in blocks.items():
        yield from (block,) if entries >= set(_children(block, raw)) else entries


def _lines_of(path: Path, raw: Document) -> tuple[int, int, str]:
    """Bound an entry with its key: its lines, or with a comma where it shares them with others in braces."""
    key = raw.marks[path].key
    assert key is not None
    lines = raw.text.splitlines(keepends=True)
    line_start = sum(map(len, lines[: key.line - 1]))
    start, end = line_start + key.column - 1, _stretch(path, raw, "")[1]
    if not raw.text[line_start:start].strip():
        rest = raw.text[end:].split("\n", 1)[0]
        if not rest.strip() or rest.lstrip().startswith("#"):
            return line_start, min(end + len(rest) + 1, len(raw.text)), ""
    after = len(raw.text[end:]) - len(raw.text[end:].lstrip(", "))
    return start, end + after, ""


def _on_top(of: str, document: Document, edits: Sequence[Edit], changes: Changes) -> str:
    """Write a scenario that says what is changed, and starts from the author's."""
    tree: dict[str, Plain] = {"negsim": 1, "base": of}
    said = [(split_path(path), value) for path, _, value in (change.partition("=") for change in changes)]
    said += [(edit.path, edit.value) for edit in edits]
    said += [(path, REMOVED) for edit in edits if edit.value == REMOVED for path in _origins(edit.path, document)]
    for path, value in said:
        holder = tree
        for name in path[:-1]:
            held = holder.setdefault(name, {})
            assert isinstance(held, dict)
            holder = held
        holder[path[-1]] = read_document(f"value: {value}", "--set").tree["value"]
    return to_yaml(tree)
