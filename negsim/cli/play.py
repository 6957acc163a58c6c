"""`negsim play`: bargain in the terminal, in one party's seat, against simulated parties."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from negsim import __version__
from negsim.cli.asking import EndOfAnswersError, open_answers
from negsim.cli.group import Interrupted
from negsim.cli.playing import Conversation, QuitError, say_page
from negsim.cli.terminal import new_page, say
from negsim.errors import UsageError

if TYPE_CHECKING:
    from negsim.teaching.playing.match import Match
    from negsim.teaching.playing.saving import Save, Saved

__all__ = ["play"]


@click.command(short_help="Bargain yourself, in one party's seat, against simulated parties.")
@click.argument("file")
@click.option("--as", "party", metavar="PARTY", help="Whom you play: the id or the title of a party that signs.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    metavar="N",
    help="Which game is drawn from what the file leaves open; the same again by the same seed.  [default: 0]",
)
@click.option("--hints", is_flag=True, help="Coach: remark on what you could notice without seeing anybody's cards.")
@click.option("--save", "save_file", metavar="SAVE", help="Keep the match in this new file, move by move.")
@click.option("--resume", "resume_file", metavar="SAVE", help="Go on with a match that was kept.")
@click.option("--script", metavar="ANSWERS", help="Read your answers from a file, one a line, instead of the keyboard.")
@click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar="PATH=VALUE",
    help="Change a value of the file, as in `negsim run`. Repeatable.",
)
def play(  # one for each option
    file: str,
    *,
    party: str | None,
    seed: int | None,
    hints: bool,
    save_file: str | None,
    resume_file: str | None,
    script: str | None,
    overrides: tuple[str, ...],
) -> None:
    """Bargain yourself: you have one party's sheet, the others are simulated by the tactics of the file.

    What the file leaves open is settled by the seed, so that all have fixed points. You make offers and answer those of
    others until there is a deal or time is up. The debrief then lays all cards on the table: what you got, what was
    left to be had, which red lines were bluffs, and how a thousand simulated negotiators did in your seat.
    """
    from negsim.teaching.playing.saving import mend, read_save, start_save

    if resume_file is not None and save_file is not None:
        raise UsageError("--resume goes on writing to its file: --save does not go with it")
    saved = None if resume_file is None else read_save(Path(resume_file))
    match = _match(file, overrides, _party(party, saved), _seed(seed, saved), saved)
    save: Save | None = None
    if saved is not None and resume_file is not None:
        saved.refuse_changed(match)
        save = mend(Path(resume_file), saved)
        if saved.cut:
            say(f"The last line of {resume_file} was damaged, as by a machine that stopped; the move in it is lost.")
    elif save_file is not None:
        save = start_save(Path(save_file), match, __version__, hints=hints)
    _play(
        match,
        file,
        overrides,
        hints=hints or (saved is not None and saved.hints),
        save=save,
        saved=saved,
        script=script,
    )


def _party(party: str | None, saved: Saved | None) -> str:
    """Say whom the person plays; empty where that was not said."""
    if saved is None:
        return party or ""
    if party is not None and party != saved.party:
        raise UsageError(f"--as {party}: in the match that was kept you play {saved.party}")
    return saved.party


def _seed(seed: int | None, saved: Saved | None) -> int:
    if saved is None:
        return seed or 0
    if seed is not None and seed != saved.seed:
        raise UsageError(f"--seed {seed}: the match that was kept has seed {saved.seed}")
    return saved.seed


def _match(file: str, overrides: tuple[str, ...], party: str, seed: int, saved: Saved | None) -> Match:
    """Settle the game, and take a seat in it."""
    from negsim.cli.analysis import placing
    from negsim.scenario import load_with_places
    from negsim.teaching.game import fixed_game
    from negsim.teaching.playing.match import make_match, who_can_be_played

    loaded = load_with_places(file, overrides=overrides)
    if saved is not None:
        saved.refuse_another(loaded.scenario.id, __version__)
    if not party:
        can = " or ".join(f"--as {one.id} ({one.title})" for one in who_can_be_played(loaded.scenario))
        raise UsageError(f"say whom you play: {can or 'nobody signs in this file'}")
    if loaded.scenario.talks is not None and sys.stderr.isatty():
        click.echo("The history of the talks is drawn; that takes some seconds.", err=True)
    with placing(loaded):
        return make_match(fixed_game(loaded, seed), party, seed=seed, scenario=loaded.scenario)


def _play(
    match: Match,
    file: str,
    overrides: tuple[str, ...],
    *,
    hints: bool,
    save: Save | None,
    saved: Saved | None,
    script: str | None,
) -> None:
    from negsim.teaching.playing.own import own_view

    moves = [] if saved is None else list(saved.moves)
    talks = Conversation(own_view(match), open_answers(script), moves, hints, save)
    try:
        talks.begin(resumed=saved is not None)
        talks.hold()
        _debrief(match, talks, file, overrides)
    except (EndOfAnswersError, QuitError):
        say(_how_to_go_on(talks, file, overrides))
    except KeyboardInterrupt:
        raise Interrupted(f"\n{_how_to_go_on(talks, file, overrides)}") from None


def _how_to_go_on(talks: Conversation, file: str, overrides: tuple[str, ...]) -> str:
    kept = talks.stop(Path())
    if talks.save is None:
        return kept
    return f"{kept}\nGo on with: {_command(file, overrides)} --resume {shlex.quote(str(talks.save.path))}"


def _command(file: str, overrides: tuple[str, ...]) -> str:
    return " ".join(["negsim play", shlex.quote(file), *(f"--set {shlex.quote(one)}" for one in overrides)])


def _debrief(match: Match, talks: Conversation, file: str, overrides: tuple[str, ...]) -> None:
    from negsim.report.text_play_debrief import write_debrief
    from negsim.teaching.playing.debrief import debrief

    page = new_page()
    page.heading("Debrief")
    write_debrief(page, debrief(match, talks.moves), match)
    page.paragraph(f"The same game again: {_command(file, overrides)} --as {match.party.id} --seed {match.seed}")
    say_page(page)
