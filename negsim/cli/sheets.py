"""`negsim sheets`: a scenario as something to hand out in a class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negsim.cli.terminal import say
from negsim.errors import ScenarioError, UsageError

if TYPE_CHECKING:
    from negsim.scenario import LoadedScenario
    from negsim.teaching.game import Game
    from negsim.teaching.sheets import InstructorsPack

__all__ = ["sheets"]

_LANGUAGES = ("en", "uk", "ru")


@click.command(short_help="Write role sheets, a form and an instructor's pack for a class.")
@click.argument("file")
@click.option("--out", required=True, metavar="DIR", help="The folder to write; it must be new, or hold older sheets.")
@click.option(
    "--lang", type=click.Choice(_LANGUAGES), default="en", show_default=True, help="The language of the sheets."
)
@click.option("--written-in", metavar="LANG", default="en", show_default=True, help="The language of FILE's own texts.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Another seed draws other points."
)
@click.option("--set", "overrides", multiple=True, metavar="PATH=VALUE", help="Change the scenario for this once.")
def sheets(file: str, out: str, lang: str, written_in: str, seed: int, overrides: tuple[str, ...]) -> None:
    """Write what a class needs to play a scenario: general information, a sheet for each role, a form, a pack.

    Points are fixed by the seed: whole numbers, which add up to 100 at most for each role. For points of your own, edit
    instructor/game.scenario.yaml and write sheets of that. Texts in another language stand in NAME.texts.LANG.yaml
    beside FILE. Pages are HTML, to print from a browser on A4.
    """
    from negsim.cli.saving import save
    from negsim.cli.sheets_folder import refuse_what_are_no_sheets, sheet_files
    from negsim.scenario import load_with_places
    from negsim.teaching.game import fixed_game

    _check_language(written_in)
    refuse_what_are_no_sheets(out)
    loaded = load_with_places(file, overrides=overrides)
    game = fixed_game(loaded, seed)
    pack = _pack(loaded, game)
    texts = _texts(loaded, game, lang)
    files = sheet_files(pack, game, language=lang, texts=texts or {}, written_in=written_in)
    save(out, files, refuse=refuse_what_are_no_sheets)
    say(_told(out, pack, loaded, game))
    if texts is None and lang != written_in:
        say(f"The scenario's own words stay as they are ({written_in}): there is no {_texts_file(loaded, lang)}.")


def _check_language(tag: str) -> None:
    import re

    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag):
        raise UsageError(f"--written-in {tag}: a language is a tag such as en, uk or pt-BR")


def _pack(loaded: LoadedScenario, game: Game) -> InstructorsPack:
    from negsim.teaching.analysis import analyse_game
    from negsim.teaching.sheets import instructors_pack

    try:
        return instructors_pack(game, analyse_game(game.scenario))
    except ScenarioError as error:
        raise loaded.located(error) from None


def _texts_file(loaded: LoadedScenario, language: str) -> str:
    from negsim.teaching.texts import texts_file

    return texts_file(loaded.document.file, language)


def _texts(loaded: LoadedScenario, game: Game, language: str) -> dict[str, str] | None:
    """Read the texts that stand beside the scenario in a language; None if there is no file with them."""
    import os

    from negsim.teaching.folding import folded_texts
    from negsim.teaching.texts import read_texts, text_paths

    file = _texts_file(loaded, language)
    known = text_paths(loaded.scenario) | folded_texts(loaded.scenario) | text_paths(game.scenario)
    return read_texts(file, known) if os.path.exists(file) else None


def _told(out: str, pack: InstructorsPack, loaded: LoadedScenario, game: Game) -> str:
    """Say what was written, and whether the game has a deal that all accept."""
    from itertools import islice

    from negsim.report.sheets import INSTRUCTOR
    from negsim.teaching.analysis import seeds_with_a_zone

    n_roles = len(pack.roles)
    lines = [
        f"{out}: general information, {n_roles} role sheet{'' if n_roles == 1 else 's'}, an agreement form;",
        f"for you alone: {INSTRUCTOR}/ (pack.html, key.html, told.html, points.csv, game.scenario.yaml)",
    ]
    if pack.analysis.has_zone is False:
        whom = "enough parties" if pack.analysis.by_quorum else "all"
        lines.append(f"In this game (--seed {game.seed}) no deal is acceptable to {whom}.")
        others = list(islice(seeds_with_a_zone(loaded.scenario, game.seed), 1))
        lines += [f"There is one with --seed {other}." for other in others]
    return "\n".join(lines)
