"""A piece of YAML on a page is what the schema lets stand in a scenario, or a study file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from negsim.scenario.json_schema import json_schema
from negsim.scenario.reader import read_document
from negsim.study.study_file import is_study_file, read_study_file
from tests.docs.pages import PAGES, ROOT, Block, read_blocks

SCHEMA = json_schema()
SHARED = {name: value for name, value in SCHEMA.items() if name in {"$defs", "definitions"}}
OF_STUDIES = ROOT / "docs" / "reference" / "study-file.md"


def homes(node: Any) -> dict[str, list[Any]]:
    """Find, for each key anywhere in a schema, the schemas of what may stand below it, but for mere descriptions."""
    found: dict[str, list[Any]] = {}
    if isinstance(node, dict):
        own = node.get("properties")
        for name, schema in (own if isinstance(own, dict) else {}).items():
            found.setdefault(name, []).extend([schema] if set(schema) - {"description", "title"} else [])
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        for name, schemas in homes(child).items():
            found.setdefault(name, []).extend(schemas)
    return found


HOMES = {key: found or [{}] for key, found in homes(SCHEMA).items()}


def wrong(tree: dict[str, Any]) -> list[str]:
    """List the keys of a piece below which stands what no scenario may have there."""
    return [key for key, value in tree.items() if not fits(key, value)]


def fits(key: str, value: Any) -> bool:
    """Tell whether a value may stand below a key; an unknown key is the id of something that has keys of its own."""
    if key in HOMES:
        return any(Draft7Validator({**SHARED, **schema}).is_valid(value) for schema in HOMES[key])
    return isinstance(value, dict) and bool(value) and set(value) <= set(HOMES) and wrong(value) == []


def pieces(path: Path) -> list[Block]:
    """Read the pieces of YAML on a page, but for a scenario's texts in another language, which a command of it takes."""
    blocks = read_blocks(path.read_text(encoding="utf-8"))
    return [
        block
        for block in blocks
        if block.language == "yaml"
        and not {"scenario", "not run"} & block.marks.keys()
        and ".texts." not in block.marks.get("file", "")
    ]


@pytest.mark.parametrize("path", [page for page in PAGES if pieces(page)], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_piece_of_yaml_may_stand_in_a_scenario_or_is_a_study_file(path: Path) -> None:
    for block in pieces(path):
        document = read_document(block.text, path.name)
        if is_study_file(document):
            assert read_study_file(document).settings
        elif path != OF_STUDIES:  # whose other pieces are parts of a study file
            assert wrong(document.tree) == [], f"line {block.line}"


def test_the_parts_of_a_study_file_read_within_one() -> None:
    whole, *parts = pieces(OF_STUDIES)
    assert parts
    for part in parts:
        text = f"negsim_study: 1\nscenario: a.scenario.yaml\n{part.text}"
        assert read_study_file(read_document(text, OF_STUDIES.name)).settings
    assert whole.text.startswith("negsim_study: 1\n")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("no_deal: 40..60\n", []),
        ("no_deal: [40, 60]\n", ["no_deal"]),
        ("agreement: {quorum: 3, vetos: [a]}\n", ["agreement"]),
        ("usa: {title: United States, role: mediator}\n", []),
        ("usa: {role: arbiter}\n", ["usa"]),
        ("quorm: 3\n", ["quorm"]),
    ],
)
def test_a_wrong_piece_is_noticed(text: str, keys: list[str]) -> None:
    assert wrong(read_document(text, "piece").tree) == keys
