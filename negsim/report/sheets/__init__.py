"""Sheets to print: general information, one sheet a role, an agreement form, and the instructor's pack."""

from __future__ import annotations

from negsim.report.sheets.language import LANGUAGES, language_of
from negsim.report.sheets.pages import INSTRUCTOR, sheet_pages
from negsim.report.sheets.points_csv import points_csv

__all__ = ["INSTRUCTOR", "LANGUAGES", "language_of", "points_csv", "sheet_pages"]
