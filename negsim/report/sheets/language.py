"""The language of a sheet: its words from a catalogue, the author's from a file of texts, numbers as it has them.

English is what the templates are written in; the other catalogues are the .po files beside this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO

from markupsafe import Markup, escape

from negsim.errors import format_path
from negsim.records import dataclass
from negsim.teaching.sheets import Text

__all__ = ["LANGUAGES", "Language", "catalogue", "language_of"]

LANGUAGES = ("en", "uk", "ru")
"""What sheets can be written in."""

_DECIMALS = 2


def catalogue(code: str) -> NullTranslations:
    """Read the catalogue of a language; English needs none."""
    if code == "en":
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    text = files("negsim.report.sheets").joinpath("locale", f"{code}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(text), locale=code))
    compiled.seek(0)
    return Translations(compiled)


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    ``texts`` are the scenario's own texts in it, by path; ``written_in`` is the language of those that are not there.
    """

    code: str
    words: NullTranslations
    texts: Mapping[str, str] = field(default_factory=dict)
    written_in: str = "en"

    def say(self, message: str, /, **parts: object) -> Markup:
        """Give a message of the catalogue; its parts are escaped, unless they are marked up already."""
        return Markup(self.words.gettext(message)) % {name: escape(part) for name, part in parts.items()}

    def count(self, one: str, many: str, n: int, /, **parts: object) -> Markup:
        """Give a message in the form that goes with a number, which it may name as ``%(n)s``."""
        return Markup(self.words.ngettext(one, many, n)) % {"n": n, **{k: escape(v) for k, v in parts.items()}}

    def text(self, text: Text) -> Markup:
        """Give a text of the scenario, marked where it is in another language than the sheet."""
        return self.of_path(format_path(text.path), text.text)

    def paragraphs(self, text: Text) -> list[Markup]:
        """Give a text as paragraphs, which empty lines part; none where there is no text."""
        whole = self.texts.get(format_path(text.path), text.text)
        is_translated = format_path(text.path) in self.texts
        parts = [part.strip() for part in whole.split("\n\n") if part.strip()]
        return [escape(part) if is_translated else self.of_path("", part) for part in parts]

    def of_path(self, path: str, original: str) -> Markup:
        """Give the text at a path of the scenario; ``original`` is what stands there."""
        translated = self.texts.get(path)
        if translated is not None:
            return escape(translated)
        if not original.strip() or self.written_in == self.code:
            return escape(original)
        return Markup('<span lang="{}">{}</span>').format(self.written_in, original)

    def number(self, number: float) -> str:
        """Write points with two decimals at most, as the language does."""
        from babel.numbers import format_decimal

        rounded = round(number, _DECIMALS) + 0.0
        return str(format_decimal(rounded, format="#,##0.##;−#,##0.##", locale=self.code))

    def signed(self, number: float) -> str:
        """Write points that are added or taken away."""
        return f"+{self.number(number)}" if round(number, _DECIMALS) > 0 else self.number(number)


def language_of(code: str, texts: Mapping[str, str] | None = None, written_in: str = "en") -> Language:
    """Give a language by its code, one of `LANGUAGES`."""
    return Language(code, catalogue(code), texts or {}, written_in)
