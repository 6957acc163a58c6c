"""What each code of a problem means: its cause, a change to a scenario that shows it, and how to mend it.

The pages stand in ``code_pages``, one file for each hundred. An example is a change to the small sale that
`EXAMPLE_BASE` holds, unless its fence says ``yaml whole``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from types import MappingProxyType

from negsim.records import dataclass

__all__ = ["CODES", "EXAMPLE_BASE", "Code", "read_pages"]

_HEADING = re.compile(r"^# (NS[0-9]{3}): (.+)$", re.MULTILINE)
_PAGES = ("NS1.md", "NS2.md", "NS3.md", "NS4.md")

EXAMPLE_BASE = """\
negsim: 1
id: boat
title: Sale of a boat
issues:
  price: {title: Price, scale: 0..100, step: 10, unit: euros}
  delivery: {title: Delivery, kind: ordered, options: [now, spring, summer]}
  payment: {title: Payment, options: [cash, transfer]}
  berth: {title: Who pays for the berth until then, when: delivery != now, options: [seller, buyer]}
parties:
  seller: {title: Seller, demands: {price: {at_least: 70}}, no_deal: 40}
  buyer: {title: Buyer, demands: {price: {at_most: 50}}, no_deal: 30..50}
"""
"""The scenario that the examples change."""


@dataclass(frozen=True, slots=True)
class Code:
    """The page of one code: a title, and markdown with cause, example and mending."""

    id: str
    title: str
    explanation: str


def read_pages(package: str, *pages: str) -> Mapping[str, Code]:
    """Read pages from the folder ``code_pages`` of a package: every code by its id."""
    return MappingProxyType({code.id: code for code in _read(package, pages)})


def _read(package: str, pages: tuple[str, ...]) -> Iterator[Code]:
    folder = files(package).joinpath("code_pages")
    for page in pages:
        parts = _HEADING.split(folder.joinpath(page).read_text(encoding="utf-8"))
        for start in range(1, len(parts), 3):
            code, title, explanation = parts[start : start + 3]
            yield Code(code, title, explanation.strip() + "\n")


CODES: Mapping[str, Code] = read_pages("negsim.scenario", *_PAGES)
"""Every code of a problem of a scenario file, by id."""
