"""Issues, options, demands and conditions in words that need no grammar: names, signs and a few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from markupsafe import Markup, escape

from negsim.report.sheets.language import Language
from negsim.scenario.conditions.tree import (
    IRRELEVANT,
    And,
    Condition,
    Iff,
    Implies,
    Node,
    Not,
    OptionIn,
    Or,
    Polynomial,
    Sign,
)
from negsim.scenario.exact import decimal_text
from negsim.scenario.types import Demand, Issue, IssueKind
from negsim.teaching.forms import column_of
from negsim.teaching.sheets import GeneralInformation

__all__ = ["Wording"]

_EM = Markup("<em>{}</em>")
_TURNED: dict[Sign, Sign] = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_SIGNS = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


class Wording:
    """Names things of a scenario in a language."""

    def __init__(self, issues: Sequence[Issue], language: Language) -> None:
        self._issues = {issue.id: issue for issue in issues}
        self._language = language

    def issue(self, name: str) -> Markup:
        """Name an issue by its title."""
        return self._language.of_path(f"issues.{name}.title", self._issues[name].title)

    def about(self, name: str) -> Markup:
        """Say what else there is to know of an issue."""
        return self._language.of_path(f"issues.{name}.about", self._issues[name].about)

    def choice(self, name: str, choice: str) -> Markup:
        """Name an option by its title, a level with its unit."""
        issue = self._issues[name]
        if choice == IRRELEVANT:
            return self._language.say("does not arise")
        if issue.kind is IssueKind.NUMERIC:
            return self._level(issue, choice)
        title = dict(zip(issue.options, issue.option_titles, strict=True))[choice]
        return self._language.of_path(f"issues.{name}.options.{choice}", title or choice.replace("_", " "))

    def _level(self, issue: Issue, level: str) -> Markup:
        unit = self._language.of_path(f"issues.{issue.id}.unit", issue.unit)
        sign, _, digits = level.rpartition("-")
        written = ("−" if _ == "-" and not sign else "") + digits
        return Markup("{} {}").format(written, unit) if unit else escape(written)

    def unit(self, name: str) -> Markup:
        """Name the unit of a numeric issue, if there is one."""
        return self._language.of_path(f"issues.{name}.unit", self._issues[name].unit)

    def step(self, name: str) -> Markup:
        """Say how far the levels of a numeric issue are apart."""
        issue = self._issues[name]
        return self._level(issue, decimal_text(issue.levels[1] - issue.levels[0]))

    def terms(self, options: Iterable[tuple[str, str]]) -> Markup:
        """Name the options of a deal; what does not arise is left out."""
        said = [
            Markup("{}: {}").format(_EM.format(self.issue(issue)), self.choice(issue, option))
            for issue, option in options
            if option != IRRELEVANT
        ]
        return Markup("; ").join(said)

    def ids(self, issues: Iterable[Issue]) -> Markup:
        """List the names of the columns of issues in a table of forms."""
        return Markup(", ").join(Markup("<code>{}</code>").format(column_of(issue.id)) for issue in issues)

    def parties(self, general: GeneralInformation, ids: Iterable[str]) -> Markup:
        """Name parties by their titles."""
        titles = {party.id: self._language.text(party.title) for party in general.parties}
        return Markup(", ").join(titles[name] for name in ids)

    def note(self, note: str) -> Markup:
        """Give one of the `NOTES` of a game; what the catalogue does not know is marked as English."""
        said = self._language.say(note)
        known = self._language.code == "en" or said != escape(note)
        return said if known else Markup('<span lang="en">{}</span>').format(note)

    def demand(self, demand: Demand) -> Markup:
        """Say what a demand asks for: the options that meet it."""
        said = [self.choice(demand.issue, one) for one in demand.stated]
        match demand.form:
            case "any":
                return self._language.say("any")
            case "at_least":
                return Markup("≥ {}").format(said[0])
            case "at_most":
                return Markup("≤ {}").format(said[0])
            case "between":
                return Markup("{} – {}").format(*said)
            case _:
                return self._either(said)

    def _either(self, items: Iterable[Markup]) -> Markup:
        return Markup(" {} ").format(self._language.say("or")).join(items)

    def condition(self, condition: Condition) -> Markup:
        """Put a condition into words."""
        return self._node(condition.root, outer=True)

    def _node(self, node: Node, *, outer: bool = False) -> Markup:
        match node:
            case OptionIn():
                return self._options(node)
            case Polynomial():
                return self._polynomial(node)
            case Not():
                return self._language.say("not (%(what)s)", what=self._node(node.item, outer=True))
        left, right = self._node(node.left), self._node(node.right)
        said = self._joined(node, left, right)
        return said if outer else Markup("({})").format(said)

    def _joined(self, node: And | Or | Implies | Iff, left: Markup, right: Markup) -> Markup:
        match node:
            case And():
                return self._language.say("%(left)s and %(right)s", left=left, right=right)
            case Or():
                return self._language.say("%(left)s or %(right)s", left=left, right=right)
            case Implies():
                return self._language.say("if %(left)s, then %(right)s", left=left, right=right)
        return self._language.say("%(left)s exactly if %(right)s", left=left, right=right)

    def _options(self, node: OptionIn) -> Markup:
        issue, held = self._issues[node.issue], set(node.choices)
        name = _EM.format(self.issue(issue.id))
        missing = [k for k in range(issue.n_choices) if k not in held]
        if not held or not missing:
            return self._language.say("always") if held else self._language.say("never")
        if len(missing) == 1 and len(held) > 1:
            return Markup("{} ≠ {}").format(name, self.choice(issue.id, issue.choices[missing[0]]))
        if issue.kind is IssueKind.NUMERIC and (span := self._span(issue, sorted(held))):
            return Markup("{} {}").format(name, span)
        return Markup("{} = {}").format(
            name, self._either(self.choice(issue.id, issue.choices[k]) for k in sorted(held))
        )

    def _span(self, issue: Issue, held: list[int]) -> Markup | None:
        """Say that levels without a gap are held; None where there is one."""
        low, high, last = held[0], held[-1], len(issue.options) - 1
        if high > last or high - low + 1 != len(held) or low == high:
            return None
        if low == 0 and issue.when is None:
            return Markup("≤ {}").format(self.choice(issue.id, issue.options[high]))
        if high == last:
            return Markup("≥ {}").format(self.choice(issue.id, issue.options[low]))
        ends = (self.choice(issue.id, issue.options[low]), self.choice(issue.id, issue.options[high]))
        return Markup("= {} – {}").format(*ends)

    def _polynomial(self, node: Polynomial) -> Markup:
        """Write one scale compared with a number as a reader does; several as the sum that they are."""
        factor = {term.issues: term.coefficient for term in node.terms}
        named = [issues for issues in factor if issues]
        if len(named) == 1 and len(named[0]) == 1:
            issue, slope = named[0][0], factor[named[0]]
            sign = node.sign if slope > 0 else _TURNED[node.sign]
            level = -factor.get((), Fraction(0)) / slope
            said = self._level(self._issues[issue], _fraction(level))
            return Markup("{} {} {}").format(_EM.format(self.issue(issue)), _SIGNS[sign], said)
        parts = []
        for k, term in enumerate(node.terms):
            before = "−" if term.coefficient < 0 else "+" if k else ""
            size = abs(term.coefficient)
            names = [_EM.format(self.issue(issue)) for issue in term.issues]
            number = [] if size == 1 and names else [escape(_fraction(size))]
            parts.append(Markup("{} {}").format(before, Markup(" × ").join([*number, *names])))
        return Markup("{} {} 0").format(Markup(" ").join(parts), _SIGNS[node.sign])


def _fraction(number: Fraction) -> str:
    denominator = number.denominator
    while denominator % 2 == 0:
        denominator //= 2
    while denominator % 5 == 0:
        denominator //= 5
    return decimal_text(number) if denominator == 1 else f"{number.numerator}/{number.denominator}"
