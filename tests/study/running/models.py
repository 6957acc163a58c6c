"""Models of a cell that are no scenario: cheap ones, and ones that fail, or kill the process that they run in."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Cell = Mapping[str, Any]


def product(cell: Cell) -> dict[str, Any]:
    return {"product": cell["x"] * cell["y"], "sum": cell["x"] + cell["y"]}


def refuses_three(cell: Cell) -> dict[str, Any]:
    if cell["x"] == 3:
        raise ValueError("three is not for this model")
    return product(cell)


def kills_its_worker_once(cell: Cell) -> dict[str, Any]:
    """The first process that comes to a cell with a flag to raise dies of it."""
    if cell.get("flag"):
        flag = Path(cell["flag"])
        try:
            flag.touch(exist_ok=False)
        except FileExistsError:
            pass
        else:
            die()
    return product(cell)


def kills_its_worker_always(cell: Cell) -> dict[str, Any]:
    """Whoever comes to a cell that is marked dies of it."""
    if cell["deadly"]:
        die()
    return product(cell)


def takes_its_time(cell: Cell) -> dict[str, Any]:
    time.sleep(cell["seconds"])
    return product(cell)


def marks_its_start(cell: Cell) -> dict[str, Any]:
    """Leave a file that says so, then take an hour."""
    Path(cell["flag"]).touch()
    time.sleep(3600)
    return product(cell)


def leaves(cell: Cell) -> dict[str, Any]:
    sys.exit(f"cell {cell['x']} leaves")


class Unsendable(Exception):
    """Cannot be made again from what is sent of it."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} and {second}")


def raises_what_cannot_be_sent(cell: Cell) -> dict[str, Any]:
    del cell
    raise Unsendable("this", "that")


def cannot_be_unpickled() -> Any:
    raise OSError("this result breaks where it arrives")


class Breaking:
    """Breaks where it is unpickled, in the process that drives."""

    def __reduce__(self) -> Any:
        return cannot_be_unpickled, ()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
