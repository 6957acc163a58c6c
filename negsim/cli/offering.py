"""Putting an offer together at the prompt: issue by issue, or all on one line."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from negsim.cli.terminal import new_page, say
from negsim.errors import UsageError

if TYPE_CHECKING:
    from negsim.cli.asking import Answers
    from negsim.scenario.types import Issue
    from negsim.teaching.playing.match import Options
    from negsim.teaching.playing.own import Own

__all__ = ["choose_deal", "deal_on_a_line"]

_STOP, _BACK = "stop", "back"


def deal_on_a_line(words: str, own: Own, last: Options) -> Options:
    """Read ``issue=option`` pairs; what is not named is as in the last offer.

    Raises
    ------
    UsageError
        With all that is wrong, and the nearest deal.
    """
    from negsim.scenario.types import IRRELEVANT
    from negsim.teaching.playing.choosing import read_choice
    from negsim.zone.deal_options import read_options

    scenario = own.match.scenario
    issues = {issue.id: issue for issue in scenario.issues}
    pairs = []
    # A comma before a digit belongs to a number.
    for word in re.split(r"(?:[;\s]|,(?![0-9]))+", words.strip(" \t,;")):
        name, equals, option = word.partition("=")
        if equals and name in issues and option != IRRELEVANT:
            with suppress(UsageError):  # it is told below, with everything else
                option = issues[name].options[read_choice(issues[name], option)]
        pairs.append(f"{name}{equals}{option}")
    found = read_options(scenario, pairs, start=dict(last) if last else None)
    return tuple(found.items())


def choose_deal(answers: Answers, own: Own, last: Options) -> Options | None:
    """Ask for the option of each issue that arises; None if the person stops."""
    from negsim.scenario.types import IRRELEVANT
    from negsim.teaching.playing.choosing import arises, order_of_asking

    scenario = own.match.scenario
    say(f"Enter keeps what stands in [ ]; '{_BACK}' goes one issue back, '{_STOP}' gives it up.")
    order, held, place, asked = order_of_asking(scenario), dict[str, int](), 0, list[int]()
    while place < len(order):
        issue = order[place]
        if not arises(scenario, issue, held):
            held[issue.id] = len(issue.options)
            place += 1
            continue
        said = _choose_option(answers, own, issue, held, last, place)
        if said == _STOP:
            return None
        if said == _BACK:
            place = asked.pop() if asked else place
            held = {one.id: held[one.id] for one in order[:place]}
            continue
        held[issue.id] = int(said)
        asked.append(place)
        place += 1
    return tuple(
        (issue.id, issue.options[held[issue.id]] if held[issue.id] < len(issue.options) else IRRELEVANT)
        for issue in scenario.issues
    )


def _choose_option(  # an issue among others, and what was said before
    answers: Answers, own: Own, issue: Issue, held: dict[str, int], last: Options, place: int
) -> str:
    """Ask until there is an option that breaks no rule; give its place, or that the person stops or goes back."""
    from negsim.report.text_play_sheet import issue_heading, options_listed
    from negsim.scenario.words import nearest
    from negsim.teaching.playing.choosing import broken_rules, read_choice

    default = _default(own, issue, last)
    page = new_page()
    page.blank()
    page.paragraph(issue_heading(issue, place + 1, len(own.match.scenario.issues)))
    page.pairs(
        options_listed(issue, own.worth[issue.id], numbered=True, arising=True), indent=2, widest=page.style.width - 20
    )
    say(page.text())
    while True:
        said = answers.ask(f"[{_shown(issue, default)}] ")
        if said in (_STOP, _BACK):
            return said
        try:
            choice = read_choice(issue, said) if said else default
        except UsageError as error:
            meant = nearest(said, (_BACK, _STOP))
            _complain(f"{error}{f'; or did you mean {meant!r}?' if meant else ''}")
            continue
        rules = broken_rules(own.match.scenario, {**held, issue.id: choice})
        if not rules:
            return str(choice)
        for rule in rules:
            _complain(_rule_words(rule.id, rule.require.text, rule.because))


def _rule_words(name: str, text: str, because: str) -> str:
    why = f" ({because.strip().rstrip('.')})" if because else ""
    return f"This breaks the rule {name}, {text}{why}. Choose another option, or go back."


def _complain(said: str) -> None:
    page = new_page()
    page.paragraph(said)
    say(page.text())


def _default(own: Own, issue: Issue, last: Options) -> int:
    """Give what was offered last, or the own best option."""
    option = dict(last).get(issue.id)
    if option in issue.options:
        return issue.options.index(option)
    worth = own.worth[issue.id][: len(issue.options)]
    return worth.index(max(worth))


def _shown(issue: Issue, choice: int) -> str:
    from negsim.scenario.types import IssueKind

    return issue.options[choice] if issue.kind is IssueKind.NUMERIC else str(choice + 1)
