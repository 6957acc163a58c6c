"""Broken scenario files, made from sound ones by a seeded generator; nothing here knows negsim.

The same seed gives the same inputs on every machine, so that a failure is told by its number.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

__all__ = ["SEEDS", "mutate", "mutations"]

SEEDS = (
    """\
negsim: 1
id: truce
title: "A truce 😀 on energy"
about: |
  Two lines
  of text.
issues:
  area: {title: Area, kind: ordered, options: [none, grid, 'all']}
  days: {title: Days, scale: 0..50, step: 2.5, unit: days, when: area != none}
parties:
  north:
    title: North   # a comment
    demands: {area: all, days: {at_least: 30}}
    priorities: {area: 35..45, days: {normal: {mean: 30, sd: 5}}}
    values:
      days: {irrelevant: 0, 0: 0, 50: 100}
    red_lines:
      no_trap:
        require: area == all implies days >= 30
        firmness: 0.6..0.95
    no_deal: {same_as: {area: none}}
agreement:
  quorum: 2
  vetoes:
    - north
    - south
ties:
  linked: {between: [parties.north.no_deal, parties.south.no_deal], rank_correlation: -0.5}
""",
    """\
base: other.scenario.yaml
parties: {north: {no_deal: null, red_lines: {x: {because: >-
  folded text
  }}}}
""",
    '{"negsim": 1, "id": "sale", "issues": {"price": {"scale": "0..9", "step": 1e0}}, "about": "\\u00e9"}\n',
)

_SIGNS = "[ ] { } , : - ? & * ! | > ' \" % @ ` # ~ = << . .. ... --- &a *a !!str !<x> |+ >- |2"
_SCALARS = (
    'no Yes on y null Null true 1:30 017 0x1f 1_000 .nan -.inf 1e999 1e-999 \\ \\u \\ud800 \\U00110000 \\x1b "\\e"'
)
_CHARACTERS = "\ufeff \x00 \x1b \x7f \x85 \u2028 \ud83d \uffff \U0001f600"
_BLANKS = (" ", "  ", "\n", "\r", "\r\n", "\t", "\n\n", "\n  ", ": ", "- ", "? ", " #", "\n---\n", "%YAML 1.1\n---\n")
TOKENS = (*_SIGNS.split(" "), *_SCALARS.split(" "), *_CHARACTERS.split(" "), *_BLANKS)

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")

Mutation = Callable[[random.Random, str], str]


def mutations(seed: int, n_inputs: int, seeds: Sequence[str] = SEEDS) -> Iterator[bytes]:
    """Yield so many broken files, a function of ``seed`` alone."""
    for number in range(n_inputs):
        yield mutate(random.Random(f"{seed}/{number}"), seeds)


def mutate(rng: random.Random, seeds: Sequence[str] = SEEDS) -> bytes:
    """Break one of the seed texts in one to four places, as text and then, sometimes, as bytes."""
    text = rng.choice(seeds)
    for _ in range(rng.randint(1, 4)):
        text = rng.choice(_MUTATIONS)(rng, text)
    data = text.encode("utf-8", "surrogatepass" if rng.random() < 0.5 else "replace")
    return _break_bytes(rng, data) if rng.random() < 0.2 else data


def _cut(rng: random.Random, text: str) -> tuple[int, int]:
    """Choose a short stretch of a text."""
    start = rng.randrange(len(text) + 1)
    return start, min(len(text), start + rng.choice((0, 1, 1, 2, 5, 20, 100)))


def _delete(rng: random.Random, text: str) -> str:
    start, end = _cut(rng, text)
    return text[:start] + text[end:]


def _double(rng: random.Random, text: str) -> str:
    start, end = _cut(rng, text)
    return text[:end] + text[start:]


def _swap_tokens(rng: random.Random, text: str) -> str:
    words = _WORDS.findall(text) or [""]
    first, second = rng.randrange(len(words)), rng.randrange(len(words))
    words[first], words[second] = words[second], words[first]
    return "".join(words)


def _insert_token(rng: random.Random, text: str) -> str:
    start, end = _cut(rng, text)
    return text[:start] + rng.choice(TOKENS) + text[rng.choice((start, end)) :]


def _replace_word(rng: random.Random, text: str) -> str:
    words = _WORDS.findall(text) or [""]
    words[rng.randrange(len(words))] = rng.choice(TOKENS)
    return "".join(words)


def _double_line(rng: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    line = rng.choice(lines)
    lines.insert(rng.randrange(len(lines) + 1), rng.choice(("", " ", "  ")) + line)
    return "".join(lines)


def _nest(rng: random.Random, text: str) -> str:
    start, _ = _cut(rng, text)
    opening, closing = rng.choice(
        (("[", "]"), ("{", "}"), ("- ", ""), ("? ", ""), ("{a: ", "}"), ("[\n", "]"), ("'", "'"))
    )
    depth = rng.choice((1, 5, 15, 16, 17, 100, 2000))
    return text[:start] + opening * depth + rng.choice(("", "x")) + closing * rng.choice((0, depth)) + text[start:]


def _big_number(rng: random.Random, text: str) -> str:
    start, end = _cut(rng, text)
    digits = rng.choice("0123456789") * rng.choice((5, 50, 400, 5000))
    return text[:start] + rng.choice((digits, f"0.{digits}", f"1e{digits}", f"-{digits}", f"1e-{digits}")) + text[end:]


def _soup(rng: random.Random, text: str) -> str:
    return text[: rng.randrange(40)] + "".join(rng.choice(TOKENS) for _ in range(rng.randrange(1, 30)))


def _break_bytes(rng: random.Random, data: bytes) -> bytes:
    """Flip, insert or remove a few bytes, or keep only a part."""
    broken = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(broken) + 1)
        broken[at : at + rng.choice((0, 1, 1, 3))] = bytes(rng.randrange(256) for _ in range(rng.choice((0, 1, 2))))
    return bytes(broken[: rng.randrange(len(broken) + 1)] if rng.random() < 0.2 else broken)


_MUTATIONS: tuple[Mutation, ...] = (
    _delete,
    _double,
    _swap_tokens,
    _insert_token,
    _insert_token,
    _replace_word,
    _replace_word,
    _double_line,
    _nest,
    _big_number,
    _soup,
)
