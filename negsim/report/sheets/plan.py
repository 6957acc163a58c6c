"""What to ask a class afterwards, as far as the game itself says it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from negsim.report.sheets.language import Language
from negsim.report.sheets.wording import Wording
from negsim.teaching.sheets import InstructorsPack, RoleSheet

__all__ = ["debrief_questions"]


def debrief_questions(pack: InstructorsPack, language: Language, words: Wording) -> list[Markup]:
    """List questions for the debrief of a game, in the order in which to ask them."""
    return [*_about_the_zone(pack, language), *_about_issues(pack, language, words), *_about_lines(pack, language)]


def _about_the_zone(pack: InstructorsPack, language: Language) -> Iterator[Markup]:
    if pack.analysis.has_zone is False and pack.analysis.by_quorum:
        yield language.say(
            "Not enough parties could agree here without giving up a red line or taking less than no deal. Who noticed,"
            " and when? What would have had to change?"
        )
    elif pack.analysis.has_zone is False:
        yield language.say(
            "Nobody could agree here without giving up a red line or taking less than no deal. Who noticed, and when?"
            " What would have had to change?"
        )
    elif len(pack.general.issues) == 1:
        yield language.say("Who made the first offer, and how far from it did you end? What did you know of the other?")
    else:
        yield language.say(
            "Show the deals of all groups beside the frontier. Which groups left points on the table that would have"
            " cost nobody anything?"
        )
    yield language.say("Who signed less than the walk-away value was worth, and why? Who walked away from more?")


def _about_issues(pack: InstructorsPack, language: Language, words: Wording) -> Iterator[Markup]:
    titles = {role.id: language.text(role.title) for role in pack.roles}
    for issue in pack.shared:
        yield language.say(
            "On “%(issue)s” all who sign wanted the same. Did you find out, or give something for it?",
            issue=words.issue(issue),
        )
    for issue, most, least in pack.traded:
        yield language.say(
            "“%(issue)s” weighs most for %(most)s and least for %(least)s. What was it traded for?",
            issue=words.issue(issue),
            most=titles[most],
            least=titles[least],
        )


def _about_lines(pack: InstructorsPack, language: Language) -> Iterator[Markup]:
    if any(not line.real for role in pack.roles for line in role.lines):
        yield language.say("Which red lines were only said? Who believed them, and what did that cost?")
    if any(line.real for role in pack.roles for line in role.lines):
        yield language.say("Which red lines were real, and how could the others have told?")
    if any(map(_may_say, pack.roles)):
        yield language.say("Who told the other side something true about its interests, and did it pay?")
    yield language.say(
        "If you had five more minutes, with all sheets on the table: which deal would all of you prefer?"
    )


def _may_say(role: RoleSheet) -> bool:
    return bool(role.may_say)
