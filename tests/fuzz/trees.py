"""Scenarios that are sound YAML but wrong, or odd, in what they say: made from the tree of a sound one.

Mutated bytes seldom get past the reader of YAML; these do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from random import Random
from typing import Any

from negsim.scenario.json_schema import json_schema
from negsim.scenario.schema import ScenarioShape
from negsim.scenario.shaping import entries_of
from negsim.scenario.yaml_text import to_yaml
from tests.fuzz.condition_soup import TOKENS

__all__ = ["bloat_tree", "mutate_tree", "to_text"]

Tree = dict[str, Any]
Place = tuple[Any, Any]
"""A value of a tree: what holds it, and its key or index there."""

MAX_BYTES = 1 << 20

ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2, 50, 100, 101, 1_000_000, 10**18, 10**30, 10**400, -(10**18)),
    *(0.5, -0.0, 1e-300, 1e15, 1e16, 1e18, 1e300, 0.1, 2.5, 1e-9),
    *(
        "",
        " ",
        "any",
        "hard",
        "irrelevant",
        "none",
        "null",
        "0",
        "-0",
        "007",
        "2.50",
        "1e3",
        "hard ",
        "é",
        "\U0001f600",
    ),
    *("0..1", "1..0", "0..0", "-5..5", "0..1e3", "1e-3..1e-2", "0..1e300", "0...1", "0..1..2", "..", "0..", "a..b"),
    *(
        "0..100000",
        "0..1000000",
        "0.001..0.002",
        "2026-02-30",
        "2026-02-17",
        "parties",
        "issues.x",
        ".",
        "a.b",
        "a" * 301,
    ),
    *("x\ny", "\n", "two\n\nlines\n", " leading", "trailing ", "x: y", "# x", "- x", "'", '"', "\\", "%x", "@x", "`x"),
    *([], {}, [[]], [{}], {"": 1}, [None], [1, 2], ["a", "a"], {"same": "parties"}, {"same": ""}, {"one_of": []}),
    *({"uniform": {"low": 0, "high": 1}}, {"normal": {"mean": 0, "sd": 0}}, {"normal": {"mean": 50, "sd": 1e-300}}),
    *(
        {"normal": {"mean": 1e15, "sd": 1e15}},
        {"triangular": {"low": 0, "mode": 2, "high": 1}},
        {"beta": {"a": 0, "b": 1}},
    ),
    *({"beta": {"a": 0.01, "b": 1e6, "low": 0, "high": 1e-12}}, {"pert": {"low": 0, "mode": 0, "high": 1e-300}}),
    *({"at_least": 0}, {"at_most": "x"}, {"between": "0..1"}, {"between": "a..b"}, {"one_of": [0, 0]}, {"same_as": {}}),
    *({"same_as": {}, "rest": 5}, {"lottery": {"ends": {"x": {"worth": 5}}}}, {"war": {"win": 9, "lose": 0, "now": 4}}),
    *({"points": 5, "factors": {"x": 0.5}}, {"a": 1, "b": 1}, {"when": "", "credibility": 1}, {"collapse": 0}),
)
ODD_KEYS = (
    "",
    " ",
    "x",
    "X",
    "1",
    "0.5",
    "-1",
    "a.b",
    "a" * 65,
    "null",
    "true",
    "irrelevant",
    "any",
    "not",
    "é",
    "<<",
    "\0",
)


def _keys_of_shapes() -> list[str]:
    """Collect every key that the format knows anywhere."""
    definitions = json_schema()["definitions"]
    below = {key for shape in definitions.values() for key in shape.get("properties", ())}
    return sorted(below | entries_of(ScenarioShape).keys())


KNOWN_KEYS = (*_keys_of_shapes(), "expect")

Mutation = Callable[[Random, Tree, Tree], None]


def mutate_tree(random: Random, tree: Tree, donor: Tree) -> Tree:
    """Change a copy of a tree in one to four places; parts of another scenario's tree may come in."""
    tree = deepcopy(tree)
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        random.choice(_MUTATIONS)(random, tree, donor)
    return tree


