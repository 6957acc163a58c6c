"""The agreement forms of a class, typed into a table: which rows can be read, and what is wrong with the others."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from io import StringIO

from negsim.errors import UsageError
from negsim.model.structure import Structure
from negsim.records import dataclass
from negsim.scenario.types import IRRELEVANT, Issue, IssueKind, Scenario
from negsim.scenario.words import did_you_mean
from negsim.teaching.reading import level_number, named_option, nearest_level
from negsim.zone.deal_options import choices_of_options

__all__ = ["BadRow", "Form", "Forms", "column_of", "decoded", "read_forms"]

GROUP = "group"
"""The column that names the group of a row."""

_ISSUE = "issue:"
"""What may stand before the id of any issue, and has to where the id alone means another column."""

_NO_DEAL = {"no deal", "no agreement", "nodeal", "no-deal", "no_deal", "impasse"}
_DELIMITERS = ",;\t"
_MOST_BYTES = 2**22


@dataclass(frozen=True, slots=True)
class Form:
    """One group's form: the choice of every issue by position, None where there was no deal.

    ``others`` are the columns that are neither the group nor an issue, such as names: ``(column, value)``.
    """

    line: int
    group: str
    deal: Mapping[str, int] | None
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read: its line in the file, the column and the value that are wrong, and what is.

    ``column`` is empty where the row as a whole is wrong.
    """

    line: int
    group: str
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Forms:
    """All rows of a table, those that can be read and those that cannot, in the order of their lines."""

    good: tuple[Form, ...]
    bad: tuple[BadRow, ...]
    dropped: tuple[str, ...]


def column_of(issue: str, taken: Collection[str] = (GROUP,)) -> str:
    """Name the column of an issue, by its id; ``taken`` are names that mean another column.

    >>> column_of("price"), column_of("group")
    ('price', 'issue:group')
    """
    return f"{_ISSUE}{issue}" if issue in taken else issue


def decoded(data: bytes, name: str) -> str:
    """Read the text of a table as UTF-8, or as UTF-16 where a byte order mark says so.

    Raises
    ------
    UsageError
        If it is neither, or nothing at all.
    """
    if len(data) > _MOST_BYTES:
        raise UsageError(f"{name} has more than {_MOST_BYTES >> 20} MiB; a table of forms is small")
    is_utf_16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = data.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UsageError(
            f"{name}, line {line}: not UTF-8 text; save the table as “CSV UTF-8”, not as “CSV” or a workbook"
        ) from None
    if "\0" in text:
        raise UsageError(f"{name} is no table of text; save it as “CSV UTF-8”")
    if not text.strip():
        raise UsageError(f"{name} is empty; its first line names the columns: {GROUP} and the issues")
    return text


def read_forms(text: str, scenario: Scenario, structure: Structure, name: str = "forms") -> Forms:
    """Read a table of forms: a line of column names, then a row for each group.

    Parameters
    ----------
    text : str
        Values between commas, semicolons or tabs, whichever its first line has most of.
    scenario, structure : Scenario and Structure
        What was negotiated, compiled.
    name : str
        What to call the table where something is wrong with it.

    Raises
    ------
    UsageError
        If a column is missing or stands twice: then no row can be read.
    """
    lines = text.splitlines(keepends=True)
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((start, [cell.strip() for cell in row]))
            start = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(f"{name}, line {reader.line_num}: {error}") from None
    columns = _columns(rows[0][1], scenario, name)
    return _read_rows(rows[1:], rows[0][1], columns, scenario, structure)


def _columns(header: Sequence[str], scenario: Scenario, name: str) -> dict[str, int]:
    """Find the column of the group and of each issue, by id or title; by the names of `column_of`."""
    wanted = {GROUP: {GROUP}}
    for issue in scenario.issues:
        names = {issue.id, issue.title.casefold(), f"{_ISSUE}{issue.id}"}
        wanted[column_of(issue.id)] = names - {GROUP}
    found: dict[str, int] = {}
    for place, title in enumerate(header):
        for key, names in wanted.items():
            if title.casefold() in names:
                if key in found:
                    raise UsageError(f"{name}: the column {title!r} stands twice")
                found[key] = place
                break
    missing = [key for key in wanted if key not in found]
    if missing:
        others = [title for place, title in enumerate(header) if place not in found.values() and title]
        hints = "; ".join(f"there is {title!r}, {did_you_mean(title, missing)}" for title in others[:5])
        raise UsageError(
            f"{name} has no column {', '.join(map(repr, missing))}; it needs one named {GROUP} and one for each issue"
            + (f" ({hints})" if hints else "")
        )
    return found


