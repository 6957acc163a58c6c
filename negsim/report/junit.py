"""What checking found, in the form of JUnit that build servers read: a suite a file, a case a check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from negsim.errors import Problem, Severity
from negsim.report.text_check import judged_text, judgement_words

if TYPE_CHECKING:
    from negsim.checks.file_report import FileReport

__all__ = ["junit_text"]

Case = tuple[str, str, str, str]
"""The name of a case, what it came to (``passed``, ``failure``, ``error`` or ``skipped``), a message and more."""


def junit_text(reports: Sequence[FileReport]) -> str:
    """Write what was found in some files as XML. Times are left out, so that the same findings give the same text."""
    root = ET.Element("testsuites", name="negsim check")
    for report in reports:
        cases = list(_cases(report))
        suite = ET.SubElement(
            root,
            "testsuite",
            name=report.file,
            tests=str(len(cases)),
            failures=str(sum(case[1] == "failure" for case in cases)),
            errors=str(sum(case[1] == "error" for case in cases)),
            skipped=str(sum(case[1] == "skipped" for case in cases)),
        )
        for name, outcome, message, more in cases:
            case = ET.SubElement(suite, "testcase", classname=report.file, name=name)
            if outcome != "passed":
                ET.SubElement(case, outcome, message=_clean(message)).text = _clean(more)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _cases(report: FileReport) -> Iterator[Case]:
    if not report.usable:
        yield "load", "error", _first(report.problems), _all(report.problems)
        return
    warnings = [one for one in report.problems if one.severity is not Severity.NOTE]
    if report.replay is None:
        yield "lint", "failure" if warnings else "passed", _first(warnings), _all(warnings)
    for judged in report.judged:
        words, problem = judgement_words(judged.judgement), judged.problem
        outcome = "passed" if problem is None else "skipped" if problem.code == "NS602" else "failure"
        yield (
            f"expect:{judged.judgement.expectation.id}",
            outcome,
            words,
            "" if problem is None else judged_text(judged, report.file),
        )
    for one in report.theorems:
        outcome = {"fails": "failure", "holds": "passed"}.get(one.verdict.value, "skipped")
        yield f"theorem:{one.theorem}", outcome, one.detail, one.where
    if report.replay is not None:
        found = report.all_problems
        yield "replay", "failure" if found else "passed", _first(found), _all(found)


def _first(problems: Sequence[Problem]) -> str:
    return f"{problems[0].code}: {problems[0].message}" if problems else ""


def _all(problems: Sequence[Problem]) -> str:
    return "\n".join(str(problem) for problem in problems)


def _clean(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or c >= " ")
