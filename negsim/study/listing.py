"""Which studies lie in a folder, and how far each is."""

from __future__ import annotations

import os
from pathlib import Path

from negsim.errors import NegsimError, UsageError
from negsim.records import dataclass
from negsim.study.reading import read_heading
from negsim.study.running.store import is_study

__all__ = ["StudyListed", "list_studies"]


@dataclass(frozen=True, slots=True)
class StudyListed:
    """One study; ``problem`` says why it cannot be read, if it cannot, and all else is then empty."""

    folder: str
    scenario: str = ""
    title: str = ""
    design: str = ""
    of: tuple[str, ...] = ()
    n_cells: int = 0
    n_done: int = 0
    n_failed: int = 0
    problem: str = ""


def list_studies(folder: str | os.PathLike[str]) -> tuple[StudyListed, ...]:
    """List the studies in a folder, by name; the folder itself if it is one.

    Raises
    ------
    UsageError
        If there is no such folder.
    """
    home = Path(folder)
    if not home.is_dir():
        raise UsageError(f"there is no folder {home}")
    places = [home] if is_study(home) else sorted(path for path in home.iterdir() if is_study(path))
    return tuple(_listed(place) for place in places)


def _listed(place: Path) -> StudyListed:
    try:
        sweep, scenario, design, counts = read_heading(place)
    except NegsimError as error:
        return StudyListed(str(place), problem=str(error))
    return StudyListed(
        folder=str(place),
        scenario=scenario.id,
        title=scenario.title,
        design=design,
        of=sweep.of,
        n_cells=sum(counts.values()),
        n_done=counts["done"],
        n_failed=counts["failed"],
    )
