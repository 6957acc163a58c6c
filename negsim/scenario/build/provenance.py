"""Sources, and which parts of the scenario come from which."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.errors import Path, format_path
from negsim.scenario.build.context import Context
from negsim.scenario.schema import ProvenanceShape, ScenarioShape
from negsim.scenario.types import Provenance, Source
from negsim.scenario.words import shown

__all__ = ["all_paths", "build_provenance", "build_sources"]


def build_sources(shape: ScenarioShape) -> tuple[Source, ...]:
    """Build the sources as they are written."""
    return tuple(
        Source(source_id, item.title, item.publisher, item.date, item.date_is, item.url, item.about)
        for source_id, item in shape.sources.items()
    )


def build_provenance(shape: ScenarioShape, context: Context) -> tuple[Provenance, ...]:
    """Build the provenance table; every prefix must name something, every source be listed."""
    if not shape.provenance:
        return ()
    known = {format_path(path): path for path in all_paths(context.findings.document.tree, ())}
    known |= {dotted: named.path for dotted, named in context.quantities.items()}
    built = []
    for dotted, item in shape.provenance.items():
        path = ("provenance", dotted)
        prefix = known.get(dotted) or known.get(format_path(context.canonical(dotted)))
        if prefix is None:
            help = context.findings.suggest(dotted, known)
            context.findings.report("NS413", path, f"there is nothing at {shown(dotted)}", help=help, on_key=True)
            continue
        _check_item(item, path, shape, context)
        built.append(Provenance(prefix, item.source, item.words, item.by, item.assumed, item.note))
    return tuple(built)


def all_paths(value: object, path: Path) -> Iterator[Path]:
    """List the paths of all that stands below a path, but for the head of the file."""
    if isinstance(value, dict):
        for key, item in value.items():
            if path or key not in ("negsim", "base", "provenance", "sources"):
                yield (*path, key)
                yield from all_paths(item, (*path, key))


def _check_item(item: ProvenanceShape, path: Path, shape: ScenarioShape, context: Context) -> None:
    findings = context.findings
    if findings.is_broken(path) or findings.broken_names(path):
        return
    if not item.source and not item.assumed:
        help = "add source: ID, or assumed: the reason"
        findings.report("NS413", path, f"{path[1]} has neither a source nor a reason", help=help, on_key=True)
    for key in ("words", "by"):
        if getattr(item, key) and not item.source:
            message = f"{key} says whose words these are, but no source is named"
            findings.report("NS413", (*path, key), message, help="add source: ID", on_key=True)
    if item.source and item.source not in shape.sources and not findings.is_broken(("sources", item.source)):
        help = findings.suggest(item.source, shape.sources)
        findings.report("NS413", (*path, "source"), f"there is no source {shown(item.source)}", help=help)
