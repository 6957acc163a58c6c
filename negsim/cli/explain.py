"""`negsim explain`: what a code of an error or a warning means, and how to mend it."""

from __future__ import annotations

from difflib import get_close_matches

import click

from negsim.cli.terminal import say, stdout_width
from negsim.errors import UsageError

__all__ = ["explain"]


@click.command(short_help="Explain the code of an error or warning.")
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain an error or warning by its CODE; without one, list all codes."""
    pages = _pages()
    if code is None:
        say("\n".join(f"{name}  {title}" for name, (title, _) in sorted(pages.items())))
        return
    name = code.upper()
    if name not in pages:
        near = get_close_matches(name, sorted(pages), n=1)
        hint = f"did you mean {near[0]}?" if near else "`negsim explain` lists them all"
        raise UsageError(f"no such code: {code}; {hint}")
    title, text = pages[name]
    from negsim.report.prose import wrap_prose

    say(wrap_prose(f"{name}: {title}\n\n{text.strip()}", stdout_width()) + "\n")


def _pages() -> dict[str, tuple[str, str]]:
    """Give title and text of every code, of errors and of warnings."""
    from negsim.checks import RULES
    from negsim.checks.verdict_pages import VERDICTS
    from negsim.scenario.codes import CODES

    errors = {code.id: (code.title, code.explanation) for code in (*CODES.values(), *VERDICTS.values())}
    return errors | {rule.code: (rule.title, rule.manual) for rule in RULES.values()}
