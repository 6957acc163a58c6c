"""A condition on numbers checked against what has a number: names resolved, types judged, every flaw collected.

Such conditions stand in ``where`` on the cells of a study, and in what a scenario is expected to do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from negsim.scenario.conditions.findings import leaves
from negsim.scenario.conditions.flaws import Flaw, list_known, quote
from negsim.scenario.conditions.syntax import COMPARISONS, Choices, Expression, Infix, Number, Prefix, Word
from negsim.scenario.words import nearest

__all__ = ["CONNECTIVES", "NumbersChecker", "label_text"]

CONNECTIVES = ("and", "or", "implies", "iff")
_PERCENT = "%"


def label_text(text: str, expression: Expression) -> str:
    """Give the word that an expression is when a word of a factor is meant; words may look like numbers."""
    return expression.text if isinstance(expression, Word) else text[expression.start : expression.end]


class NumbersChecker:
    """Collects the flaws of a condition on numbers, and the names that it needs.

    ``names`` has the words of what has words, none for numbers; ``flags`` are names that hold or do not hold by
    themselves. ``whose`` is what has no more names than these, for messages, and ``code`` that of the flaws.
    """

    def __init__(
        self,
        text: str,
        names: Mapping[str, tuple[str, ...]],
        *,
        flags: Collection[str] = (),
        whose: str = "this study",
        code: str = "",
    ) -> None:
        self.text = text
        self.names = names
        self.flags = flags
        self.whose = whose
        self.code = code
        self.flaws: list[Flaw] = []
        self.used: dict[str, None] = {}

    def condition(self, expression: Expression) -> None:
        """Check an expression that must hold or not hold."""
        match expression:
            case Prefix(operator="not"):
                self.condition(expression.item)
            case Infix(operator=operator) if operator in CONNECTIVES:
                self.condition(expression.left)
                self.condition(expression.right)
            case Infix(operator=operator) if operator == "in" or operator in COMPARISONS:
                self._compare(expression)
            case Word():
                self._lone(expression)
            case _:
                self.report(f"{self.source(expression)} is a number, not a condition", expression, "compare it")

    def number(self, expression: Expression) -> None:
        """Check an expression that must be a number."""
        match expression:
            case Number():
                self._unit(expression)
            case Word():
                self._numeric(expression)
            case Prefix(operator="-"):
                self.number(expression.item)
            case Infix(operator="+" | "-" | "*" | "/"):
                self.number(expression.left)
                self.number(expression.right)
                if isinstance(expression.right, Number) and not expression.right.value:
                    self.report("nothing can be divided by zero", expression.right, "divide by another number")
            case _:
                message = f"{self.source(expression)} is a condition, not a number"
                self.report(message, expression, "conditions are joined by and, or, implies, iff")

    def report(self, message: str, at: Expression, help_: str = "") -> None:
        """Add a flaw at an expression."""
        self.flaws.append(Flaw(self.code, message, at.start, at.end - at.start, help_))

    def source(self, expression: Expression) -> str:
        """Quote an expression as it was written."""
        return quote(self.text[expression.start : expression.end])

    def _compare(self, infix: Infix) -> None:
        """Tell a comparison with words of a factor from one of numbers."""
        labels = self.names.get(infix.left.text, ()) if isinstance(infix.left, Word) else ()
        if labels:
            self._compare_words(infix, labels)
            return
        if isinstance(infix.right, Word) and self.names.get(infix.right.text):
            message = f"{infix.right.text} has words, not numbers, and must come first"
            self.report(message, infix, f"write {infix.right.text} == {self.names[infix.right.text][0]}")
            return
        if not any(isinstance(leaf, Word) for leaf in leaves(infix)):
            self.report(f"{self.source(infix)} compares no result and nothing varied", infix)
        self.number(infix.left)
        for item in infix.right.items if isinstance(infix.right, Choices) else (infix.right,):
            self.number(item)

    def _compare_words(self, infix: Infix, labels: tuple[str, ...]) -> None:
        name = label_text(self.text, infix.left)
        self.used[name] = None
        if infix.operator not in ("==", "!=", "in"):
            self.report(f"the words of {name} have no order", infix, f"write {name} == {labels[0]}")
            return
        for item in infix.right.items if isinstance(infix.right, Choices) else (infix.right,):
            word = label_text(self.text, item)
            if word not in labels:
                self.report(f"{name} was never {quote(word)}", item, _suggest(word, labels))

    def _lone(self, word: Word) -> None:
        """Report a name that stands where a condition should, unless it is one."""
        if word.text in self.flags:
            self.used[word.text] = None
            return
        if word.text not in self.names:
            self._unknown(word)
            return
        labels = self.names[word.text]
        kind, example = ("a word", f"== {labels[0]}") if labels else ("a number", "> 0.5")
        self.report(f"{word.text} is {kind}, not a condition", word, f"compare it: {word.text} {example}")

    def _numeric(self, word: Word) -> None:
        if word.text in self.flags:
            self.report(
                f"{word.text} holds or does not hold, and is no number", word, "join it by and, or, not, implies"
            )
        elif word.text not in self.names:
            self._unknown(word)
        elif self.names[word.text]:
            help_ = f"compare it with one of them: {word.text} == {self.names[word.text][0]}"
            self.report(f"{word.text} has words, not numbers", word, help_)
        self.used[word.text] = None

    def _unknown(self, word: Word) -> None:
        owners = [name for name, labels in self.names.items() if word.text in labels]
        help_ = f"write {owners[0]} == {word.text}" if owners else _suggest(word.text, self.names)
        self.report(f"{self.whose} has no result {quote(word.text)} and varies nothing of that name", word, help_)

    def _unit(self, number: Number) -> None:
        if number.unit is not None and number.unit.text != _PERCENT:
            self.report(f"{quote(number.unit.text)} after a number says nothing here", number.unit, "leave it out")


def _suggest(word: str, known: Iterable[str]) -> str:
    """Ask for the nearest name, or one that ends in the word, or list what there is."""
    names = tuple(known)
    near = nearest(word, names) or next((name for name in names if name.endswith(f".{word}")), "")
    return f"did you mean {near}?" if near else list_known(names)
