"""A YAML file as a plain tree with places; every problem found is reported at once."""

from __future__ import annotations

from negsim.errors import Path, Problem, ScenarioError
from negsim.scenario.marks import Document, Mark, Plain
from negsim.scenario.source_text import SourceText, decode
from negsim.scenario.tree_builder import TreeBuilder

__all__ = ["read_document", "read_value"]


def read_document(data: bytes | str, file: str, *, pure: bool = False) -> Document:
    """Read a scenario file as a tree of plain data.

    Parameters
    ----------
    data : bytes or str
        What the file holds; at most 1 MiB.
    file : str
        The name that places carry.
    pure : bool
        Use the parser written in Python even where the faster one in C is there. They give the same.

    Raises
    ------
    ScenarioError
        With every problem found, in file order: syntax, characters, duplicate keys, whatever YAML 1.1 and 1.2
        read differently, and all that the format leaves out (anchors, aliases, tags, merge keys, second documents).

    Examples
    --------
    >>> document = read_document("title: A sale", "sale.scenario.yaml")
    >>> document.tree, document.marks["title",].value.column
    ({'title': 'A sale'}, 8)
    """
    source, tree, marks = _read(data, file, pure=pure)
    if not isinstance(tree, dict):
        place = source.place(source.line_starts[0], source.line_starts[0])
        message = "a scenario is a mapping of keys to values"
        raise ScenarioError((Problem("NS113", message, place=place, help="start with `negsim: 1`"),))
    return Document(file, source.text, tree, marks)


def read_value(text: str, file: str) -> tuple[Plain, dict[Path, Mark]]:
    """Read a text that may hold any value, not only a mapping; the mark of the whole is at ``()``.

    >>> read_value("{same_as: {price: 120}}", "--set")[0]
    {'same_as': {'price': 120}}
    """
    _, value, marks = _read(text, file, pure=False)
    return value, marks


def _read(data: bytes | str, file: str, *, pure: bool) -> tuple[SourceText, Plain, dict[Path, Mark]]:
    source = decode(data, file)
    builder = TreeBuilder(source, pure=pure)
    tree = builder.read()
    if builder.problems:
        raise ScenarioError(builder.problems)
    return source, tree, builder.marks
