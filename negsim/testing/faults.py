"""Scenario files that loading refuses, for each code of a problem, from the examples that explain the codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from hypothesis import strategies as st

from negsim.errors import ScenarioError, UsageError
from negsim.model.structure import compile_structure
from negsim.scenario.base import merge_base
from negsim.scenario.codes import CODES, EXAMPLE_BASE
from negsim.scenario.load import loads
from negsim.scenario.reader import read_document, read_on
from negsim.scenario.yaml_text import to_yaml

__all__ = ["codes_of", "invalid_scenarios"]

_FENCE = re.compile(r"^```yaml( whole)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BASE_FILE = "boat.scenario.yaml"
_MOST_VALUES = 30_000

_NAMING_BOTH = "rules: {parcel: {require: weight > 0 implies length > 0}}\n"
"""The example of NS411 leaves out the condition by which its issues combine."""

_OF_NO_TEXT = {
    "NS101": "it is about bytes that are no text",
    "NS117": "it is about a file that cannot be read",
    "NS418": "it is found in single worlds, on the way",
}


def invalid_scenarios(code: str) -> st.SearchStrategy[str]:
    """Draw texts of scenario files that are refused with a code among their problems.

    Each is the example of the code's page in surroundings that differ: another title, more issues, comments.
    NS410 and NS411 are found when a scenario is compiled, right after loading.

    Parameters
    ----------
    code : str
        Such as ``NS201``; `negsim.scenario.codes.CODES` has them all.

    Raises
    ------
    UsageError
        If there is no such code, or no text has it (NS101, NS117, NS418).

    Examples
    --------
    >>> from hypothesis import find
    >>> print(find(invalid_scenarios("NS109"), lambda text: True), end="")
    negsim: 1
    parties:
      seller: {no_deal: 017}
    """
    if code not in CODES:
        (near,) = get_close_matches(code.upper(), CODES, n=1, cutoff=0.0)
        raise UsageError(f"there is no code {code!r}; did you mean {near}?")
    if code in _OF_NO_TEXT:
        raise UsageError(f"no text of a scenario has {code}: {_OF_NO_TEXT[code]}")
    if code == "NS102":
        return _NUMBERS.map(lambda n: f"negsim: 1\ntitle: Sale {n}\nabout: [{'0,' * (_MOST_VALUES + n)}]\n")
    found = _FENCE.search(CODES[code].explanation)
    if found is None:
        raise UsageError(f"the page of {code} has no example")
    whole, example = found.groups()
    tree = None if whole else _merged(example + _NAMING_BOTH if code == "NS411" else example)
    if tree is not None and code in codes_of(to_yaml(tree)):
        return _trees(tree).map(to_yaml)
    return _texts(_standing_alone(example, code), may_add=not whole)


def codes_of(text: str) -> set[str]:
    """Find the codes of all problems for which a text is refused, when it is loaded or compiled."""
    try:
        compile_structure(loads(text))
    except ScenarioError as error:
        return {problem.code for problem in error.problems}
    return set()


def _merged(example: str) -> dict[str, Any] | None:
    """Put an example over the scenario that it changes; None if it cannot be read so far, or has a base of its own."""
    if re.search("^base:", example, re.MULTILINE):
        return None
    try:
        document = read_document(f"base: {_BASE_FILE}\n{example}", "this.scenario.yaml")
    except ScenarioError:
        return None
    tree: dict[str, Any] = merge_base(document, lambda file: read_on(EXAMPLE_BASE, file)).tree
    return tree


def _standing_alone(example: str, code: str) -> str:
    if code == "NS221":
        return 'negsim: 1\nbase: "<text>"\n'  # the name that texts go by
    return example if re.search("^negsim:", example, re.MULTILINE) or code == "NS113" else f"negsim: 1\n{example}"


_NUMBERS = st.integers(0, 99)
_COMMENTS = st.lists(st.sampled_from(["# Agreed on.", "# To be checked", "#", ""]), max_size=2)


@st.composite
def _trees(draw: st.DrawFn, tree: dict[str, Any]) -> dict[str, Any]:
    """Vary what a merged example says beside its point."""
    grown = dict(tree)
    base = loads(EXAMPLE_BASE)
    own: dict[str, tuple[str, Callable[[int], str]]] = {
        "id": (base.id, lambda n: f"sale_{n}"),
        "title": (base.title, lambda n: f"Sale {n}"),
    }
    for key, (plain, renamed) in own.items():
        if tree.get(key) == plain and draw(st.booleans()):
            grown[key] = renamed(draw(_NUMBERS))
    if "about" not in tree and draw(st.booleans()):
        grown["about"] = f"Told {draw(_NUMBERS)} times."
    if "sources" not in tree and draw(st.booleans()):
        grown["sources"] = {f"paper_{draw(_NUMBERS)}": {"title": "A paper"}}
    more: dict[str, dict[str, Any]] = {
        "issues": {"title": "Weather", "options": ["fair", "foul"]},
        "parties": {"title": "Onlooker", "role": "mediator"},
    }
    for key, entry in more.items():
        if isinstance(tree.get(key), dict) and draw(st.booleans()):
            grown[key] = {**tree[key], f"more_{draw(_NUMBERS)}": entry}
    return grown


@st.composite
def _texts(draw: st.DrawFn, example: str, *, may_add: bool) -> str:
    """Vary what stands around an example that must stay as it is written."""
    before, after = draw(_COMMENTS), draw(_COMMENTS)
    lines = {"id": "id: sale_{}", "title": "title: Sale {}", "about": "about: Told {} times."}
    added = [
        line.format(draw(_NUMBERS))
        for key, line in lines.items()
        if may_add and not re.search(f"^{key}:", example, re.MULTILINE) and draw(st.booleans())
    ]
    return "".join(f"{line}\n" for line in [*before, *added]) + example + "".join(f"{line}\n" for line in after)
