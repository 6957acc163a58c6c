"""Discovery as text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from negsim.report.page import Page, Style
from negsim.report.text_discovery import write_discovery
from negsim.study.discovery.result import Discovery
from tests.report.discoveries import NOTHING, box, discovery, nothing
from tests.report.examples import scenario
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"


def text(found: Discovery, **style: Any) -> str:
    page = Page(Style(**style))
    write_discovery(page, found, scenario(), "1.2.3")
    return page.text()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("two-regions", discovery()),
        ("one-region", discovery(boxes=(box(dropped=box().dropped[:1]),), rejected=None, constant=(), n_unknown=0)),
        ("policy", discovery(policy="guarantee", boxes=(box(held_density=None),), rejected=NOTHING)),
        ("chance", nothing("chance", rejected=NOTHING)),
        ("weak", nothing("chance", rejected=box(holds_up=False, held_density=None))),
        ("none", nothing("no_cells", base_rate=None, n_cells=0, n_interest=0, n_unknown=405)),
    ],
)
def test_what_was_discovered_reads_as_agreed(name: str, found: Discovery) -> None:
    assert_matches(text(found), SNAPSHOTS / f"discovery-{name}.txt")


def test_it_reads_in_ascii_too() -> None:
    plain = text(discovery(), ascii_only=True)
    assert plain.isascii()
    assert_matches(plain, SNAPSHOTS / "discovery-ascii.txt")


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    assert max(len(line) for line in text(discovery(), width=width).splitlines()) <= width


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("no_cells", "No cell of valley has what p_agreement > 0.5 needs"),
        ("nowhere", "In none of 400 cells holds p_agreement > 0.5"),
        ("everywhere", "In all of 400 cells holds p_agreement > 0.5"),
        ("nothing_varies", "Nothing varies among these cells"),
        ("few_cells", "400 cells: too few to tell a region from chance"),
        ("chance", "No region stands out: where p_agreement > 0.5 holds, chance may explain."),
    ],
)
def test_why_there_is_no_region_is_said_first(reason: str, said: str) -> None:
    assert text(nothing(reason)).startswith(said)
