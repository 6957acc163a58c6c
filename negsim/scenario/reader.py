"""A YAML file as a plain tree with places; every problem found is reported at once."""

from __future__ import annotations

from negsim.errors import Path, Problem, ScenarioError
from negsim.scenario.marks import Document, Mark, Plain
from negsim.scenario.source_text import SourceText, decode
from negsim.scenario.tree_builder import TreeBuilder

__all__ = ["read_document", "read_on", "read_value"]

_READ_PAST = frozenset({"NS104", "NS105", "NS106", "NS108", "NS109", "NS111", "NS114", "NS115"})
"""Problems of one value or key, which leave the rest of the file what it is."""


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
    document = read_on(data, file, pure=pure)
    if document.problems:
        raise ScenarioError(document.problems)
    return document


def read_on(data: bytes | str, file: str, *, pure: bool = False) -> Document:
    """Read a scenario file as `read_document` does, but past what is wrong with single keys and values.

    A word or number that readers of YAML take for different things is kept as text, of a key that stands twice the
    first value. What cannot be kept is left out of the tree and listed in ``unread``.

    Raises
    ------
    ScenarioError
        If the problems leave no tree to go on with: syntax, limits, a merge key, an unreadable base.

    Examples
    --------
    >>> document = read_on("{title: no, id:  , negsim: 1}", "sale.scenario.yaml")
    >>> document.tree, [problem.code for problem in document.problems], sorted(document.unread)
    ({'title': 'no', 'negsim': 1}, ['NS108', 'NS115'], [('id',)])
    """
    source, builder, tree = _build(data, file, pure=pure)
    if not all(map(_leaves_a_tree, builder.problems)) or (builder.problems and not isinstance(tree, dict)):
        raise ScenarioError(builder.problems)
    if not isinstance(tree, dict):
        place = source.place(source.line_starts[0], source.line_starts[0])
        message = "a scenario is a mapping of keys to values"
        raise ScenarioError((Problem("NS113", message, place=place, help="start with `negsim: 1`"),))
    return Document(file, source.text, tree, builder.marks, builder.problems, frozenset(builder.unread))


def _leaves_a_tree(problem: Problem) -> bool:
    """Tell whether the rest can be checked: without its base, or with unknown keys at the top, a file is another."""
    return problem.code in _READ_PAST and problem.path[:1] not in ((), ("base",))


def read_value(text: str, file: str) -> tuple[Plain, dict[Path, Mark]]:
    """Read a text that may hold any value, not only a mapping; the mark of the whole is at ``()``.

    >>> read_value("{same_as: {price: 120}}", "--set")[0]
    {'same_as': {'price': 120}}
    """
    _, builder, value = _build(text, file, pure=False)
    if builder.problems:
        raise ScenarioError(builder.problems)
    return value, builder.marks


def _build(data: bytes | str, file: str, *, pure: bool) -> tuple[SourceText, TreeBuilder, Plain]:
    source = decode(data, file)
    builder = TreeBuilder(source, pure=pure)
    return source, builder, builder.read()
