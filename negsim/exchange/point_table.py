"""A table of point scores, as spreadsheets write it: issues and options down, a column for each party.

The first row names the columns: ``issue``, ``option``, perhaps ``title``, and the parties. A row ``no deal`` says at
how many points each party walks away. An empty issue cell stands for the one above it, as merged cells do.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from negsim.errors import Problem, ScenarioError
from negsim.records import dataclass
from negsim.scenario.words import listed, nearest, shown

__all__ = ["Column", "Option", "PointTable", "read_point_table"]

_SEPARATORS = "\t;,"
_NO_DEAL = re.compile(r"no[ _-]?deal", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,6})?")
_MOST_COLUMNS, _MOST_ROWS = 200, 20_000


@dataclass(frozen=True, slots=True)
class Column:
    """A party: the name at the head of its column, and its points without a deal."""

    name: str
    no_deal: Fraction


@dataclass(frozen=True, slots=True)
class Option:
    """An option of an issue, with the points of each party, in the order of the columns."""

    issue: str
    name: str
    title: str
    points: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class PointTable:
    """All options in the order of the rows, and the parties in the order of the columns."""

    parties: tuple[Column, ...]
    options: tuple[Option, ...]

    @property
    def issues(self) -> dict[str, tuple[Option, ...]]:
        """The options of each issue, in the order in which issues first appear."""
        found: dict[str, list[Option]] = {}
        for option in self.options:
            found.setdefault(option.issue, []).append(option)
        return {issue: tuple(options) for issue, options in found.items()}


def read_point_table(data: bytes, file: str) -> PointTable:
    r"""Read a table of point scores.

    Parameters
    ----------
    data : bytes
        CSV with commas, semicolons or tabs, in UTF-8 (with or without a mark at its beginning) or UTF-16 with one. With
        semicolons, a comma may stand before decimals.
    file : str
        The name that problems carry.

    Raises
    ------
    ScenarioError
        With every cell that is wrong, by row and column.

    Examples
    --------
    >>> table = read_point_table(b"issue,option,Ann,Bob\nPay,low,0,60\n,high,60,0\nno deal,,30,20\n", "pay.csv")
    >>> [(option.issue, option.name, *map(int, option.points)) for option in table.options]
    [('Pay', 'low', 0, 60), ('Pay', 'high', 60, 0)]
    >>> [(party.name, int(party.no_deal)) for party in table.parties]
    [('Ann', 30), ('Bob', 20)]
    """
    return _Reading(file).table(_rows(data, file))


def _rows(data: bytes, file: str) -> list[list[str]]:
    """Split a file into rows of cells without blanks around them; empty rows stay, so that rows keep their numbers."""
    text = _text(data, file)
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=head.count)
    rows = []
    try:
        for row in csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True):
            rows.append([" ".join(cell.split()) for cell in row])
            if len(rows) > _MOST_ROWS or len(row) > _MOST_COLUMNS:
                raise _refusal(
                    f"{file} has more than {_MOST_ROWS:,} rows or {_MOST_COLUMNS} columns: no table of points"
                )
    except csv.Error as error:
        raise _refusal(
            f"{file}, after row {len(rows)}: {error}", "is there a quotation mark that is never closed?"
        ) from None
    if separator == ";":
        return [[_with_point(cell) for cell in row] for row in rows]
    return rows


def _text(data: bytes, file: str) -> str:
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _refusal(f"{file} is not in UTF-8", "save it as “CSV UTF-8”") from None
    if "\0" in text:
        raise _refusal(f"{file} holds no text", "save the spreadsheet as CSV; a workbook cannot be read")
    return text


def _with_point(cell: str) -> str:
    """Put a point for the comma before decimals."""
    return cell.replace(",", ".") if re.fullmatch(r"[+\u2212-]?[0-9]+,[0-9]+", cell) else cell


def _refusal(message: str, hint: str = "") -> ScenarioError:
    return ScenarioError((Problem("", message, help=hint),))


class _Reading:
    """One pass over the rows, which collects what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.heads: list[str] = []
        self.places: dict[str, int] = {}
        self.parties: list[int] = []

    def table(self, rows: Sequence[Sequence[str]]) -> PointTable:
        numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
        if not numbered:
            raise _refusal(f"{self.file} is empty", "its first row names the columns: issue, option, and the parties")
        (first, head), *body = numbered
        self._read_head(first, head)
        if self.problems:
            raise ScenarioError(tuple(self.problems))
        no_deal, options = self._read_body(body)
        if no_deal is None:
            self._report("there is no row 'no deal'", "add one, with the points at which each party walks away")
        if not options and not self.problems:
            self._report("there is no option", "each row below the first holds an issue, an option and points")
        if self.problems or no_deal is None:
            raise ScenarioError(tuple(self.problems))
        columns = (Column(self.heads[k], points) for k, points in zip(self.parties, no_deal, strict=True))
        return PointTable(tuple(columns), tuple(options))

    def _report(self, message: str, hint: str = "", row: int = 0, column: int | None = None) -> None:
        where = f", row {row}" if row else ""
        if column is not None:
            name = self.heads[column] if column < len(self.heads) else ""
            where += f", column {_letters(column)}{f' ({name})' if name else ''}"
        self.problems.append(Problem("", f"{self.file}{where}: {message}", help=hint))

    def _read_head(self, number: int, head: Sequence[str]) -> None:
        self.heads = list(head)
        while self.heads and not self.heads[-1]:
            self.heads.pop()
        for k, name in enumerate(self.heads):
            key = name.casefold()
            if not name:
                self._report("the column has no name", "name the party, or delete the column", number, k)
            elif key in self.places:
                self._report(f"there are two columns {shown(name)}", "", number, k)
            else:
                self.places[key] = k
        for key in ("issue", "option"):
            if key not in self.places:
                near = nearest(key, self.places)
                hint = (
                    f"is it {shown(near)}?"
                    if near
                    else "the first row names the columns: issue, option, and the parties"
                )
                self._report(f"there is no column '{key}'", hint, number)
        self.parties = [k for key, k in self.places.items() if key not in {"issue", "option", "title"}]
        if not self.problems and len(self.parties) < 2:
            self._report(
                "there are fewer than two parties", "each column beside issue, option and title is one", number
            )

    def _read_body(self, body: Sequence[tuple[int, Sequence[str]]]) -> tuple[tuple[Fraction, ...] | None, list[Option]]:
        options: list[Option] = []
        no_deal: tuple[Fraction, ...] | None = None
        seen: dict[tuple[str, str], int] = {}
        spelled: dict[str, str] = {}
        issue, no_deal_row = "", 0
        for number, row in body:
            named = self._cell(row, "issue")
            self._check_width(number, row)
            points = tuple(self._points(number, row))
            if _NO_DEAL.fullmatch(named):
                if no_deal_row:
                    self._report(f"row {no_deal_row} says what no deal is worth already", "", number)
                no_deal, no_deal_row = points, number
                continue
            issue = spelled.setdefault(named.casefold(), named) if named else issue
            option = self._option(number, row, issue)
            first = seen.setdefault((issue.casefold(), option.casefold()), number)
            if option and first != number:
                self._report(
                    f"{issue} has the option {shown(option)} already, in row {first}", "", number, self.places["option"]
                )
            options.append(Option(issue, option, self._cell(row, "title") or option, points))
        return no_deal, options

    def _option(self, number: int, row: Sequence[str], issue: str) -> str:
        option = self._cell(row, "option")
        if not issue:
            self._report(
                "the first option has no issue", "name it; rows below may leave it empty", number, self.places["issue"]
            )
        if not option:
            self._report("the option has no name", "", number, self.places["option"])
        return option

    def _check_width(self, number: int, row: Sequence[str]) -> None:
        beyond = [k for k in range(len(self.heads), len(row)) if row[k]]
        if beyond:
            message = f"{shown(row[beyond[0]])} stands in a column that has no name"
            self._report(message, "is there a separator too many?", number, beyond[0])

    def _points(self, number: int, row: Sequence[str]) -> Iterator[Fraction]:
        for k in self.parties:
            text = (row[k] if k < len(row) else "").replace("\u2212", "-")
            if _NUMBER.fullmatch(text):
                yield Fraction(text)
                continue
            self._report("there are no points" if not text else f"{shown(text)} is no number", _how(text), number, k)
            yield Fraction(0)

    def _cell(self, row: Sequence[str], key: str) -> str:
        place = self.places.get(key, len(row))
        return row[place] if place < len(row) else ""


def _how(text: str) -> str:
    """Say what a number looks like, to whoever wrote this."""
    if not text:
        return "write 0 if the option is worth nothing"
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", text):
        return "a comma before decimals needs semicolons between columns"
    if re.fullmatch(r"[+-]?[0-9.,' ]+", text):
        return "write digits and at most one decimal point, without separators of thousands"
    return f"a cell holds a number alone, such as {listed(['30', '-4', '2.5'])}"


def _letters(column: int) -> str:
    """Name a column as spreadsheets do: A, B, ..., Z, AA."""
    letters = ""
    column += 1
    while column:
        column, last = divmod(column - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters
