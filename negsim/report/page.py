"""A page of text: headings, paragraphs, tables; laid out by rich, in colour or plain, in Unicode or ASCII."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import field

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from negsim.records import dataclass
from negsim.report.ascii import to_ascii
from negsim.report.words import bar, two_sided_bar

__all__ = ["Column", "Page", "Style"]

_RULED = box.Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
_RULED_ASCII = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)


_WIDEST_NAME = 34

# Stands for a space at which no line ends: rich breaks lines at every kind of space, the no-break space included.
_TIE = "\ue000"

# Blanks that rich fills lines with, and the escapes among them.
_LINE_END = re.compile(r"(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Style:
    """What the place where the page will stand can show."""

    width: int = 80
    colour: bool = False
    ascii_only: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and whether its cells are figures or bars."""

    heading: str
    figures: bool = False
    bars: bool = False
    width: int | None = None


@dataclass(slots=True)
class Page:
    """Collects what is said, then lays it out. All text passes `Page.fit`, so that none breaks a narrow encoding."""

    style: Style = field(default_factory=Style)
    _parts: list[RenderableType] = field(default_factory=list)

    def fit(self, text: str) -> str:
        """Give the text in the signs that the style allows, with figures tied to their percent sign."""
        shown = to_ascii(text) if self.style.ascii_only else text
        return shown.replace(" %", f"{_TIE}%")

    def bar(self, share: float, width: int) -> str:
        """Draw a share as a bar."""
        return bar(share, width, ascii_only=self.style.ascii_only)

    def two_sided_bar(self, share: float, width: int) -> str:
        """Draw a signed share as a bar to one side of an axis."""
        return two_sided_bar(share, width, ascii_only=self.style.ascii_only)

    def headline(self, text: str) -> None:
        """Say the one thing that matters."""
        self._parts.append(Text(self.fit(text), style="bold green"))

    def heading(self, text: str) -> None:
        """Open a section."""
        self._parts += ["", Text(self.fit(text), style="bold cyan")]

    def paragraph(self, text: str, indent: int = 0, style: str = "") -> None:
        """Say something, wrapped."""
        self._parts.append(Padding(Text(self.fit(text), style=style), (0, 0, 0, indent)))

    def item(self, text: str, mark: str = "-") -> None:
        """Say something in a list; its further lines hang below its first."""
        self.pairs([(mark, text)], gap=1)

    def blank(self) -> None:
        """Leave a line free."""
        self._parts.append("")

    def pairs(self, rows: Iterable[tuple[str, str]], *, indent: int = 2, gap: int = 2, widest: int = 0) -> None:
        """Set names, on half the page at most, beside what belongs to them; both columns wrap, each for itself."""
        widest = widest or min(_WIDEST_NAME, (self.style.width - indent - gap) // 2)
        fitted = [(self.fit(name), self.fit(text)) for name, text in rows]
        grid = Table.grid(padding=(0, gap, 0, 0), expand=True)
        grid.add_column(width=min(widest, max((len(name) for name, _ in fitted), default=1)), overflow="fold")
        grid.add_column(overflow="fold", ratio=1)
        for name, text in fitted:
            grid.add_row(Text(name), Text(text))
        self._parts.append(Padding(grid, (0, 0, 0, indent)))

    def table(
        self, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, indent: int = 0, header: bool = True
    ) -> None:
        """Set a table. Its cells wrap; figures stand to the right."""
        table = Table(
            box=_RULED_ASCII if self.style.ascii_only else _RULED,
            padding=(0, 1, 0, 0),
            collapse_padding=False,
            show_edge=False,
            header_style="bold",
            show_header=header,
            pad_edge=False,
        )
        for column in columns:
            table.add_column(
                Text(self.fit(column.heading)),
                justify="right" if column.figures else "left",
                overflow="fold",
                width=column.width,
                style="cyan" if column.bars else "",
                no_wrap=column.bars,
            )
        for row in rows:
            table.add_row(*(Text(self.fit(cell)) for cell in row))
        self._parts.append(Padding(table, (0, 0, 0, indent)))

    def text(self) -> str:
        """Lay the page out."""
        target = io.StringIO()
        console = Console(
            file=target,
            width=self.style.width,
            force_terminal=self.style.colour,
            color_system="standard" if self.style.colour else None,
            no_color=not self.style.colour,
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
            _environ={},
        )
        for part in self._parts:
            console.print(part)
        return _LINE_END.sub(_without_blanks, target.getvalue().replace(_TIE, " "))


def _without_blanks(end: re.Match[str]) -> str:
    return end[0].replace(" ", "")
