"""Texts to try the condition language on: good ones, good ones spoilt, tokens at random, and nasty characters.

The same seed gives the same texts. Run as a program it reads so many of them and prints a count::

    python -m tests.fuzz.condition_soup 100000 1
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from negsim.scenario.conditions import Condition, Flaw, IssueNames, parse_condition

WORDS = "and or not implies iff in irrelevant true AND is if then between x _ xor"
SIGNS = "== != < <= > >= + - * / ( ) | = && || ! => -> <-> { } [ ] , . : ; ? # ^ ** // % $ ' \" ` \\"
NUMBERS = "0 1 5 7 10 0.1 2.5 -1 1e3 0..5 1_000 00 5years 0.0 .5 5."
LOOKALIKES = (
    "\N{GREATER-THAN OR EQUAL TO} \N{MINUS SIGN} \N{FULLWIDTH LEFT PARENTHESIS} \N{LEFT SINGLE QUOTATION MARK}x"
)
TOKENS = f"{WORDS} {SIGNS} {NUMBERS} {LOOKALIKES}".split()
NASTY = (
    *("\x00", "\x07", "\x1b", "\u0085", "\u00a0", "\u200b", "\u202e", "\u2028", "\ufeff", "\ud800", "\udfff"),
    *("\u0301", "\u00b2", "\u0663", "\u0435", "\uff1d", "\U0001f600", "\U000e0041", "\U0010ffff", "\u00df", "\u0130"),
)


def condition_texts(n_texts: int, seed: int, issues: Sequence[IssueNames]) -> Iterator[str]:
    """Make texts of all four kinds in turn."""
    random = Random(seed)
    words = vocabulary(issues)
    for number in range(n_texts):
        yield condition_text(random, number % 4, issues, words)


def vocabulary(issues: Sequence[IssueNames]) -> list[str]:
    """List the tokens of the language and all names of some issues."""
    words = [*TOKENS, *(issue.id for issue in issues), *(option for issue in issues for option in issue.options)]
    return words + [issue.unit for issue in issues if issue.unit]


def condition_text(random: Random, kind: int, issues: Sequence[IssueNames], words: Sequence[str]) -> str:
    """Make a text: good (0), good but spoilt (1), of tokens at random (2), or of anything at all (3)."""
    if kind == 0:
        return good(random, issues, depth=random.randrange(4))
    if kind == 1:
        return spoil(random, good(random, issues, depth=random.randrange(4)), words)
    if kind == 2:
        return random.choice((" ", "", "\n")).join(random.choices(words, k=random.randrange(1, 150)))
    return "".join(random.choices((*NASTY, *words, " "), k=random.randrange(1, 60)))


def good(random: Random, issues: Sequence[IssueNames], depth: int) -> str:
    """Make a condition without flaws, unless it grows too long."""
    if depth == 0:
        return comparison(random, random.choice(issues))
    left, right = good(random, issues, depth - 1), good(random, issues, random.randrange(depth))
    return random.choice(
        (f"{left} and {right}", f"{left} or ({right})", f"({left}) implies {right}", f"not ({left}) iff {right}")
    )


def comparison(random: Random, issue: IssueNames) -> str:
    """Compare an issue as its kind allows."""
    options = (*issue.options, "irrelevant") if issue.conditional else issue.options
    if issue.kind == "numeric" and not issue.conditional and random.random() < 0.7:
        sign = random.choice(("<", "<=", ">", ">="))
        left = f"{random.randrange(1, 9)} * {issue.id} - {issue.id} / 0.{random.randrange(1, 99)}"
        return f"{left} {sign} {random.randrange(99)}"
    if issue.kind == "ordered" and not issue.conditional and random.random() < 0.5:
        return f"{issue.id} {random.choice(('<', '<=', '>', '>='))} {random.choice(options)}"
    if random.random() < 0.5:
        return f"{issue.id} {random.choice(('==', '!='))} {random.choice(options)}"
    return f"{issue.id} in {' | '.join(random.choices(options, k=random.randrange(1, 4)))}"


def spoil(random: Random, text: str, words: Sequence[str]) -> str:
    """Change a text in a few places: cut, double, insert or replace."""
    for _ in range(random.randrange(1, 4)):
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.randrange(6))
        middle = random.choice(
            ("", text[start:end] * 2, random.choice(words), random.choice(NASTY), f" {random.choice(words)} ")
        )
        text = text[:start] + middle + text[end:]
    return text


def judge(text: str, issues: Sequence[IssueNames]) -> str:
    """Read a text and say what came of it; anything but a condition or well-formed flaws is an AssertionError."""
    found = parse_condition(text, issues)
    if isinstance(found, Condition):
        assert found.text == text
        return "condition"
    assert isinstance(found, tuple), f"{text!r} gave {found!r}"
    assert found, f"{text!r} gave nothing"
    for flaw in found:
        assert_well_formed(flaw, text)
    assert list(found) == sorted(found, key=lambda flaw: flaw.start)
    return found[0].code


def assert_well_formed(flaw: Flaw, text: str) -> None:
    """A flaw lies within its text and can be printed."""
    assert flaw.code in {f"NS30{digit}" for digit in range(1, 10)}, (text, flaw)
    assert flaw.start >= 0, (text, flaw)
    assert flaw.length >= 1, (text, flaw)
    assert flaw.start + flaw.length <= max(1, len(text)), (text, flaw)
    assert flaw.message.isprintable(), (text, flaw)
    assert flaw.help.isprintable(), (text, flaw)


if __name__ == "__main__":
    from tests.scenario.conditions.sample import NAMES

    n_texts, seed = int(sys.argv[1]), int(sys.argv[2])
    counts = Counter(judge(text, NAMES) for text in condition_texts(n_texts, seed, NAMES))
    sys.stdout.write(f"{dict(sorted(counts.items()))}\n")
