"""Input number so-and-so of a seed: half are conditions, half are files; every one is told by these two numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from negsim.scenario.codes import EXAMPLE_BASE
from negsim.scenario.conditions import IssueNames
from negsim.scenario.reader import read_document
from tests.fuzz.condition_soup import condition_text, vocabulary
from tests.fuzz.greedy import greedy_tree
from tests.fuzz.mutations import SEEDS, mutate
from tests.fuzz.trees import bloat_tree, mutate_tree, to_text
from tests.scenario.conditions.sample import NAMES
from tests.scenario.rich import RATIFIED, RICH

__all__ = ["Input", "make_input", "names_of"]

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SMALL = (
    EXAMPLE_BASE,
    EXAMPLE_BASE
    + """\
sources: {paper: {title: Paper, date: 2026-02-17}}
rules: {no_cash_later: {require: delivery == summer implies payment != cash}}
agreement: {quorum: 1, vetoes: [buyer]}
provenance: {parties.seller.no_deal: {source: paper, words: estimate}}
""",
    "base: other.scenario.yaml\ntitle: A dear boat\nparties: {seller: {no_deal: 50..60, demands: {delivery: null}}}\n",
    *(SEEDS[0], SEEDS[2]),
)
# A scenario of many parts takes ten times as long as a small one, so it comes less often.
SHARES: Mapping[str, int] = {"small": 700, "house-sale": 130, "rich": 130, "energy-truce-2026": 30, "geneva-2026": 10}
ONE_LARGE_IN = 1_000
"""Files of up to 1 MiB take about a second each."""

CROWDED = (
    *(IssueNames(f"issue_{k}", "ordered", tuple(f"option_{k}_{j}" for j in range(25))) for k in range(400)),
    IssueNames("long", "categorical", tuple(f"choice_{k}" for k in range(10_000)), conditional=True),
    IssueNames("scale", "numeric", tuple(map(str, range(90_000))), tuple(map(Fraction, range(90_000))), "euros"),
)
ONE_CROWDED_IN = 200


@dataclass(frozen=True, slots=True)
class Input:
    """What to feed: a file's bytes (``text``, ``tree`` or ``large``), or a condition over ``sample`` or ``crowded``."""

    seed: int
    number: int
    kind: str
    data: bytes


def make_input(seed: int, number: int, *, large: bool | None = None) -> Input:
    """Make an input; ``large`` asks for a large one, or for none, instead of leaving that to chance."""
    random = Random(f"{seed}/{number}")
    if number % 2 == 0:
        crowded = random.randrange(ONE_CROWDED_IN) == 0 if large is None else large
        kind = "crowded" if crowded else "sample"
        text = condition_text(random, number // 2 % 4, names_of(kind), _words(kind))
        return Input(seed, number, kind, text.encode("utf-8", "surrogatepass"))
    if random.randrange(ONE_LARGE_IN) == 0 if large is None else large:
        return Input(seed, number, "large", _large(random))
    return _file(random, seed, number)


def names_of(kind: str) -> tuple[IssueNames, ...]:
    """Give the issues that conditions of a kind may name."""
    return CROWDED if kind == "crowded" else NAMES


@cache
def _words(kind: str) -> list[str]:
    return vocabulary(names_of(kind))


@cache
def _texts(name: str) -> tuple[str, ...]:
    if name in ("small", "rich"):
        return SMALL if name == "small" else (RICH, RATIFIED)
    return ((SCENARIOS / f"{name}.scenario.yaml").read_text(encoding="utf-8"),)


@cache
def _tree(text: str) -> Mapping[str, Any]:
    return read_document(text, "seed").tree


def _seed_text(random: Random) -> str:
    (name,) = random.choices(list(SHARES), list(SHARES.values()))
    return random.choice(_texts(name))


def _file(random: Random, seed: int, number: int) -> Input:
    if random.random() < 0.4:
        text = random.choice(SEEDS) if random.random() < 0.2 else _seed_text(random)
        return Input(seed, number, "text", mutate(random, (text,)))
    text = _seed_text(random)
    tree = mutate_tree(random, dict(_tree(text)), dict(_tree(_seed_text(random))))
    data = to_text(random, tree).encode("utf-8", "surrogatepass")
    if random.random() < 0.1:
        data = mutate(random, (data.decode("utf-8", "replace"),))
    return Input(seed, number, "tree", data)


def _large(random: Random) -> bytes:
    if random.random() < 0.4:
        return json.dumps(greedy_tree(random), indent=random.choice((None, 1))).encode()
    tree = dict(_tree(_seed_text(random)))
    if random.random() < 0.7:
        tree = mutate_tree(random, tree, dict(_tree(_seed_text(random))))
    text = to_text(random, bloat_tree(random, tree))
    if random.random() < 0.2:
        start = random.randrange(len(text))
        block = text[start : start + random.choice((1, 3, 20, 200))]
        room = max(0, (1 << 20) - len(text)) // max(1, len(block.encode("utf-8", "replace")))
        text = text[:start] + block * room + text[start:]
    return text.encode("utf-8", "surrogatepass")
