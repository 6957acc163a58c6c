"""The last part of a claim: what a number does when something is changed."""

from __future__ import annotations

import re

from negsim.records import dataclass
from negsim.scenario.claims.naming import ClaimNames
from negsim.scenario.claims.tree import Change, Trend
from negsim.scenario.conditions.flaws import Flaw, quote
from negsim.scenario.words import nearest

__all__ = ["Changed", "read_change"]

_VERBS = {one.value: one for one in Trend} | {
    "unchanged": Trend.SAME,
    "does not change": Trend.SAME,
    "do not change": Trend.SAME,
    "never increases": Trend.NOT_UP,
    "never decreases": Trend.NOT_DOWN,
}
_VERB = "|".join(sorted((re.escape(verb).replace(r"\ ", r"\s+") for verb in _VERBS), key=len, reverse=True))
_WHEN = re.compile(r"\bwhen\b")
_BEFORE = re.compile(rf"\s+(?P<verb>{_VERB})\s*$")
_HOW = re.compile(
    r"\s*(?P<path>\S+)\s+(?:goes\s+(?:from\s+)?(?P<low>[-+\w.]+?)\s*(?:\.\.|\bto\b)\s*(?P<high>[-+\w.]+)"
    r"|(?P<dropped>is\s+dropped)|becomes\s+(?P<value>.+?))\s*$",
    re.DOTALL,
)
_KNOWN = "does not increase, does not decrease, is unchanged, increases, decreases"
_FORMS = "when PATH goes A..B, when PATH is dropped, when PATH becomes VALUE"


@dataclass(frozen=True, slots=True)
class Changed:
    """What was read, and where it begins in the text."""

    trend: Trend
    change: Change
    start: int


def read_change(text: str, names: ClaimNames) -> Changed | Flaw | None:
    """Read what a number does when something is changed; None if the text speaks of no change."""
    # An issue may be called so, and stands in brackets then.
    when = _WHEN.search(re.sub(r"\([^()]*\)", lambda inside: " " * len(inside.group()), text))
    if when is None:
        return None
    before = _BEFORE.search(text[: when.start()])
    if before is None:
        return Flaw("NS311", "'when' follows what a number does", when.start(), 4, f"write one of: {_KNOWN}")
    trend = _VERBS[" ".join(before["verb"].split())]
    how = _HOW.match(text, when.end())
    if how is None:
        return Flaw("NS311", "what changes cannot be read", when.start(), len(text) - when.start(), f"write {_FORMS}")
    change = _change(how, names)
    return change if isinstance(change, Flaw) else Changed(trend, change, before.start())


def _change(how: re.Match[str], names: ClaimNames) -> Change | Flaw:
    written = how["path"]
    if how["low"] is None:
        path = names.parts.get(written)
        if path is None:
            return _unknown(how, names.parts)
        return Change(path, "dropped") if how["dropped"] else Change(path, "becomes", value=how["value"])
    path = names.quantities.get(written)
    if path is None:
        return _unknown(how, names.quantities, "quantity ")
    ends = [_number(how[end]) for end in ("low", "high")]
    for end, number in zip(("low", "high"), ends, strict=True):
        if number is None:
            return Flaw("NS311", f"{quote(how[end])} is not a number", how.start(end), len(how[end]), "write 0.5..1")
    low, high = (number or 0.0 for number in ends)
    if low == high:
        message = f"{how['low']}..{how['high']} is one value, and nothing changes"
        return Flaw("NS311", message, how.start("low"), how.end("high") - how.start("low"), "write two ends")
    return Change(path, "goes", low, high)


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", text) else None


def _unknown(how: re.Match[str], known: object, noun: str = "") -> Flaw:
    paths = list(known)  # type: ignore[call-overload]
    written = how["path"]
    near = nearest(written, paths) or next((path for path in paths if path.endswith(f".{written}")), "")
    help_ = f"did you mean {near}?" if near else "paths are written in full: parties.PARTY.red_lines.LINE.firmness"
    return Flaw("NS310", f"there is no {noun}{quote(written)}", how.start("path"), len(written), help_)
