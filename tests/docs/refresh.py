"""Write the pages that are made from the code, run the commands in the others, and write their output below them.

``make docs`` calls it. This is the only way a figure gets into the pages. Where ``...`` ends an output, as many lines are renewed as stand
before it; an output with ``...`` elsewhere is written by hand and only checked.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from docs.site.made import made_pages
from tests.docs.pages import PAGES, ROOT, agree, prepare, read_blocks, run
from tests.docs.picture import write_picture


def refresh(page: str, directory: Path) -> tuple[str, list[str]]:
    """Give the page with every output renewed, and a complaint for each that has to be mended by hand."""
    lines = page.splitlines()
    complaints: list[str] = []
    renewed: list[tuple[int, int, list[str]]] = []
    for block in read_blocks(page):
        if name := block.marks.get("scenario") or block.marks.get("file"):
            (directory / name).write_text(block.text, encoding="utf-8")
        for step in block.steps() if block.is_run else []:
            done = run(step.command, directory)
            if done.code != block.exit_code(step):
                complaints.append(f"line {step.first}: `{step.command}` ends with {done.code}:\n{done.output}")
            elif (shown := shorten(done.output, step.expected)) is not None:
                renewed.append((step.first, step.last, [(block.indent + line).rstrip() for line in shown]))
            elif not agree(step.expected, done.output):
                complaints.append(f"line {step.first}: `{step.command}` no longer prints this:\n{done.output}")
    for first, last, output_lines in reversed(renewed):
        lines[first:last] = output_lines
    return "\n".join(lines) + "\n", complaints


def shorten(output: str, shown: str) -> list[str] | None:
    """Cut an output to what a page shows of it; None where that cannot be told from the page."""
    if "..." not in shown:
        return output.splitlines()
    head, dots, tail = shown.partition("...\n")
    if tail or not dots or "..." in head or (head and not head.endswith("\n")):
        return None
    return [*output.splitlines()[: len(head.splitlines())], "..."]


def make_pages() -> None:
    """Write the pages that are made from the code alone, and drop those of packages that are gone."""
    made = {ROOT / name: text for name, text in made_pages().items()}
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"{path.relative_to(ROOT)}: made")
    for path in (ROOT / "docs" / "reference" / "python").glob("*.md"):
        if path not in made:
            path.unlink()
            print(f"{path.relative_to(ROOT)}: dropped")


def main() -> int:
    """Renew every page in place, and the picture on the first one."""
    make_pages()
    write_picture()
    failed = False
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as name:
            prepare(Path(name))
            renewed, complaints = refresh(page, Path(name))
        if renewed != page:
            path.write_text(renewed, encoding="utf-8")
            print(f"{path.relative_to(ROOT)}: renewed")
        for complaint in complaints:
            print(f"{path.relative_to(ROOT)}, {complaint}")
        failed = failed or bool(complaints)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
