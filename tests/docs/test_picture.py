"""The picture on the first page shows what the example run found."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from tests.docs.pages import ROOT
from tests.docs.picture import PICTURE, picture_of_the_example

SHOWN = re.compile(r"!\[([^\]]+)\]\(docs/images/geneva-utility-space\.svg\)")


def test_the_first_page_shows_the_picture_and_says_what_it_shows() -> None:
    (said,) = SHOWN.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert said == picture_of_the_example().title


def test_the_picture_is_that_of_the_example_run() -> None:
    # By the words in it: how a library draws them may differ from one version to the next.
    one = picture_of_the_example()
    root = ET.parse(PICTURE).getroot()
    svg = "{http://www.w3.org/2000/svg}"
    assert (root.findtext(f"{svg}title"), root.findtext(f"{svg}desc")) == (one.title, one.description)
    texts = " ".join(" ".join(node.itertext()) for node in root.iter(f"{svg}text"))
    russia, ukraine = re.findall(r"[0-9.]+", one.title)[:2]
    assert one.title in texts
    assert f"Russia walks away to the left of {russia} (dashed)" in texts
    assert f"below {ukraine}" in texts
