"""The pages on the Python packages: tables of names for every reader, whole docstrings on the site.

The tables are Markdown, which ``make docs`` writes and tests/docs compares. The site adds what Sphinx makes of each
docstring, under the name by which a user imports it and not the module that happens to define it.
"""

from __future__ import annotations

import ast
import inspect
import pkgutil
from importlib import import_module
from pathlib import Path
from types import ModuleType

import negsim

__all__ = ["OVERVIEW", "directives", "modules", "overview", "page", "pages"]

OVERVIEW = "docs/reference/python"
NO_LIBRARY = {"cli", "report"}
"""Packages that only the command line uses."""

BESIDE = (
    "negsim.errors",
    "negsim.model.estimates",
    "negsim.model.war",
    "negsim.model.breach",
    "negsim.solutions.merging",
    "negsim.testing.strategies",
)
"""Modules of use by themselves, which no package hands on."""

MADE = "<!-- Made from the code by `make docs`; an edit here is lost. -->"


def modules() -> list[str]:
    """List what a user imports from: packages that say what is public in them, and some modules beside them."""
    packages = (f"negsim.{one.name}" for one in pkgutil.iter_modules(negsim.__path__) if one.ispkg)
    public = (name for name in packages if name.split(".")[1] not in NO_LIBRARY and _names(import_module(name)))
    return sorted({*public, *BESIDE})


def pages() -> list[str]:
    """List the pages, by path without ``.md``."""
    return [f"{OVERVIEW}/{name}" for name in modules()]


def overview() -> str:
    """Write the page that lists the packages."""
    rows = "".join(f"| [`{name}`](python/{name}.md) | {_first(import_module(name))} |\n" for name in modules())
    return (
        f"# Python packages\n\n{MADE}\n\n"
        "What there is to import, package by package. [Use negsim from Python](../how-to/use-from-python.md) shows\n"
        "how it goes together. A name that is not listed here may change without notice.\n\n"
        f"| from | |\n|---|---|\n{rows}\n"
        "Each page has a table of names; the [site](../../CONTRIBUTING.md#the-site) adds parameters, results, errors\n"
        "and examples of each, as `help()` in Python does.\n"
    )


def page(name: str) -> str:
    """Write the page of a package or module."""
    module = import_module(name)
    rows = "".join(f"| `{one}` | {_kind(module, one)} | {_cell(_says(module, one))} |\n" for one in _names(module))
    about = inspect.cleandoc(module.__doc__ or "").partition("\n>>> ")[0].replace("``", "`").strip()
    return f"# {name}\n\n{MADE}\n\n{about}\n\n| name | | |\n|---|---|---|\n{rows}"


def directives(page_name: str) -> str:
    """Write what the site adds to a page: functions first, then classes; what is neither is told in the table."""
    name = page_name.removeprefix(f"{OVERVIEW}/")
    module = import_module(name)
    text = ""
    for kind, title in (("function", "Functions"), ("class", "Classes")):
        if found := [one for one in _names(module) if _kind(module, one) == kind]:
            parts = "".join(_directive(kind, name, one) for one in found)
            text += f"\n## {title}\n\n```{{eval-rst}}\n{parts}```\n"
    return text


def _directive(kind: str, module: str, name: str) -> str:
    """Have a name documented; where another package before this one has it too, the index leads there."""
    value = getattr(import_module(module), name)
    first = next(one for one in modules() if getattr(import_module(one), name, None) is value)
    options = [] if first == module else ["no-index"]
    options += ["members"] if kind == "class" else []
    lines = "".join(f"   :{option}:\n" for option in options)
    return f".. auto{kind}:: {module}.{name}\n{lines}\n"


def _names(module: ModuleType) -> list[str]:
    names = getattr(module, "__all__", [])
    return sorted(names, key=lambda name: (_kind(module, name) != "function", name.lower()))


def _kind(module: ModuleType, name: str) -> str:
    value = getattr(module, name)
    if inspect.isclass(value) and type(value) is not type(tuple[int]):
        return "class"
    return "function" if inspect.isroutine(value) else "constant"


def _first(thing: object) -> str:
    return _cell((inspect.getdoc(thing) or "").partition("\n\n")[0])


def _says(module: ModuleType, name: str) -> str:
    """Give the first sentence on a name; of a constant, its value where that is short."""
    value = getattr(module, name)
    if _kind(module, name) != "constant":
        return (inspect.getdoc(value) or "").partition("\n\n")[0]
    note = _note(module, name).partition("\n\n")[0]
    if isinstance(value, int | str):
        return f"{value!r}. {note}".rstrip()
    return note


def _note(module: ModuleType, name: str) -> str:
    """Find the text that stands below the assignment of a constant, wherever it is made."""
    tree = ast.parse(Path(inspect.getsourcefile(module) or "").read_text(encoding="utf-8"))
    for node, after in zip(tree.body, [*tree.body[1:], None], strict=True):
        match node:
            case ast.ImportFrom(module=str(home), names=names) if name in {alias.name for alias in names}:
                return _note(import_module(home), name)
            case ast.Assign(targets=[ast.Name(id=target)]) | ast.AnnAssign(target=ast.Name(id=target)):
                if target == name and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                    return inspect.cleandoc(str(after.value.value))
    return ""


def _cell(text: str) -> str:
    return " ".join(text.replace("``", "`").replace("|", "\\|").split())
