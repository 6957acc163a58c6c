"""The sheets as pages of HTML, one file each; no page is given more than its reader may know."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from negsim.report.sheets.language import Language
from negsim.report.sheets.plan import debrief_questions
from negsim.report.sheets.wording import Wording
from negsim.report.words import evenly
from negsim.scenario.types import Issue
from negsim.teaching.sheets import InstructorsPack, RoleSheet

__all__ = ["INSTRUCTOR", "sheet_pages"]

INSTRUCTOR = "instructor"
"""The folder of what no student may see."""

_INSTRUCTORS = ("pack.html", "key.html", "told.html")
"""What the pack consists of: the game and its debrief, the points of all roles, and what each is told."""

_MOST_FRONTIER_ROWS = 8


def sheet_pages(pack: InstructorsPack, language: Language, *, version: str) -> dict[str, str]:
    """Write the pages of a game.

    Parameters
    ----------
    pack : InstructorsPack
        Taken apart here: each page is given its own part. Neither the seed nor anything that is made of the figures of
        all roles, such as a hash, is on a page for students.
    language : Language
    version : str

    Returns
    -------
    dict of str to str
        The text of each page by the name of its file, with a slash where it is in a folder.
    """
    writer = _Writer(Wording(pack.general.issues, language), language, name=pack.general.id, version=version)
    general = {"general": pack.general}
    pages = {"general.html": writer.page("general.html", general)}
    for role in pack.roles:
        pages[f"role-{role.id}.html"] = writer.page("role.html", {"sheet": role, "scenario": pack.general.title})
    pages["agreement.html"] = writer.page("agreement.html", general)
    everything = _for_instructors(pack, writer)
    pages |= {f"{INSTRUCTOR}/{name}": writer.page(name, everything) for name in _INSTRUCTORS}
    return pages


def _for_instructors(pack: InstructorsPack, writer: _Writer) -> dict[str, Any]:
    analysis = pack.analysis
    return {
        "pack": pack,
        "general": pack.general,
        "roles": [role for role in pack.roles if role.counts],
        "rows": _matrix([role for role in pack.roles if role.counts], pack.general.issues),
        "n_inside": analysis.n_points,
        "frontier": [analysis.frontier[k] for k in evenly(range(len(analysis.frontier)), _MOST_FRONTIER_ROWS)],
        "titles": {one.id: writer.language.text(one.title) for one in (*pack.roles, *pack.ratifiers)},
        "questions": debrief_questions(pack, writer.language, writer.wording),
    }


def _matrix(roles: list[RoleSheet], issues: tuple[Issue, ...]) -> list[dict[str, Any]]:
    """Lay the tables of all roles side by side: for each issue its weights, and for each choice the points of each."""
    weighed = {one.issue.id for role in roles for one in role.issues}
    rows = []
    for name in (issue.id for issue in issues if issue.id in weighed):
        held = [next((one for one in role.issues if one.issue.id == name), None) for role in roles]
        choices = dict.fromkeys(level.choice for one in held if one for level in one.levels)
        points = [{level.choice: level.points for level in one.levels} if one else {} for one in held]
        rows.append(
            {"issue": name, "weights": [one and one.weight for one in held], "choices": choices, "points": points}
        )
    return rows


class _Writer:
    """Fills templates, with words of one language."""

    def __init__(self, wording: Wording, language: Language, *, name: str, version: str) -> None:
        self.wording, self.language = wording, language
        self._known = {
            "say": language.say,
            "count": language.count,
            "text": language.text,
            "number": language.number,
            "signed": language.signed,
            "paragraphs": language.paragraphs,
            "words": wording,
            "lang": language.code,
            "name": name,
            "version": version,
            "style": Markup(_template("sheets.css")),
        }

    def page(self, template: str, parts: dict[str, Any]) -> str:
        return _environment().get_template(template).render({**self._known, **parts})


@cache
def _environment() -> Environment:
    """Keep templates once they are compiled; they hold no content."""
    return Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> str:
    return files("negsim.report.sheets").joinpath("templates", name).read_text(encoding="utf-8")
