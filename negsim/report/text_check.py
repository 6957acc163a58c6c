"""What checking found, as text: problems with their places, what was judged, and a line that sums up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from negsim.errors import Severity, format_path
from negsim.report.words import count, exact_percent

if TYPE_CHECKING:
    from negsim.checks.file_report import FileReport, Judged
    from negsim.checks.judging.bounds import Bounds
    from negsim.checks.judging.verdicts import Edit, Figure, Judgement
    from negsim.checks.questions import Answer
    from negsim.checks.replaying import Replay
    from negsim.errors import Place, Problem

__all__ = ["check_text", "edits_text", "file_text", "judged_text", "judgement_words"]

_INDENT = "    "


def check_text(reports: Sequence[FileReport]) -> str:
    """Say what was found in some files."""
    parts = [line for report in reports for line in _of_file(report)]
    if parts:
        parts.append("")
    return "\n".join([*parts, _summary(reports)])


def file_text(report: FileReport) -> str:
    """Say what was found in one file, without summing up."""
    return "\n".join(_of_file(report))


def judged_text(judged: Judged, file: str) -> str:
    """Say what was found of one expectation."""
    return "\n".join(_of_judged(judged, file))


def edits_text(edits: Sequence[Edit], places: Sequence[Place | None]) -> str:
    """Say what is changed, each change with its place and what stood there."""
    return "\n".join(line for edit, place in zip(edits, places, strict=True) for line in _edit_words(edit, place))


def _of_file(report: FileReport) -> Iterator[str]:
    for problem in report.problems:
        yield str(problem)
    for judged in report.judged:
        yield from _of_judged(judged, report.file)
    yield from (str(problem) for problem in report.of_theorems)
    yield from (str(problem) for problem in report.of_coverage)
    for answer in report.answers:
        yield from _of_answer(answer, report.file)
    if report.replay is not None:
        yield from _of_replay(report, report.replay)
    if report.n_left_out:
        why = "when it was stopped" if report.stopped else "after --max-failures"
        yield f"{report.file}: {count(report.n_left_out, 'expectation')} left out {why}"


def _of_answer(answer: Answer, file: str) -> Iterator[str]:
    about = f" ({answer.subject})" if answer.subject else ""
    counted = f", in {answer.n_yes} of {count(answer.n_cases, 'world')}" if answer.n_cases else ""
    yield f"{file}: {answer.question}{about}: {answer.verdict.value}{counted}"
    if answer.detail:
        yield _INDENT + answer.detail
    if answer.example:
        yield f"{_INDENT}for example: {answer.example}"


def _of_judged(judged: Judged, file: str) -> Iterator[str]:
    judgement, problem = judged.judgement, judged.problem
    if problem is None:
        yield f"{file}: {judgement.expectation.id} {judgement_words(judgement)}"
        return
    yield str(problem)
    yield _INDENT + judgement_words(judgement)
    if judgement.expectation.because:
        yield f"{_INDENT}because: {judgement.expectation.because}"
    if judgement.broken is not None:
        yield from _of_broken(judged)


def judgement_words(judgement: Judgement) -> str:
    """Say what kind of answer a judgement is, and of what it is told."""
    several = len({figure.text for figure in judgement.figures}) < len(judgement.figures)
    figures = _path_words(judgement.figures) if several else "; ".join(map(_figure_words, judgement.figures))
    match judgement.kind.value:
        case "proved":
            return f"is proved ({judgement.scope})" + (f": {figures}" if figures else "")
        case "holds in cases":
            return f"holds in {count(judgement.n_cases, 'case')} ({judgement.scope})" + (
                f": {figures}" if figures else ""
            )
        case "counterexample":
            what = judgement.broken.shown if judgement.broken else figures
            return f"counterexample ({judgement.scope}): {what}"
    if judgement.n_cases == 0:
        return f"cannot be judged: {judgement.reason}"
    return f"undecided: {_open_words(judgement, figures)}"


def _open_words(judgement: Judgement, figures: str) -> str:
    if judgement.reason:
        return judgement.reason
    needed = judgement.n_needed
    if needed is None:
        more = "more worlds may decide; --worlds takes more"
    elif needed > 1e12:
        more = "no number of worlds tells that two results are equal"
    else:
        more = f"about {_round_up(needed):,} worlds would decide; --worlds takes more"
    return f"{figures} ({judgement.scope}); {more}"


def _round_up(n: float) -> int:
    """Round up to two digits, since it is a guess."""
    digits = max(0, len(str(int(n))) - 2)
    return -(-int(n) // 10**digits) * 10**digits


def _figure_words(figure: Figure) -> str:
    at = "" if figure.at is None else f" at {figure.at:g}"
    return f"{figure.text} is {_bounds_words(figure.bounds, share=figure.text.startswith('p_'))}{at}"


def _path_words(figures: Sequence[Figure]) -> str:
    """Say how results go from one end to the other."""
    names = list(dict.fromkeys(figure.text for figure in figures))
    parts = []
    for name in names:
        own = [figure for figure in figures if figure.text == name]
        share = name.startswith("p_")
        told = ", ".join(
            exact_percent(one.bounds.estimate, 1) if share else f"{one.bounds.estimate:.4g}" for one in own
        )
        told += " %" if share else ""
        first, last = own[0].at, own[-1].at
        ends = " before and after" if first is None or last is None else f" from {first:g} to {last:g}"
        parts.append(f"{name} goes {told}{ends}")
    return "; ".join(parts)


def _value_words(value: float, *, share: bool) -> str:
    return f"{exact_percent(value, 1)} %" if share else f"{value:.4g}"


def _bounds_words(bounds: Bounds, *, share: bool) -> str:
    if bounds.low == bounds.high:
        return _value_words(bounds.estimate, share=share)
    if not share:
        return f"{bounds.estimate:.4g} ({bounds.low:.4g} to {bounds.high:.4g})"
    told, low, high = (exact_percent(one, 1) for one in (bounds.estimate, bounds.low, bounds.high))
    return f"{told} % ({low} to {high})"


def _of_broken(judged: Judged) -> Iterator[str]:
    made = judged.counterexample
    if made is None:
        moved = judged.judgement.broken.moved if judged.judgement.broken else ()
        for factor, value in moved:
            yield f"{_INDENT}where {format_path(factor.path)} is {value:g}"
        return
    if not made.edits:
        yield f"{_INDENT}in the central world of the file, as it stands"
    for edit, place in zip(made.edits, made.places, strict=True):
        yield from (_INDENT + line for line in _edit_words(edit, place))
    if made.written:
        yield f"{_INDENT}saved as {made.path}"
    if made.unwritten:
        yield f"{_INDENT}not saved, {made.path} cannot be written: {made.unwritten}; name another folder with --save"


def _edit_words(edit: Edit, place: Place | None) -> Iterator[str]:
    where = f"{place.file}:{place.line}:{place.column}: " if place else ""
    yield where + format_path(edit.path)
    yield f"  - {edit.stood or '(left out)'}"
    if edit.value != "null":
        yield f"  + {edit.value}"


def _of_replay(report: FileReport, replay: Replay) -> Iterator[str]:
    problems = [one for one in report.all_problems if one not in report.problems]
    yield from (str(problem) for problem in problems)
    if replay.stands is False:
        yield f"{report.file}: fixed: {replay.of} no longer breaks {replay.expect} with these changes"
    if replay.reason and replay.stands is not None:
        yield f"{_INDENT}{replay.reason}"
    if replay.reason and replay.stands is False:
        yield f"{_INDENT}other values may break it: negsim check {replay.of} --checks expect:{replay.expect} looks"


def _summary(reports: Sequence[FileReport]) -> str:
    problems = [problem for report in reports for problem in report.all_problems]
    kinds = [count(n, kind) for kind in Severity if (n := _count(problems, kind))]
    n_met = sum(one.problem is None for report in reports for one in report.judged)
    n_hold = sum(one.verdict.value == "holds" for report in reports for one in report.theorems)
    met = [count(n_met, "expectation") + " met"] if n_met else []
    hold = [f"{count(n_hold, 'theorem')} {'holds' if n_hold == 1 else 'hold'}"] if n_hold else []
    said = "; ".join([", ".join(kinds) or "nothing to report", *([", ".join([*met, *hold])] if met or hold else [])])
    codes = sorted({problem.code for problem in problems})
    more = f" `negsim explain {codes[0]}` says more." if codes else ""
    return f"{count(len(reports), 'file')} checked: {said}.{more}"


def _count(problems: Sequence[Problem], kind: Severity) -> int:
    return sum(problem.severity is kind for problem in problems)