def bloat_tree(random: Random, tree: Tree) -> Tree:
    """Repeat an entry of a copy of a tree until it is large; each copy of it gets a name of its own."""
    tree = deepcopy(tree)
    holder, key = _choose(random, tree)
    size = len(json.dumps(holder[key])) + 12
    room = int(MAX_BYTES * random.choice((0.02, 0.1, 0.3, 0.6, 0.95)))
    n_copies = min(max(1, room // size), 120_000)
    if isinstance(holder, dict):
        stem = random.choice((str(key), _misspell(random, str(key)), "k"))
        holder.update({f"{stem}{number}": holder[key] for number in range(n_copies)})
    else:
        item = holder[key]
        holder += [f"{item}{number}" if isinstance(item, str) else item for number in range(n_copies)]
    return tree


def to_text(random: Random, tree: Tree) -> str:
    """Write a tree: as people do, or on one line, or a line for each value."""
    style = random.randrange(8)
    if style == 0:
        return json.dumps(tree, ensure_ascii=random.random() < 0.5)
    return json.dumps(tree, indent=1) if style == 1 else to_yaml(tree)


def _places(value: Any) -> Iterator[Place]:
    keys: Sequence[Any] = (
        list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in keys:
        yield value, key
        yield from _places(value[key])


def _choose(random: Random, tree: Tree) -> Place:
    """Choose a value anywhere; an emptied tree gets one."""
    tree.setdefault("id", "x")
    return random.choice(list(_places(tree)))


def _mapping(random: Random, tree: Tree) -> Tree:
    """Choose a mapping anywhere, often the one at the top."""
    found = [holder[key] for holder, key in _places(tree) if isinstance(holder[key], dict)]
    return random.choice([tree, *found])


def _replace(random: Random, tree: Tree, _: Tree) -> None:
    holder, key = _choose(random, tree)
    holder[key] = deepcopy(random.choice(ODD_VALUES))


def _take_over(random: Random, tree: Tree, donor: Tree) -> None:
    """Put a value of this scenario, or of another, in place of a value."""
    holder, key = _choose(random, tree)
    other, name = _choose(random, random.choice((tree, donor)))
    holder[key] = deepcopy(other[name])


def _take_key(random: Random, tree: Tree, donor: Tree) -> None:
    """Copy a key with its value into some mapping."""
    other, name = _choose(random, random.choice((tree, donor)))
    if isinstance(other, dict):
        value = deepcopy(other[name])
        _mapping(random, tree)[name] = value


def _drop(random: Random, tree: Tree, _: Tree) -> None:
    holder, key = _choose(random, tree)
    del holder[key]


def _rename(random: Random, tree: Tree, _: Tree) -> None:
    """Give a key another name, in its old place."""
    holder, key = _choose(random, tree)
    if isinstance(holder, dict):
        name = random.choice((_misspell(random, key), random.choice(ODD_KEYS), random.choice(KNOWN_KEYS)))
        entries = [(name if old == key else old, value) for old, value in holder.items()]
        holder.clear()
        holder.update(entries)


def _misspell(random: Random, word: str) -> str:
    at = random.randrange(len(word) + 1)
    return word[:at] + random.choice(("", "e", "_", word[at : at + 1] * 2)) + word[at + 1 :]


def _add(random: Random, tree: Tree, _: Tree) -> None:
    _mapping(random, tree)[random.choice((*KNOWN_KEYS, *ODD_KEYS))] = deepcopy(random.choice(ODD_VALUES))


def _double(random: Random, tree: Tree, _: Tree) -> None:
    holder, key = _choose(random, tree)
    if isinstance(holder, list):
        holder.append(deepcopy(holder[key]))
    else:
        holder[f"{key}2"] = deepcopy(holder[key])


def _swap(random: Random, tree: Tree, _: Tree) -> None:
    """Exchange two values, unless one is part of the other."""
    (first, i), (second, j) = _choose(random, tree), _choose(random, tree)
    first[i], second[j] = deepcopy(second[j]), deepcopy(first[i])


def _shuffle(random: Random, tree: Tree, _: Tree) -> None:
    mapping = _mapping(random, tree)
    entries = list(mapping.items())
    random.shuffle(entries)
    mapping.clear()
    mapping.update(entries)


def _tweak(random: Random, tree: Tree, _: Tree) -> None:
    """Change a number a little or a lot, or a word of a text."""
    holder, key = _choose(random, tree)
    value = holder[key]
    if isinstance(value, int | float) and not isinstance(value, bool):
        holder[key] = random.choice((-value, value + 1, value / 3 if abs(value) < 1e300 else 0, value * 10, str(value)))
    elif isinstance(value, str):
        words = value.split(" ")
        at = random.randrange(len(words))
        words[at] = random.choice((*TOKENS, _misspell(random, words[at]), f"{words[at]} {words[at]}"))
        holder[key] = " ".join(words)


def _wrap(random: Random, tree: Tree, _: Tree) -> None:
    holder, key = _choose(random, tree)
    holder[key] = random.choice(([holder[key]], {"x": holder[key]}, {random.choice(KNOWN_KEYS): holder[key]}))


def _point(random: Random, tree: Tree, _: Tree) -> None:
    """Let a value be the same as another, which need not be a quantity, or be the other itself."""
    holder, key = _choose(random, tree)
    path = [str(random.choice(list(tree)))]
    value = tree[path[0]]
    while isinstance(value, dict) and value and random.random() < 0.9:
        path.append(random.choice(list(value)))
        value = value[path[-1]]
    holder[key] = random.choice(({"same": ".".join(path)}, ".".join(path)))


_MUTATIONS: tuple[Mutation, ...] = (
    *(_replace, _replace, _take_over, _take_key, _drop, _rename, _rename, _add),
    *(_double, _swap, _shuffle, _tweak, _tweak, _tweak, _wrap, _point),
)
