"""A study file: YAML that says what `negsim sweep` is to do, to be kept under version control beside the scenario."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Mapping
from typing import Any

from negsim.errors import Path, UsageError
from negsim.model.sampling import SAMPLERS
from negsim.records import dataclass
from negsim.scenario.load import STUDY_MARK
from negsim.scenario.marks import Document, Plain
from negsim.scenario.words import did_you_mean, shown
from negsim.study.axes import set_text, split_list
from negsim.study.designs import DESIGNS
from negsim.study.outcomes import OUTCOMES
from negsim.study.sweep import ALL, Policy

__all__ = ["KEYS", "VERSION", "StudyFile", "is_study_file", "read_policy", "read_study_file"]

VERSION = 1


@dataclass(frozen=True, slots=True)
class StudyFile:
    """What a study file says; ``settings`` are fields of `negsim.study.sweep.Sweep`, those that it gives.

    ``scenario`` is a path, from the folder of the file; ``overrides`` are changes for the whole study.
    """

    scenario: str
    overrides: tuple[str, ...]
    settings: Mapping[str, Any]


def is_study_file(document: Document) -> bool:
    """Tell a study file from a scenario."""
    return STUDY_MARK in document.tree


def read_study_file(document: Document) -> StudyFile:
    """Make sense of a study file.

    Parameters
    ----------
    document : Document

    Raises
    ------
    UsageError
        With everything that is wrong, each with its place.
    """
    problems: list[str] = []
    found: dict[str, Any] = {}
    for key, value in document.tree.items():
        if key not in KEYS:
            problems.append(
                _at(document, (key,), f"there is no key {key!r} in a study; {did_you_mean(key, KEYS)}", key=True)
            )
            continue
        try:
            found[key] = KEYS[key](value)
        except _Wrong as wrong:
            problems.append(_at(document, (key, *wrong.below), f"{key}: {wrong}"))
    if "scenario" not in document.tree:
        problems.append(_at(document, (), "a study says what `scenario` it is of"))
    scenario = os.path.join(os.path.dirname(document.file), found.get("scenario", ""))
    if problems:
        raise UsageError("\n".join(problems))
    names = {"cells": "n_cells", "worlds": "n_worlds", "keep_worlds": "keeps_worlds"}
    settings = {
        names.get(key, key): value for key, value in found.items() if key not in (STUDY_MARK, "scenario", "set")
    }
    return StudyFile(scenario, found.get("set", ()), settings)


def read_policy(name: str, changes: Plain) -> Policy:
    """Read a policy from a mapping of paths to values.

    Raises
    ------
    UsageError
        If it is none.
    """
    try:
        return Policy(name, _changes(changes))
    except _Wrong as wrong:
        raise UsageError(f"--policy {name}: {wrong}") from None


class _Wrong(Exception):
    """What is wrong with a value, and where below its key."""

    def __init__(self, message: str, below: Path = ()) -> None:
        super().__init__(message)
        self.below = below


def _at(document: Document, path: Path, message: str, *, key: bool = False) -> str:
    """Put the place of a value, or of its key, before what is wrong with it."""
    mark = document.marks[path]
    place = mark.key if key and mark.key is not None else mark.value
    return f"{place.file}:{place.line}:{place.column}: {message}"


def _text(value: Plain) -> str:
    """Write a value as ``--set`` reads it."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, int | float):
        return set_text(float(value)) if isinstance(value, float) else str(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _mapping(value: Plain, what: str) -> dict[str, Plain]:
    if not isinstance(value, dict):
        raise _Wrong(f"must be a mapping of {what}, not {shown(value)}")
    return value


def _version(value: Plain) -> int:
    if value != VERSION:
        raise _Wrong(f"this is version {VERSION} of the form, not {shown(value)}")
    return VERSION


def _string(value: Plain) -> str:
    if not isinstance(value, str):
        raise _Wrong(f"must be a text, not {shown(value)}")
    return value


def _number(value: Plain) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _Wrong(f"must be a whole number, not {shown(value)}")
    return value


def _one_of(known: Collection[str]) -> Callable[[Plain], str]:
    """Read one of some words."""

    def read(value: Plain) -> str:
        word = _string(value)
        if word not in known:
            raise _Wrong(f"there is no {word!r}; {did_you_mean(word, known)}")
        return word

    return read


def _questions(value: Plain) -> tuple[str, ...]:
    """Read what is asked of each cell."""
    words = _words(value)
    for k, word in enumerate(words):
        if word not in OUTCOMES:
            below = (str(k),) if isinstance(value, list) else ()
            raise _Wrong(f"there is no {word!r}; {did_you_mean(word, OUTCOMES)}", below)
    return words


def _flag(value: Plain) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(f"must be true or false, not {shown(value)}")
    return value


def _changes(value: Plain) -> tuple[str, ...]:
    return tuple(f"{path}={_text(one)}" for path, one in _mapping(value, "paths to values").items())


def _vary(value: Plain) -> tuple[tuple[str, str], ...]:
    if value == ALL:
        return ((ALL, ""),)
    if isinstance(value, list):
        return tuple(_pair(one, k) for k, one in enumerate(value))
    return tuple(
        (path, _over(one, path)) for path, one in _mapping(value, "paths to what they are varied over").items()
    )


def _pair(value: Plain, k: int) -> tuple[str, str]:
    """Read an item of a list: what would stand after ``--vary``."""
    if not isinstance(value, str):
        raise _Wrong(f"must list paths, each as after --vary, not {shown(value)}", (str(k),))
    path, _, over = value.partition("=")
    return path.strip(), over.strip()


def _over(value: Plain, path: str) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        if not value:
            raise _Wrong(f"the list of values for {path} is empty", (path,))
        return ",".join(_item(one) for one in value)
    return _text(value)


def _item(value: Plain) -> str:
    """Write one of several values; a text with a comma of its own keeps together."""
    text = _text(value)
    return json.dumps(text, ensure_ascii=False) if split_list(text) != [text] else text


def _words(value: Plain) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(one.strip() for one in value.split(","))
    if not isinstance(value, list):
        raise _Wrong(f"must be a list of words, not {shown(value)}")
    for k, one in enumerate(value):
        if not isinstance(one, str):
            raise _Wrong(f"must be a list of words, and {shown(one)} is none", (str(k),))
    return tuple(str(one) for one in value)


def _policies(value: Plain) -> tuple[Policy, ...]:
    found = []
    for name, changes in _mapping(value, "names to changes").items():
        try:
            found.append(Policy(name, _changes(changes)))
        except _Wrong as wrong:
            raise _Wrong(str(wrong), (name, *wrong.below)) from None
    return tuple(found)


KEYS: Mapping[str, Callable[[Plain], Any]] = {
    STUDY_MARK: _version,
    "scenario": _string,
    "set": _changes,
    "vary": _vary,
    "design": _one_of(DESIGNS),
    "cells": _number,
    "worlds": _number,
    "of": _questions,
    "seed": _number,
    "sampler": _one_of(SAMPLERS),
    "policies": _policies,
    "keep_worlds": _flag,
}
"""What a study file may say."""
