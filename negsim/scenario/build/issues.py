"""Issues: their options or scale, and the conditions under which they arise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from math import lcm

from negsim.errors import Path
from negsim.scenario.build.conditions import build_optional_condition
from negsim.scenario.build.context import Context, IssueIndex, exact_at, first_word
from negsim.scenario.conditions import IssueNames, Names
from negsim.scenario.exact import decimal_text, exact_number
from negsim.scenario.findings import Findings
from negsim.scenario.schema import IssueShape
from negsim.scenario.types import Issue, IssueKind
from negsim.scenario.words import listed, shown

__all__ = ["MOST_LEVELS", "build_issues", "option_title"]

MOST_LEVELS = 100_000
_MOST_CIRCLES = 10


def option_title(option: str) -> str:
    """Make a title of an option's id, for options that have none of their own.

    >>> option_title("line_of_contact")
    'line of contact'
    """
    return option.replace("_", " ")


def build_issues(shapes: Mapping[str, IssueShape], bad_ids: frozenset[str], findings: Findings) -> Context:
    """Build every issue; what cannot be used is left out and marked as broken."""
    bare: dict[str, IssueIndex] = {}
    n_levels = 0
    for issue_id, shape in shapes.items():
        built = _build_bare(issue_id, shape, findings, MOST_LEVELS - n_levels)
        if built is None:
            findings.mark_broken(("issues", issue_id))
            continue
        n_levels += len(built.levels)
        bare[issue_id] = IssueIndex(built, {option: index for index, option in enumerate(built.options)})
    names = Names([_names(index.issue, shapes[issue_id]) for issue_id, index in bare.items()])
    order = {issue_id: rank for rank, issue_id in enumerate(bare)}
    suspects: dict[str, list[str]] = {}
    for name in bad_ids | findings.broken_names(("issues",)):
        suspects.setdefault(first_word(name), []).append(name)
    context = Context(findings, bare, names, order, suspects)
    issues = {
        issue_id: replace(index, issue=_with_when(index.issue, shapes[issue_id], context))
        for issue_id, index in bare.items()
    }
    _report_circles(issues, order, findings)
    return replace(context, issues=issues)


def _names(issue: Issue, shape: IssueShape) -> IssueNames:
    return IssueNames(
        id=issue.id,
        kind=issue.kind.value,
        options=issue.options,
        levels=issue.levels,
        unit=issue.unit,
        conditional="when" in shape.written,
    )


def _build_bare(issue_id: str, shape: IssueShape, findings: Findings, room: int) -> Issue | None:
    """Build an issue without its ``when``."""
    root = ("issues", issue_id)
    if any(findings.is_broken((*root, key)) for key in ("options", "scale", "step", "kind")):
        return None
    if not _fits_kind(issue_id, shape, findings):
        return None
    if shape.scale:
        levels = _build_levels(root, shape, findings, room)
        options = tuple(decimal_text(level) for level in levels)
        titles = tuple(f"{option} {shape.unit}".rstrip() for option in options)
        kind = IssueKind.NUMERIC
    else:
        levels = ()
        options = _distinct_options(root, shape, findings)
        titles = tuple(title or option_title(option) for option, title in shape.options)
        kind = IssueKind(shape.kind or "categorical")
    if not options:
        return None
    return Issue(
        issue_id,
        shape.title,
        kind,
        options,
        titles,
        levels,
        shape.unit,
        indivisible=shape.indivisible,
        about=shape.about,
    )


def _fits_kind(issue_id: str, shape: IssueShape, findings: Findings) -> bool:
    """Check that the keys given are those of one kind of issue."""
    root = ("issues", issue_id)
    numeric = shape.kind == "numeric" or (not shape.kind and bool(shape.scale))
    kind = shape.kind or ("numeric" if shape.scale else "categorical")
    if not shape.kind and not shape.scale and not shape.options:
        help = "add options: [...], or scale: 0..50 and step: 5"
        findings.report("NS202", (*root, "options"), f"issues.{issue_id} has neither options nor a scale", help=help)
        return False
    given = {
        "options": shape.options,
        "scale": shape.scale,
        "step": shape.step is not None,
        "unit": shape.unit,
        "indivisible": shape.indivisible,
    }
    needed, barred = (
        (("scale", "step"), ("options", "indivisible")) if numeric else (("options",), ("scale", "step", "unit"))
    )
    missing = [key for key in needed if not given[key]]
    excess = [key for key in barred if given[key]]
    for key in missing:
        findings.report("NS202", (*root, key), f"issues.{issue_id} is {kind} and has no {key}", help=f"add {key}:")
    for key in excess:
        message = f"issues.{issue_id} is {kind}, which {key} does not go with"
        help = f"{kind} issues have {listed(needed, 'and')}"
        findings.report("NS412", (*root, key), message, help=help, on_key=True)
    return not missing and not excess


def _build_levels(root: Path, shape: IssueShape, findings: Findings, room: int) -> tuple[Fraction, ...]:
    low_text, high_text = shape.scale.split("..")
    low, high = exact_number(low_text), exact_number(high_text)
    step = exact_at(findings, (*root, "step"), shape.step)
    scale_path, step_path = (*root, "scale"), (*root, "step")
    if low is None or high is None or step is None:
        path = step_path if step is None else scale_path
        findings.report("NS412", path, "a scale has at most 18 digits on each side of the point")
    elif low >= high:
        help = f"write {high_text}..{low_text}" if low > high else "an issue with one level is settled"
        findings.report("NS412", scale_path, f"the scale {shape.scale} does not rise", help=help)
    elif step <= 0:
        findings.report("NS412", step_path, f"the step must be above 0, not {decimal_text(step)}")
    elif (high - low) % step:
        message = f"the step {decimal_text(step)} does not divide the scale {shape.scale}"
        last = decimal_text(low + (high - low) // step * step)
        findings.report("NS412", step_path, message, help=f"the last level would be {last}")
    elif (high - low) / step >= room:
        count = (high - low) // step + 1
        message = f"the scale {shape.scale} has {count:,} levels; all scales together may have {MOST_LEVELS:,}"
        findings.report("NS412", scale_path, message, help="take a larger step")
    else:
        return _rise(low, step, int((high - low) // step))
    return ()


def _rise(low: Fraction, step: Fraction, n_steps: int) -> tuple[Fraction, ...]:
    """List levels; over one denominator, since adding fractions is slow and a scale may have 100,000 levels."""
    denominator = lcm(low.denominator, step.denominator)
    start, rise = int(low * denominator), int(step * denominator)
    numerators = range(start, start + n_steps * rise + 1, rise)
    # A fraction made of one whole number is not reduced, which takes a third of the time.
    return tuple(Fraction(n) if denominator == 1 else Fraction(n, denominator) for n in numerators)


def _distinct_options(root: Path, shape: IssueShape, findings: Findings) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    for position, (option, _) in enumerate(shape.options):
        if option in seen:
            path = (*root, "options", str(position))
            findings.report("NS205", path, f"the option {shown(option)} is listed twice", breaks=False)
        seen.setdefault(option, position)
    return tuple(option for option, _ in shape.options)


def _with_when(issue: Issue, shape: IssueShape, context: Context) -> Issue:
    path = ("issues", issue.id, "when")
    return replace(issue, when=build_optional_condition(shape, "when", path, context))


def _report_circles(issues: Mapping[str, IssueIndex], order: Mapping[str, int], findings: Findings) -> None:
    """Report circles of issues that arise depending on one another, each once."""
    waiting = {name: set(index.issue.when.issues) for name, index in issues.items() if index.issue.when is not None}
    for _ in range(_MOST_CIRCLES):
        try:
            TopologicalSorter(waiting).prepare()
        except CycleError as error:
            circle = error.args[1][:0:-1]
            first = min(circle, key=order.__getitem__)
            turned = [*circle[circle.index(first) :], *circle[: circle.index(first)], first]
            message = f"whether {first} arises depends on itself: {' -> '.join(turned[:8])}"
            findings.report("NS409", ("issues", first, "when"), message, help="let one of them arise always")
            waiting = {name: needs for name, needs in waiting.items() if name not in circle}
        else:
            return
