"""The tokens of a condition as an untyped tree, by a Pratt parser (Pratt 1973: each operator has a binding power).

Brackets, ``not`` and minus signs may nest 20 deep; every other recursion is bounded by the number of tokens.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from negsim.records import dataclass
from negsim.scenario.conditions.flaws import Flaw, quote, suggest
from negsim.scenario.conditions.names import Names
from negsim.scenario.conditions.tokens import KEYWORDS, Token
from negsim.scenario.words import nearest

__all__ = ["COMPARISONS", "Choices", "Expression", "Infix", "Number", "Prefix", "Word", "parse"]

MAX_DEPTH = 20
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Word:
    """A name: of an issue, an option or a unit."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number, with the unit written after it."""

    value: Fraction
    unit: Word | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Prefix:
    """``not`` or a minus sign before ``item``."""

    operator: str
    item: Expression
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Infix:
    """An operator between two expressions."""

    operator: str
    left: Expression
    right: Expression
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What follows ``in``."""

    items: tuple[Expression, ...]
    start: int
    end: int


Expression = Word | Number | Prefix | Infix | Choices

_POWER = {"iff": 1, "implies": 2, "or": 3, "and": 4, "in": 6, "+": 7, "-": 7, "*": 8, "/": 8} | dict.fromkeys(
    COMPARISONS, 6
)
_NOT, _COMPARISON, _SUM, _MINUS = 5, 6, 7, 9

_WANTED = "an issue, an option, a number or '('"

_OTHER_WORDS = {
    "is": "write ==",
    "equals": "write ==",
    "then": "write implies: A implies B",
    "if": "write A implies B for 'if A then B'",
    "unless": "write or: A unless B is A or B",
    "xor": "write not (A iff B)",
    "between": "write x >= low and x <= high",
}


def parse(text: str, tokens: tuple[Token, ...], names: Names, wanted: str = _WANTED) -> Expression | Flaw:
    """Parse tokens; of the names, only units matter to the tree, and the others to the wording of a flaw.

    ``wanted`` says what an expression may begin with.
    """
    parser = _Parser(text, tokens, names, wanted)
    try:
        expression = parser.expression(0)
        if parser.token.kind != "end":
            raise parser.misplaced()
    except _FlawFound as found:
        return found.flaw
    return expression


class _FlawFound(Exception):
    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


class _Parser:
    """Where the parser stands in the tokens, and how deep."""

    def __init__(self, text: str, tokens: tuple[Token, ...], names: Names, wanted: str) -> None:
        self.text = text
        self.tokens = tokens
        self.names = names
        self.wanted = wanted
        self.position = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def expression(self, power: int) -> Expression:
        """Parse as much as binds at least as tightly as ``power``."""
        first = self.token
        left = self.prefix(power)
        compared: Token | None = None
        while self.token.kind == "operator" and _POWER.get(self.token.text, -1) >= power:
            operator = self.take()
            if compared is not None and _POWER[operator.text] == _COMPARISON:
                raise self.chain(first, compared, operator)
            right = self.right_side(operator)
            compared = operator if _POWER[operator.text] == _COMPARISON else None
            left = Infix(operator.text, left, right, left.start, right.end)
        return left

    def right_side(self, operator: Token) -> Expression:
        if operator.text == "in":
            return self.choices()
        right_associative = operator.text == "implies"
        return self.expression(_POWER[operator.text] + (not right_associative))

    def choices(self) -> Choices:
        items = [self.expression(_SUM)]
        while self.token.text == "|":
            self.take()
            items.append(self.expression(_SUM))
        return Choices(tuple(items), items[0].start, items[-1].end)

    def prefix(self, power: int) -> Expression:
        """Parse what an expression may begin with."""
        token = self.token
        if token.kind == "word":
            self.take()
            return Word(token.text, token.start, token.end)
        if token.kind == "number":
            return self.number()
        if token.text == "(":
            return self.bracket()
        if token.text == "-":
            return self.nested(_MINUS)
        if token.text == "not":
            if power > _NOT:
                raise self.flaw("'not' cannot stand here without brackets", token, "write (not ...)")
            return self.nested(_NOT)
        raise self.bad_start()

    def nested(self, power: int) -> Prefix:
        token = self.deeper()
        item = self.expression(power)
        self.depth -= 1
        return Prefix(token.text, item, token.start, item.end)

    def bracket(self) -> Expression:
        opening = self.deeper()
        inside = self.expression(0)
        if self.token.kind == "end":
            raise self.flaw("this '(' is never closed", opening, "write ) where it ends")
        if self.token.text == "|":
            raise self.flaw("choices stand without brackets", self.token, "write in a | b")
        if self.token.text != ")":
            raise self.misplaced()
        closing = self.take()
        self.depth -= 1
        if isinstance(inside, Word | Number):
            return inside
        return replace(inside, start=opening.start, end=closing.end)

    def number(self) -> Number:
        token = self.take()
        unit = self.unit()
        return Number(Fraction(token.text), unit, token.start, unit.end if unit else token.end)

    def unit(self) -> Word | None:
        """Take the unit after a number: a known one of any number of words, else one unknown word."""
        if self.token.kind != "word":
            return None
        following = self.tokens[self.position : -1]
        for unit in self.names.units.get(self.token.text, ()):
            if tuple(token.text for token in following[: len(unit)]) == unit:
                self.position += len(unit)
                return Word(" ".join(unit), following[0].start, following[len(unit) - 1].end)
        known = list(KEYWORDS)
        if self.names.may_compare(len(self.names.units)):
            known += [" ".join(unit) for alike in self.names.units.values() for unit in alike]
        near = nearest(self.token.text, known)
        if near in KEYWORDS or self.token.text in _OTHER_WORDS or self.token.text in self.names.issues:
            raise self.misplaced()
        word = self.take()
        return Word(word.text, word.start, word.end)

    def take(self) -> Token:
        token = self.token
        self.position += 1
        return token

    def deeper(self) -> Token:
        """Take a token that nests, and count the depth."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            message = f"the condition nests {self.depth} deep; {MAX_DEPTH} is the most"
            raise self.flaw(message, self.token, "write it as several conditions", code="NS306")
        return self.take()

    def flaw(self, message: str, token: Token, help_: str = "", code: str = "NS303") -> _FlawFound:
        return _FlawFound(Flaw(code, message, token.start, token.end - token.start, help_))

    def bad_start(self) -> _FlawFound:
        """Say that something should begin here and does not."""
        if self.token.kind == "end":
            before = self.tokens[self.position - 1]
            return self.flaw(f"the condition ends after {quote(before.text)}", before, f"{self.wanted} must follow")
        return self.flaw(f"{quote(self.token.text)} cannot stand here", self.token, f"{self.wanted} must come first")

    def misplaced(self) -> _FlawFound:
        """Say that what stands after a complete expression does not belong there."""
        token, before = self.token, self.tokens[self.position - 1]
        if token.text == ")":
            return self.flaw("this ')' closes no '('", token, "leave it out")
        if token.text == "|":
            help_ = "write x in a | b, or 'or' between conditions"
            return self.flaw("'|' stands only between the choices after in", token, help_)
        if token.text == "not" and self.tokens[self.position + 1].text == "in":
            return self.flaw("conditions have no 'not in'", token, "write not x in a | b")
        if token.text == "(" and before.kind == "word":
            return self.flaw(f"{quote(before.text)} is no function, and conditions have none", token, "* multiplies")
        for word in (before, token):
            if word.kind == "word" and word.text in _OTHER_WORDS and word.text not in self.names.issues:
                return self.flaw(f"conditions have no {quote(word.text)}", word, _OTHER_WORDS[word.text])
        return self.flaw(f"an operator is missing before {quote(token.text)}", token, self.keyword_like(token))

    def keyword_like(self, token: Token) -> str:
        """Suggest a keyword for a word, unless it is the name of an issue or like none."""
        if token.kind != "word" or token.text in self.names.issues or not nearest(token.text, KEYWORDS):
            return "and, or, implies and iff join conditions"
        return suggest(token.text, KEYWORDS)

    def chain(self, first: Token, compared: Token, operator: Token) -> _FlawFound:
        """Show how to write ``0 < x < 5``."""
        middle = self.text[compared.end : operator.start].strip()
        so_far = self.text[first.start : operator.start].strip()
        start = self.token.start
        self.right_side(operator)
        last = self.text[start : self.tokens[self.position - 1].end]
        full = f"write {so_far} and {middle} {operator.text} {last}"
        help_ = full if len(full) <= 100 and full.isprintable() else "join two comparisons by and"
        return self.flaw(f"{quote(operator.text)} follows another comparison", operator, help_)
