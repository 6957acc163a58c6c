"""The page of pictures names every picture, and none that there is not."""

from __future__ import annotations

import re

from negsim.report.html.page import HEADINGS
from negsim.report.pictures.table import OF_RUNS, OF_STUDIES
from tests.docs.pages import ROOT


def test_every_picture_has_its_heading_on_the_reference_page() -> None:
    page = (ROOT / "docs" / "reference" / "pictures.md").read_text(encoding="utf-8")
    assert re.findall(r"^### (.+)$", page, re.MULTILINE) == [*OF_RUNS, *OF_STUDIES]


def test_every_picture_is_called_something_in_the_list_of_a_page() -> None:
    assert {*OF_RUNS, *OF_STUDIES} == set(HEADINGS)
