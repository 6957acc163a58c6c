"""The solution on the page for a class is what the check finds, and its ways to mend the scenario mend it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, read_blocks, run

PAGE = (ROOT / "docs" / "how-to" / "break-and-mend.md").read_text(encoding="utf-8")
(SCENARIO,) = (block for block in read_blocks(PAGE) if block.marks.get("scenario") == "van.scenario.yaml")
(CHECK,) = (step.command for block in read_blocks(PAGE) if block.is_run for step in block.steps())
SOLUTION = re.findall(r"^\| `(\w+)` \| (holds|does not) \| (.+) \|$", PAGE, re.MULTILINE)

MENDED = {
    "always_room": ("that: for every world, zone", "that: p_zone > 0.75"),
    "never_below_cost": ("firmness: 0.9", "firmness: hard"),
    "a_better_offer_elsewhere_does_not_hurt": ("does not decrease", "does not increase"),
}
"""What the solution names, claim by claim: what stands in the file, and what is to stand there."""


def verdicts(text: str, folder: Path) -> dict[str, str]:
    (folder / "van.scenario.yaml").write_text(text, encoding="utf-8")
    (file,) = json.loads(run(f"{CHECK} --format json", folder).output)["files"]
    return {found["id"]: found["verdict"] for found in file["expectations"]}


def test_the_solution_says_of_every_claim_what_the_check_says(tmp_path: Path) -> None:
    found = verdicts(SCENARIO.text, tmp_path)
    assert {claim: {"holds": "holds", "does not": "fails"}[verdict] for claim, verdict, _ in SOLUTION} == found


@pytest.mark.parametrize("claim", MENDED)
def test_a_way_to_mend_it_is_on_the_page_and_mends_it(claim: str, tmp_path: Path) -> None:
    before, after = MENDED[claim]
    (why,) = (text for name, _, text in SOLUTION if name == claim)
    assert after.removeprefix("that: ") in why
    assert before in SCENARIO.text
    assert verdicts(SCENARIO.text.replace(before, after), tmp_path)[claim] == "holds"


def test_every_claim_that_does_not_hold_has_a_way_to_mend_it() -> None:
    assert {claim for claim, verdict, _ in SOLUTION if verdict == "does not"} == set(MENDED)
