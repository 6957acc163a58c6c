"""From options as a user gives them to one outcome; or all that is wrong with them, and the nearest outcome."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.conditions import truth
from negsim.model.structure import Structure, compile_structure
from negsim.records import dataclass
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.types import IRRELEVANT, Issue, IssueKind, Scenario
from negsim.scenario.words import did_you_mean, listed, nearest

__all__ = ["choices_of_options", "read_options"]

_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{0,30})?")
_WIDTH = 80

Pairs = Sequence[tuple[str, str]]


def read_options(
    scenario: Scenario, arguments: Sequence[str], *, start: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Read a deal from arguments.

    Parameters
    ----------
    scenario : Scenario
    arguments : sequence of str
        ``issue=option``, each issue once; those that do not arise left out, or ``irrelevant``.
    start : mapping, optional
        An outcome from which to take the issues that are not named. One that arises only now must be named.

    Returns
    -------
    dict of issue id to option id
        Every issue, in declared order.

    Raises
    ------
    UsageError, ScenarioError
        With everything that is wrong with the arguments and the nearest outcome; if the scenario has none, or too many.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..9, step: 1}, time: {title: Time, options: [now, later]}}
    ... parties: {buyer: {title: Buyer, demands: {price: 0}, no_deal: 50}}
    ... ''')
    >>> read_options(sale, ["price=4"], start={"price": "3", "time": "later"})
    {'price': '4', 'time': 'later'}
    """
    structure = compile_structure(scenario)
    split = [(argument, *argument.partition("=")) for argument in arguments]
    pairs = [(name.strip(), option.strip()) for _, name, equals, option in split if equals and option.strip()]
    shapeless = [argument for argument, _, equals, option in split if not equals or not option.strip()]
    problems = [f"an argument must be issue=option, not {argument!r}" for argument in shapeless]
    choices = choices_of_options(scenario, structure, pairs, start=start, problems=problems)
    named = zip(scenario.issues, choices.tolist(), strict=True)
    return {issue.id: issue.choices[choice] for issue, choice in named}


def choices_of_options(
    scenario: Scenario,
    structure: Structure,
    given: Pairs,
    *,
    start: Mapping[str, str] | None = None,
    problems: Sequence[str] = (),
) -> NDArray[np.intp]:
    """Find the outcome that options mean: intp array (issue,), the choice of each issue.

    ``problems`` were found before; with them, or if there are more, a UsageError tells all.
    """
    wish = _Wish(scenario, list(problems))
    _read(wish, given)
    for issue in scenario.issues:
        if start is not None and issue.id not in wish.named:
            wish.wanted[issue.id] = issue.choices.index(start[issue.id])
    held = _settle(wish)
    _check_rules(wish, held)
    if wish.problems:
        raise UsageError(_complaint(wish, structure))
    return np.array([held[issue.id] for issue in scenario.issues], np.intp)


@dataclass(slots=True)
class _Wish:
    """What was asked for, and what is wrong with it.

    ``named`` are the issues that were named, well or badly; ``wanted`` the choice of each issue as far as it is
    known, and of those ``guessed`` what was probably meant by a slip.
    """

    scenario: Scenario
    problems: list[str]
    named: set[str] = field(default_factory=set)
    wanted: dict[str, int] = field(default_factory=dict)
    guessed: set[str] = field(default_factory=set)


def _read(wish: _Wish, given: Pairs) -> None:
    """Read the options given, issue by issue."""
    issues = {issue.id: issue for issue in wish.scenario.issues}
    options: dict[str, list[str]] = {}
    for name, option in given:
        options.setdefault(name, []).append(option)
    for name, said in options.items():
        if name in issues:
            _read_one(wish, issues[name], said)
            continue
        wish.problems.append(f"there is no issue {name!r}; {did_you_mean(name, issues)}")
        meant = nearest(name, issues)
        if meant and meant not in options:
            wish.named.add(meant)
            wish.guessed.add(meant)
            choice, _ = _read_option(issues[meant], said[-1])
            if choice is not None:
                wish.wanted[meant] = choice


def _read_one(wish: _Wish, issue: Issue, said: Sequence[str]) -> None:
    """Read what was given for one issue."""
    wish.named.add(issue.id)
    if len(said) > 1:
        wish.problems.append(f"{issue.id} is given {len(said)} times: {listed(said, last='and')}")
    choice, problem = _read_option(issue, said[-1])
    if choice is not None:
        wish.wanted[issue.id] = choice
    if problem:
        wish.problems.append(problem)
        wish.guessed.add(issue.id)


def _read_option(issue: Issue, option: str) -> tuple[int | None, str]:
    """Find the choice that an option means, or what may have been meant and what is wrong."""
    names = issue.choices
    if option in names:
        return names.index(option), ""
    if issue.kind is IssueKind.NUMERIC:
        return _read_level(issue, option)
    found = nearest(option, names)
    hint = f"did you mean {found!r}? " if found else ""
    problem = f"{issue.id} has no option {option!r}; {hint}It has {listed(issue.options, last='and')}"
    return (names.index(found) if found else None), problem if hint else problem.replace("; It", "; it")


