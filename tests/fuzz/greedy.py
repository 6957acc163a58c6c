"""Large files made to take long: many of whatever might be compared with many others, or listed at length."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from tests.fuzz.condition_soup import TOKENS

__all__ = ["SHAPES", "greedy_tree"]

Tree = dict[str, Any]
MAX_BYTES = 1 << 20
MAX_NODES = 30_000

_SCALE = {"title": "Price", "scale": "0..99999", "step": 1, "unit": "euros"}
_CHOICE = {"title": "Choice", "kind": "ordered", "options": ["low", "middle", "high"]}


def greedy_tree(random: Random, shape: str | None = None) -> Tree:
    """Make a large scenario of one of the shapes, near the limits of the format or past them."""
    tree: Tree = {"negsim": 1, "id": "greedy", "title": "Greedy", "issues": {"a": _SCALE, "b": _CHOICE}}
    tree["parties"] = {"p": {"title": "P", "demands": {"b": "low"}, "no_deal": 30}}
    n = int(random.choice((0.1, 0.5, 0.9, 0.99, 1.1)) * MAX_NODES)
    SHAPES[shape or random.choice(list(SHAPES))](random, tree, n)
    return tree


def _conditions(random: Random, tree: Tree, n: int) -> None:
    """Rules that single out nearly all levels, over and over."""
    per_rule = random.choice((1, 10, 30))
    texts = (" or ".join(f"a != {random.randrange(99_999)}" for _ in range(per_rule)) for _ in range(n // 4))
    tree["rules"] = _within_size({f"r{k}": {"require": text} for k, text in enumerate(texts)})


def _products(random: Random, tree: Tree, n: int) -> None:
    """Products of sums, which multiply out to many terms."""
    tree["issues"] = {f"x{k}": {"title": "X", "scale": "0..2", "step": 1} for k in range(20)} | {"b": _CHOICE}

    def text() -> str:
        length = random.choice((3, 6, 10, 14))
        factors = ("(" + "+".join(f"x{random.randrange(20)}" for _ in range(length)) + ")" for _ in range(4))
        return "*".join(factors) + f">{random.randrange(99)}"

    tree["rules"] = _within_size({f"r{k}": {"require": text()} for k in range(n // 4)})


def _strangers(random: Random, tree: Tree, n: int) -> None:
    """Conditions full of names and units that are not there, beside thousands that are."""
    stem = random.choice(("issue_", "a_rather_long_name_of_an_issue_that_is_one_of_many_", "option"))
    bad = random.choice(("", "", "_X"))
    n_issues = n // 14
    tree["issues"] = {"b": _CHOICE}
    for k in range(n_issues):
        issue = {"title": "X", "scale": "0..2", "step": 1, "unit": f"unit{k} of it"} if k % 2 else _CHOICE
        tree["issues"][f"{stem}{k}{bad if k == 0 else ''}"] = issue

    def text() -> str:
        words = (f"{stem}{random.randrange(9 * n_issues)}", f"{stem[1:]}{k}", "hihg", f"5 unid{k}", f"{stem}0{bad}")
        signs = ("==", " in ", "<", "+", " and ", " or ", *TOKENS)
        return " ".join(random.choice(words) + random.choice(signs) for _ in range(random.choice((2, 8, 30)))) + "low"

    tree["rules"] = _within_size({f"r{k}": {"require": text()} for k in range(n // 12)})


def _demands(random: Random, tree: Tree, n: int) -> None:
    """Parties that would each be content with thousands of levels."""
    for k in range(n // 13):
        low = random.randrange(99_999)
        wish = random.choice(({"at_least": low}, {"at_most": low}, {"between": f"{low}..99999"}, "any", low, 0.5))
        tree["parties"][f"p{k}"] = {"title": "P", "demands": {"a": wish}, "no_deal": 30}


def _options(random: Random, tree: Tree, n: int) -> None:
    """An issue with as many options as are allowed, all of them demanded, valued and named in conditions."""
    count = min(n // 3, random.choice((9_999, 10_000, 10_001)))
    tree["issues"]["c"] = {"title": "C", "kind": "ordered", "options": [f"option_{k}" for k in range(count)]}
    wishes = [f"option_{k}" for k in range(count)]
    if random.random() < 0.5:
        wishes.append(random.choice(wishes))
    party = tree["parties"]["p"]
    party["demands"]["c"] = random.choice(({"one_of": wishes}, {"at_least": wishes[1]}, "optoin_1"))
    party["values"] = {"c": {wish: random.randrange(101) for wish in wishes[: n // 8]}}
    rules = (
        f"c != option_{random.randrange(count + 9)} and c < option_{random.randrange(count)}" for _ in range(n // 24)
    )
    tree["rules"] = _within_size({f"r{k}": {"require": text} for k, text in enumerate(rules)})


def _sames(random: Random, tree: Tree, n: int) -> None:
    """Quantities that are the same as one another: chains, circles and dead ends."""
    count = n // 13
    step = random.choice((1, 1, 7, -1))
    for k in range(count):
        other = f"parties.p{(k + step) % count}.no_deal" if random.random() < 0.999 else f"parties.x{k}.no_deal"
        value = {"same": other} if random.random() < 0.999 else "20..40"
        tree["parties"][f"p{k}"] = {"title": "P", "demands": {"b": "low"}, "no_deal": value}


def _ties(random: Random, tree: Tree, n: int) -> None:
    """Ties between many quantities, in groups of all sizes."""
    count = n // 24
    for k in range(count):
        tree["parties"][f"p{k}"] = {"title": "P", "demands": {"b": "low"}, "no_deal": "20..40"}
    reach = random.choice((2, 30, 60, count))
    ends = ((k, k - k % reach + random.randrange(reach)) for k in range(count))
    tree["ties"] = {
        f"t{i}": {"between": [f"parties.p{i}.no_deal", f"parties.p{j}.no_deal"], "rank_correlation": 0.1}
        for i, j in ends
    }


def _circles(random: Random, tree: Tree, n: int) -> None:
    """Issues that arise depending on one another."""
    count = n // 14
    for k in range(count):
        other = (k + random.choice((1, 1, 2, -1))) % count if random.random() < 0.99 else random.randrange(count)
        tree["issues"][f"i{k}"] = _CHOICE | {"when": f"i{other} == low"}
    if random.random() < 0.5:
        del tree["issues"]["i0"]["when"]


def _provenance(random: Random, tree: Tree, n: int) -> None:
    """Sources and prefixes by the thousand, some misspelt."""
    tree["sources"] = {f"s{k}": {"title": "S"} for k in range(n // 12)}
    tree["provenance"] = {
        f"sources.s{k}" if k % 2 else f"parties.p{'x' * (k % 50)}": {"source": f"s{k + random.randrange(9)}"}
        for k in range(n // 6)
    }


def _weights(random: Random, tree: Tree, n: int) -> None:
    """Parties and issues by the thousand, every party with something to say of a few."""
    n_issues = int(n / 16 * random.choice((0.2, 0.5, 0.8)))
    for k in range(n_issues):
        tree["issues"][f"i{k}"] = _CHOICE
    for k in range((n - 16 * n_issues) // 20):
        issue = f"i{random.randrange(n_issues + 1)}"
        party = {"title": "P", "demands": {issue: "low"}, "priorities": {issue: "1..2"}, "values": {issue: {"low": 7}}}
        tree["parties"][f"p{k}"] = party | {"no_deal": {"same_as": {issue: "high"}}}


def _levels(random: Random, tree: Tree, n: int) -> None:
    """Values for thousands of levels of a long scale."""
    values = {str(random.randrange(110_000)): random.choice((1, "2..3", "x")) for _ in range(n // 4)}
    tree["parties"]["p"]["values"] = {"a": values}
    tree["parties"]["p"]["demands"]["a"] = {"one_of": [random.randrange(100_000) for _ in range(n // 4)]}


SHAPES: dict[str, Callable[[Random, Tree, int], None]] = {
    "conditions": _conditions,
    "products": _products,
    "strangers": _strangers,
    "demands": _demands,
    "options": _options,
    "sames": _sames,
    "ties": _ties,
    "circles": _circles,
    "provenance": _provenance,
    "weights": _weights,
    "levels": _levels,
}


def _within_size(rules: Tree) -> Tree:
    """Keep as many rules as fit into a file."""
    kept, size = {}, 0
    for name, rule in rules.items():
        size += len(rule["require"]) + 40
        if size > MAX_BYTES * 0.9:
            break
        kept[name] = rule
    return kept
