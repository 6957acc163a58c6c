"""What a planted fault is: a change to the source, and the property that must notice it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Fault"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted fault.

    ``old`` stands exactly once in ``file``, a path from the root, and becomes ``new``; ``killer`` is the node id of the
    test that must then fail; ``about`` says in a sentence what goes wrong.
    """

    id: str
    file: str
    old: str
    new: str
    killer: str
    about: str

    def planted(self, root: Path) -> str:
        """Give the text of the file with the fault in it.

        Raises
        ------
        ValueError
            If ``old`` does not stand exactly once in the file.
        """
        text = (root / self.file).read_text(encoding="utf-8")
        if (n_found := text.count(self.old)) != 1:
            raise ValueError(f"{self.id}: {self.old!r} stands {n_found} times in {self.file}, not once")
        return text.replace(self.old, self.new)