def _read_level(issue: Issue, option: str) -> tuple[int | None, str]:
    """Find the level that a number means, or the nearest one."""
    number = option.removesuffix(issue.unit).strip()
    if not _NUMBER.fullmatch(number):
        return None, f"{issue.id} has no level {option!r}; it has {_options(issue, 'and')}"
    level = Fraction(number)
    place = min(range(len(issue.levels)), key=lambda k: abs(issue.levels[k] - level))
    if issue.levels[place] != level:
        return (
            place,
            f"{issue.id} has no level {option}; it has {_options(issue, 'and')}; nearest is {issue.options[place]}",
        )
    return place, "" if number == option else f"{issue.id}={option}: give the number alone, {issue.options[place]}"


def _options(issue: Issue, last: str = "or") -> str:
    """List what an issue may be settled to, levels in short."""
    if issue.kind is IssueKind.NUMERIC and len(issue.options) > 8:
        return f"{issue.options[0]} to {issue.options[-1]}, {len(issue.options):,} levels"
    return listed(issue.options, last)


def _settle(wish: _Wish) -> dict[str, int]:
    """Settle which issues arise, and so the choice of each as far as it can be told; report what does not fit."""
    held: dict[str, int] = {}
    open_issues = list(wish.scenario.issues)
    while settled := [issue for issue in open_issues if _can_tell(issue, held)]:
        for issue in settled:
            open_issues.remove(issue)
            choice = _settle_one(wish, issue, held)
            if choice is not None:
                held[issue.id] = choice
    return held


def _can_tell(issue: Issue, held: Mapping[str, int]) -> bool:
    """Tell whether it is known if an issue arises."""
    return issue.when is None or all(name in held for name in issue.when.issues)


def _settle_one(wish: _Wish, issue: Issue, held: Mapping[str, int]) -> int | None:
    """Give the choice of an issue whose condition is settled, or None with a complaint if there is none."""
    wanted, last = wish.wanted.get(issue.id), len(issue.options)
    if issue.when is not None and not _holds(issue.when, wish.scenario, held):
        if issue.id in wish.named and wanted is not None and wanted != last:
            where = f"arises only where {issue.when.text}; leave it out"
            wish.problems.append(f"{issue.id} does not arise here, so it cannot be {issue.options[wanted]}: it {where}")
        return last
    if wanted == last and issue.when is not None:
        wanted = None
        if issue.id in wish.named:
            wish.problems.append(f"{issue.id} cannot be irrelevant: it arises, as {issue.when.text}; {_choose(issue)}")
            return None
    if wanted is None and issue.id not in wish.named:
        why = "" if issue.when is None else f", which arises, as {issue.when.text}"
        wish.problems.append(f"{issue.id} is missing{why}; {_choose(issue)}")
    return wanted


def _choose(issue: Issue) -> str:
    return f"choose {_options(issue)}"


def _holds(condition: Condition, scenario: Scenario, held: Mapping[str, int]) -> bool:
    return bool(truth(condition, scenario.issues)[tuple(held[name] for name in condition.issues)])


def _check_rules(wish: _Wish, held: Mapping[str, int]) -> None:
    """Report the rules that are violated, as far as the issues they name are settled and not guessed."""
    known = held.keys() - wish.guessed
    for rule in wish.scenario.rules:
        if known.issuperset(rule.require.issues) and not _holds(rule.require, wish.scenario, held):
            because = f" ({rule.because.strip().rstrip('.')})" if rule.because else ""
            wish.problems.append(f"this breaks the rule {rule.id}, {rule.require.text}{because}")


def _complaint(wish: _Wish, structure: Structure) -> str:
    """Say what is wrong, and which arguments would be right."""
    problems = [_wrapped(problem, "- ") for problem in wish.problems]
    mended = _wrapped(" ".join(_nearest(wish, structure)), "  ")
    return "\n".join(["this is no possible deal:", *problems, "The nearest possible deal:", mended])


def _wrapped(text: str, mark: str) -> str:
    """Wrap a text behind a mark; arguments stay whole, so that they can be copied."""
    return textwrap.fill(
        text, _WIDTH, initial_indent=mark, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )


def _nearest(wish: _Wish, structure: Structure) -> list[str]:
    """Give the arguments of the outcome with the fewest changes.

    Of equals, one that keeps more of what was named; then one in which fewer issues arise or fall away otherwise than
    asked; then the first in declared order.
    """
    issues = structure.issues
    changed = np.zeros(structure.n_cells, np.int64)
    for column, place in enumerate(structure.cell_issues):
        issue, there = issues[place], structure.choice[:, column]
        if (wanted := wish.wanted.get(issue.id)) is None:
            continue
        both_arise = (there < len(issue.options)) & (wanted < len(issue.options))
        differs = there != wanted
        changed += differs * np.where(both_arise, _CHANGE + (issue.id in wish.named) * _NAMED, 1)
    cell = int(np.argmin(changed))
    chosen = dict(zip(structure.cell_issues, structure.choice[cell].tolist(), strict=True))
    chosen |= {place: wish.wanted.get(issues[place].id, 0) for place in structure.free_issues}
    arguments = [(issues[k], issues[k].choices[chosen[k]]) for k in range(len(issues))]
    return [f"{issue.id}={option}" for issue, option in arguments if option != IRRELEVANT]


_CHANGE, _NAMED = 2**14, 2**7
"""Weights that put changes before changes of what was named before issues that arise: there are at most 60 issues."""
