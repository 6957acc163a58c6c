"""The pages say what the program does: commands, scenarios, Python and links in them are tried."""

from __future__ import annotations

import doctest
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from docs.site.made import made_pages
from negsim.cli import main
from negsim.report.schema import zone_schema_text
from negsim.scenario import loads
from negsim.scenario.json_schema import json_schema
from negsim.scenario.reader import read_document
from tests.docs.pages import LINKED, NOTES, PAGES, ROOT, Block, agree, prepare, read_blocks, run
from tests.docs.refresh import refresh, shorten

IMAGE = re.compile(r"!\[[^\]]+\]\([^)\s]+\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCED = re.compile(r"^ {0,3}```.*?^ {0,3}```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(rf"{FENCED.pattern}|`[^`\n]*`", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"`(negsim [^`]+)`|^    (negsim .+)$", re.MULTILINE)
FILE = re.compile(r"`((?:\.ci|benchmarks|docs|negsim|results|scenarios|tests)/[\w./-]+\.\w+)(?:::\w+)?`")
MADE = made_pages()
ESTIMATE = re.compile(r"\d\s*%|±")


def page_id(path: Path) -> str:
    return str(path.relative_to(ROOT))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def anchors(page: str) -> set[str]:
    """Names of headings as a forge makes them: lower case, hyphens for spaces, no punctuation; in code there are none."""
    headings = HEADING.findall(FENCED.sub("", page))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


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
        elif block.language == "python":
            check_module(block, path)


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


def check_module(block: Block, path: Path) -> None:
    """Run a block as a module, and the tests in it on some examples."""
    names: dict[str, Any] = {"__name__": "shown"}
    exec(compile(block.text, str(path), "exec", dont_inherit=True), names)
    for name, function in list(names.items()):
        if name.startswith("test_"):
            settings(max_examples=10, database=None, deadline=None)(function)()


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_a_piece_of_yaml_json_or_toml_reads(path: Path) -> None:
    for block in read_blocks(read(path)):
        if block.language == "yaml":
            assert read_document(block.text, page_id(path)).tree
        elif block.language == "json":
            assert json.loads(block.text)
        elif block.language == "toml":
            assert tomllib.loads(block.text)


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_every_block_is_of_a_kind_that_is_tried_or_says_why_not(path: Path) -> None:
    tried = {"console", "yaml", "python", "json", "toml", "text"}  # text is output, a grammar, or made from the code
    for block in read_blocks(read(path)):
        assert block.language in tried or {"not run", "file"} & block.marks.keys(), (
            f"line {block.line}: {block.language or 'nothing'}"
        )


def doubts(quoted: str) -> list[str]:
    """Find what a quoted command has that negsim has not: a command, or an option of it."""
    words = quoted.split()[1:]
    if words[0].startswith("-") or words[0].isupper() or words[0] == "...":
        return []
    if words[0] not in main.commands:
        return words[:1]
    known = {long for parameter in main.commands[words[0]].params for long in parameter.opts} | {"--help", "-h"}
    return [word for word in words if re.match(r"--?[a-z]", word) and word.partition("=")[0] not in known]


@pytest.mark.parametrize("path", LINKED, ids=page_id)
def test_commands_in_running_text_exist_with_their_options(path: Path) -> None:
    for inline, indented in QUOTED.findall(FENCED.sub("", read(path))):
        assert doubts(inline or indented) == [], inline or indented


def test_a_command_that_does_not_exist_is_noticed() -> None:
    assert doubts("negsim zoen FILE") == ["zoen"]
    assert doubts("negsim zone FILE --wurlds 3 --seed=1 --help") == ["--wurlds"]
    assert doubts("negsim --version") == doubts("negsim COMMAND --help") == []


@pytest.mark.parametrize("path", LINKED, ids=page_id)
def test_files_in_running_text_exist(path: Path) -> None:
    shown = {word for block in read_blocks(read(path)) for word in re.findall(r"[\w./-]+", block.text)}
    missing = [name for name in FILE.findall(read(path)) if not (ROOT / name).exists() and name not in shown]
    assert [name for name in missing if not any(one.startswith(f"{Path(name).parent}") for one in shown)] == []


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_page_that_is_made_from_the_code_is_up_to_date(name: str) -> None:
    path = ROOT / name
    assert path.exists(), "`make docs` writes it"
    assert read(path) == MADE[name], "`make docs` renews it"


def test_every_public_package_has_a_page_and_no_page_is_left_of_one_that_is_gone() -> None:
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs" / "reference" / "python").glob("*.md")}
    assert there == {name for name in MADE if name.startswith("docs/reference/python/")}
    assert {"docs/reference/python/negsim.zone.md", "docs/reference/python/negsim.testing.md"} <= there


@pytest.mark.parametrize("path", LINKED, ids=page_id)
def test_links_lead_somewhere(path: Path) -> None:
    for link in LINK.findall(CODE.sub("", read(path))):
        if link.startswith(("https://", "http://")):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{link}: no such page"
        assert not anchor or anchor in anchors(read(target)), f"{link}: no such heading"


def test_estimates_in_the_readme_stand_only_below_the_commands_that_print_them() -> None:
    # What a picture is said to show is held to the example run by test_picture.py.
    prose = IMAGE.sub("", CODE.sub("", read(ROOT / "README.md")))
    assert ESTIMATE.findall(prose) == []
    assert not [
        block.lines
        for block in read_blocks(read(ROOT / "README.md"))
        if ESTIMATE.search(block.text) and not block.is_run
    ]


def test_every_page_is_reached_from_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / link.partition("#")[0]).resolve() for link in LINK.findall(read(index))}
    packages = ROOT / "docs" / "reference" / "python"
    assert {page for page in LINKED if page not in {index, *NOTES} and page.parent != packages} <= linked
    below = {(packages.parent / link).resolve() for link in LINK.findall(read(packages.with_suffix(".md")))}
    assert {page for page in PAGES if page.parent == packages} <= below


def test_every_teaching_note_is_reached_from_the_table_of_cases() -> None:
    table = ROOT / "scenarios" / "README.md"
    assert NOTES
    assert set(NOTES) <= {(table.parent / link.partition("#")[0]).resolve() for link in LINK.findall(read(table))}


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


def test_a_file_on_a_page_is_found_by_its_commands(tmp_path: Path) -> None:
    page = "<!-- file: a.txt -->\n```csv\n1,2\n```\n"
    assert refresh(page, tmp_path) == (page, [])
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "1,2\n"


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


def test_a_block_within_a_list_is_read_without_its_indent(tmp_path: Path) -> None:
    page = "1. Run:\n\n   <!-- exits: 3 -->\n   ```console\n   $ pip list\n   stale\n   ```\n"
    (block,) = read_blocks(page)
    assert (block.lines, block.indent, block.marks) == (("$ pip list", "stale"), "   ", {"exits": "3"})
    assert refresh(page.replace("3", "0", 1), tmp_path)[0] == page.replace("3", "0", 1).replace("   stale\n", "")


def test_a_heading_in_code_is_no_anchor() -> None:
    assert anchors("# One `two`\n\n```yaml\n# three\n```\n") == {"one-two"}


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
