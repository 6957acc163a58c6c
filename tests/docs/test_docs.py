"""The pages say what the program does: commands, scenarios, Python and links in them are tried."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

import pytest

from negsim.cli import main
from negsim.report.schema import zone_schema_text
from negsim.scenario import loads
from negsim.scenario.json_schema import json_schema
from negsim.scenario.reader import read_document
from tests.docs.pages import PAGES, ROOT, Block, agree, prepare, read_blocks, run
from tests.docs.refresh import refresh, shorten

LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
ESTIMATE = re.compile(r"\d\s*%|±")


def page_id(path: Path) -> str:
    return str(path.relative_to(ROOT))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def anchors(page: str) -> set[str]:
    """Names of headings as a forge makes them: lower case, hyphens for spaces, no punctuation."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in HEADING.findall(page)}


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_a_page_shows_what_happens(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in read_blocks(read(path)):
        if name := block.marks.get("scenario"):
            assert loads(block.text, file=name).parties
            (tmp_path / name).write_text(block.text, encoding="utf-8")
        elif name := block.marks.get("file"):
            (tmp_path / name).write_text(block.text, encoding="utf-8")
        elif block.is_run:
            check_commands(block, tmp_path)
        elif block.language == "python" and ">>>" in block.text:
            check_python(block, names, path)


def check_commands(block: Block, directory: Path) -> None:
    steps = block.steps()
    assert steps, f"line {block.line}: a console block shows a command after '$ '"
    for step in steps:
        done = run(step.command, directory)
        assert agree(step.expected, done.output), (
            f"`{step.command}` prints\n{done.output}\nbut the page says\n{step.expected}"
        )
        assert done.code == block.exit_code(step), step.command


def check_python(block: Block, names: dict[str, object], path: Path) -> None:
    test = doctest.DocTestParser().get_doctest(block.text, names, page_id(path), str(path), block.line)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=report.append, clear_globs=False)
    names.update(test.globs)
    assert not report, "".join(report)


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_a_piece_of_yaml_reads(path: Path) -> None:
    for block in read_blocks(read(path)):
        if block.language == "yaml":
            assert read_document(block.text, page_id(path)).tree


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_links_lead_somewhere(path: Path) -> None:
    for link in LINK.findall(CODE.sub("", read(path))):
        if link.startswith(("https://", "http://")):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{link}: no such page"
        assert not anchor or anchor in anchors(read(target)), f"{link}: no such heading"


def test_estimates_in_the_readme_stand_only_below_the_commands_that_print_them() -> None:
    assert ESTIMATE.findall(CODE.sub("", read(ROOT / "README.md"))) == []
    assert not [
        block.lines
        for block in read_blocks(read(ROOT / "README.md"))
        if ESTIMATE.search(block.text) and not block.is_run
    ]


def test_every_page_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / link.partition("#")[0]).resolve() for link in LINK.findall(read(index))}
    assert {page for page in PAGES if page not in {index, ROOT / "README.md"}} <= linked


def keys(schema: object) -> set[str]:
    """Names of all properties anywhere in a JSON Schema."""
    if isinstance(schema, dict):
        own = set(schema.get("properties", {})) if isinstance(schema.get("properties"), dict) else set()
        return own.union(*map(keys, schema.values()))
    return set().union(*map(keys, schema)) if isinstance(schema, list) else set()


def words_in_code(page: Path) -> set[str]:
    """Every word that a page shows as code."""
    return set(re.findall(r"[\w-]+", " ".join(CODE.findall(read(page)))))


def test_every_command_and_option_is_in_the_reference() -> None:
    page = read(ROOT / "docs" / "reference" / "command-line.md")
    for name, command in main.commands.items():
        assert f"`negsim {name}" in page
        for option in (long for parameter in command.params for long in parameter.opts if long.startswith("--")):
            assert f"`{option}" in page, f"negsim {name} has {option}"


def test_every_key_of_a_result_is_in_the_reference() -> None:
    page = ROOT / "docs" / "reference" / "json.md"
    assert keys(json.loads(zone_schema_text())) - words_in_code(page) == set()


def test_every_key_of_a_scenario_is_in_the_reference() -> None:
    page = ROOT / "docs" / "reference" / "scenario-format.md"
    assert keys(json_schema()) - words_in_code(page) == set()


SAMPLE = """\
<!-- exits: 2 -->
```console
$ negsim check no-such.scenario.yaml
one
...
last
$ pip install negsim
```

Words between forget the comment.

```yaml
a: 1
```
"""


def test_a_page_is_split_into_steps_with_the_marks_of_their_block() -> None:
    console, plain = read_blocks(SAMPLE)
    assert console.marks == {"exits": "2"}
    assert plain.marks == {}
    assert [console.exit_code(step) for step in console.steps()] == [0, 2]
    assert [(step.command, step.expected) for step in console.steps()] == [
        ("negsim check no-such.scenario.yaml", "one\n...\nlast\n"),
        ("pip install negsim", ""),
    ]


def test_other_output_than_the_page_shows_is_noticed() -> None:
    expected = read_blocks(SAMPLE)[0].steps()[0].expected
    assert agree(expected, "one\ntwo\nthree\nlast\n")
    assert not agree(expected, "one\ntwo\nthree\n")
    assert not agree("31 %\n", "32 %\n")


def test_a_wrong_number_in_a_python_block_is_noticed() -> None:
    block = Block("python", (">>> 1 + 1", "3"), 0)
    with pytest.raises(AssertionError, match="Expected"):
        check_python(block, {}, ROOT / "README.md")


def test_refreshing_renews_an_output_and_leaves_the_rest(tmp_path: Path) -> None:
    page = (
        "Text.\n\n```console\n$ pip list\nstale\n$ pip list\n```\n\n"
        "<!-- not run: why -->\n```console\n$ pip list\nkept\n```\n"
    )
    renewed, complaints = refresh(page, tmp_path)
    assert renewed == page.replace("stale\n", "")
    assert complaints == []


@pytest.mark.parametrize(
    ("shown", "renewed"),
    [
        ("old\n", ["a", "b", "c"]),
        ("old\n...\n", ["a", "..."]),
        ("...\n", ["..."]),
        ("...\nc\n", None),
        ("a ... c\n", None),
        ("a ...\n", None),
    ],
)
def test_a_shortened_output_stays_as_short(shown: str, renewed: list[str] | None) -> None:
    assert shorten("a\nb\nc\n", shown) == renewed
