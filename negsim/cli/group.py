"""The group of commands: suggestions for misspelt ones, and an end for every kind of failure."""

from __future__ import annotations

import gc
import os
import sys
from collections import UserDict
from collections.abc import Mapping
from importlib import import_module
from typing import Any, NoReturn

import click

from negsim.errors import NegsimError, ScenarioError

__all__ = ["BROKEN_PIPE", "DEFECT", "INTERRUPTED", "UNUSABLE", "Commands", "Interrupted", "NegsimGroup"]

UNUSABLE, DEFECT, INTERRUPTED, BROKEN_PIPE = 2, 70, 130, 141
_ALLOCATIONS_BETWEEN_COLLECTIONS = 50_000


class Interrupted(NegsimError):
    """Ctrl-C during long work; the text says how far it came."""


class Commands(UserDict[str, Any]):
    """Commands by name, each of the module of that name in `negsim.cli` and imported when it is looked up.

    Parameters
    ----------
    *names : str
        In the order in which a user meets them.
    homes : mapping
        Of commands whose name no module can have, the name of the module and of the command in it.
    """

    def __init__(self, *names: str, homes: Mapping[str, str]) -> None:
        super().__init__({name: homes.get(name, name) for name in names})

    def __getitem__(self, name: str) -> click.Command:
        """Give a command, imported if it has not been yet."""
        command = super().__getitem__(name)
        if isinstance(command, str):
            command = self[name] = getattr(import_module(f"negsim.cli.{command}"), command)
        return command


class NegsimGroup(click.Group):
    """A group that keeps its commands in the order they were added and never shows a traceback unasked."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line, also where stdout or stderr is closed."""
        _open_closed_streams()
        return super().main(*args, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order in which a user meets them."""
        del ctx
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command where there is none of that name; older versions of click do not."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, self.commands, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else f" There are {', '.join(self.commands)}."
            ctx.fail(f"No such command '{name}'.{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; turn whatever goes wrong into a message and an exit code."""
        # There is no large linear algebra here, and the threads that OpenBLAS starts beside numpy only wait, busily.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        # Modules are no garbage, and looking for some among them takes part of a short command's time.
        threshold = gc.get_threshold()
        gc.set_threshold(_ALLOCATIONS_BETWEEN_COLLECTIONS if threshold[0] else 0, *threshold[1:])
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            _end("Interrupted; nothing was saved.", INTERRUPTED)
        except Interrupted as error:
            _end(str(error), INTERRUPTED)
        except NegsimError as error:
            _end(str(error) if isinstance(error, ScenarioError) else f"Error: {error}", UNUSABLE)
        except BrokenPipeError:
            _close_pipe()
        except OSError as error:
            _end(f"Error: {error.filename or 'a file'}: {error.strerror or error}", UNUSABLE)
        except Exception as error:
            if os.environ.get("NEGSIM_DEBUG"):
                raise
            said = f"{type(error).__name__}: {error}".splitlines()[0]
            _end(f"Error: a defect of negsim, please report it ({said}). NEGSIM_DEBUG=1 shows where it is.", DEFECT)
        finally:
            gc.set_threshold(*threshold)


def _open_closed_streams() -> None:
    """Let what is said to a closed stream (``>&-``) go nowhere; Python leaves None in its place."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # open until the end


def _end(message: str, code: int) -> NoReturn:
    """Say how it ended, on stderr."""
    click.echo(message, err=True)
    raise click.exceptions.Exit(code)


def _close_pipe() -> NoReturn:
    """End in silence; what is still buffered goes nowhere, so that closing it raises nothing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    raise click.exceptions.Exit(BROKEN_PIPE)