def _read_rows(
    rows: Sequence[tuple[int, list[str]]],
    header: Sequence[str],
    columns: Mapping[str, int],
    scenario: Scenario,
    structure: Structure,
) -> Forms:
    good: list[Form] = []
    bad: list[BadRow] = []
    lines: dict[str, int] = {}
    others = _numbered((place, title) for place, title in enumerate(header) if place not in columns.values() and title)
    for line, cells in rows:
        found = _read_row(line, [*cells, *[""] * (len(header) - len(cells))], len(header), columns, scenario, structure)
        if isinstance(found, Form) and found.group.casefold() in lines:
            first = lines[found.group.casefold()]
            message = f"the group has a form in line {first} already, which counts"
            found = BadRow(line, found.group, GROUP, found.group, message)
        if isinstance(found, BadRow):
            bad.append(found)
            continue
        lines[found.group.casefold()] = line
        told = tuple((title, cells[place]) for place, title in others if place < len(cells))
        good.append(Form(found.line, found.group, found.deal, told))
    return Forms(tuple(good), tuple(bad), tuple(title for _, title in others))


def _numbered(columns: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Tell columns of the same title apart by a number, so that none is lost."""
    found: dict[str, int] = {}
    every = list(columns)
    titles = {title for _, title in every}
    for place, title in every:
        name, n = title, 1
        while name in found or (n > 1 and name in titles):
            n += 1
            name = f"{title} ({n})"
        found[name] = place
    return [(place, name) for name, place in found.items()]


def _read_row(  # all of it is the row
    line: int, cells: list[str], n_columns: int, columns: Mapping[str, int], scenario: Scenario, structure: Structure
) -> Form | BadRow:
    group = cells[columns[GROUP]]
    if len(cells) > n_columns and any(cells[n_columns:]):
        # Which of them is one too many nobody knows, and it may be a name.
        return BadRow(line, group, "", "", f"it has more values than columns: {len(cells)}, not {n_columns}")
    if not group:
        return BadRow(line, "", GROUP, "", "the group has no name; a number or a pseudonym will do")
    given = {issue.id: cells[columns[column_of(issue.id)]] for issue in scenario.issues}
    said = {name: value for name, value in given.items() if value}
    refused = [name for name, value in said.items() if value.casefold() in _NO_DEAL]
    if refused and all(value.casefold() in _NO_DEAL for value in said.values()):
        return Form(line, group, None)
    if refused:
        message = "it says that there is no deal, and another column names an option"
        return BadRow(line, group, refused[0], said[refused[0]], message)
    if not said:
        return BadRow(line, group, "", "", "no issue is filled in; where there was no deal, write: no deal")
    return _deal(line, group, said, scenario, structure)


def _deal(line: int, group: str, said: Mapping[str, str], scenario: Scenario, structure: Structure) -> Form | BadRow:
    pairs = []
    for issue in scenario.issues:
        if issue.id not in said:
            continue
        choice, problem = _choice(issue, said[issue.id])
        if choice is None:
            return BadRow(line, group, issue.id, said[issue.id], problem)
        pairs.append((issue.id, choice))
    try:
        chosen = choices_of_options(scenario, structure, pairs)
    except UsageError as error:
        (column, *_) = (*(issue.id for issue in scenario.issues if issue.id not in said and issue.when is None), "")
        return BadRow(line, group, column, "", " ".join(str(error).split()))
    return Form(line, group, {issue.id: int(k) for issue, k in zip(scenario.issues, chosen, strict=True)})


def _choice(issue: Issue, value: str) -> tuple[str | None, str]:
    """Find the choice that a cell means, by id, title or number; or what is wrong with it."""
    if issue.when is not None and value.casefold() in (IRRELEVANT, "does not arise", "-", "–"):
        return IRRELEVANT, ""
    if issue.kind is IssueKind.NUMERIC:
        return _level(issue, value)
    found = named_option(issue, value)
    if found is not None:
        return issue.options[found], ""
    known = [*issue.options, *(title for title in issue.option_titles if title)]
    return None, f"there is no such option; {did_you_mean(value, known)}"


def _level(issue: Issue, value: str) -> tuple[str | None, str]:
    """Read a level with or without its unit, with a point or a comma; it must be one of the scale."""
    number = level_number(issue, value)
    if number is None:
        low, high = issue.options[0], issue.options[-1]
        return None, f"it must be a number from {low} to {high}"
    near = nearest_level(issue, number)
    if issue.levels[near] == number:
        return issue.options[near], ""
    return None, f"it is no level of the scale; the nearest is {issue.options[near]}"
