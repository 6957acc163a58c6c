"""The page of every code shows what it explains: its example gives that code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from negsim.errors import ScenarioError
from negsim.scenario import load
from negsim.scenario.codes import CODES, EXAMPLE_BASE

WITHOUT_EXAMPLE = {"NS101", "NS102", "NS117"}
FOUND_BY_THE_MODEL = {"NS410", "NS411", "NS418"}
WITH_EXAMPLE = sorted(CODES.keys() - WITHOUT_EXAMPLE)


def examples(code: str) -> list[tuple[str, str]]:
    return re.findall(r"^```yaml( whole)?\n(.*?)^```$", CODES[code].explanation, re.MULTILINE | re.DOTALL)


def problems(folder: Path, content: bytes) -> list[str]:
    (folder / "boat.scenario.yaml").write_text(EXAMPLE_BASE, encoding="utf-8")
    file = folder / "this.scenario.yaml"
    file.write_bytes(content)
    try:
        load(file)
    except ScenarioError as error:
        return [problem.code for problem in error.problems]
    return []


def example_file(whole: str, example: str) -> bytes:
    if whole:
        return example.encode()
    heads = {"negsim:": "negsim: 1\n", "base:": "base: boat.scenario.yaml\n"}
    keys = [head for head in heads if not re.search(f"^{head}", example, re.MULTILINE)]
    return ("".join(heads[key] for key in keys) + example).encode()


@pytest.mark.parametrize("code", [code for code in WITH_EXAMPLE if code not in FOUND_BY_THE_MODEL])
def test_an_example_gives_its_code_and_no_other(code: str, tmp_path: Path) -> None:
    ((whole, example),) = examples(code)
    assert set(problems(tmp_path, example_file(whole, example))) == {code}


@pytest.mark.parametrize("code", sorted(FOUND_BY_THE_MODEL))
def test_an_example_that_only_the_model_refuses_can_be_read(code: str, tmp_path: Path) -> None:
    ((whole, example),) = examples(code)
    assert problems(tmp_path, example_file(whole, example)) == []


def test_codes_without_an_example_are_found_in_files_made_for_them(tmp_path: Path) -> None:
    assert problems(tmp_path, b"title: Caf\xe9") == ["NS101"]
    assert problems(tmp_path, b"#" * (2**20 + 1)) == ["NS102"]
    with pytest.raises(ScenarioError, match="NS117"):
        load(tmp_path / "missing.scenario.yaml")


def test_the_base_of_the_examples_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, EXAMPLE_BASE.encode()) == []


def test_every_code_in_the_source_has_a_page_and_every_page_a_use() -> None:
    root = Path(__file__).parents[2] / "negsim"
    layers = [path for path in root.rglob("*.py") if path.parent.name not in ("checks", "cli", "report", "testing")]
    used = {code for path in layers for code in re.findall(r"\bNS[1-4][0-9]{2}\b", path.read_text(encoding="utf-8"))}
    assert used - CODES.keys() == set()
    assert CODES.keys() - used - FOUND_BY_THE_MODEL == set()


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_page_says_the_cause_and_how_to_mend_it(code: str) -> None:
    text = re.sub(r"^```yaml.*?^```$", "```", CODES[code].explanation, flags=re.MULTILINE | re.DOTALL)
    paragraphs = [part for part in text.split("\n\n") if part.strip() and not part.startswith("```")]
    assert len(paragraphs) >= 2
    assert CODES[code].title
