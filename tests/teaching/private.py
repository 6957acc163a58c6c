"""The private fields of a party, found in the schema, and markers planted in them.

Only what is listed as public here is public. A field that is added to the format is private until somebody lists it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from negsim.scenario.schema import PartyShape
from negsim.scenario.shape_check import _holders
from negsim.scenario.shaping import Shape, entries_of

Document = dict[str, Any]
Pattern = tuple[str, ...]

_STATED = ["title", "about", "demands.*", "red_lines.*.require", "red_lines.*.title", "red_lines.*.because"]
PUBLIC = {
    tuple(path.split(".")) for path in (*_STATED, "role", "consents_to", *(f"ratifiers.*.{one}" for one in _STATED))
}
"""What everybody may know of a party."""

_CONDITIONS = {"require", "when", "material", "symbolic"}
_TEXTS = {"because", "title", "story", "about"}
_WORDS = {"side", "option"}
"""Words that pick a form of the no-deal value; another may need other keys beside it. Figures beside them are changed."""

_OTHERS: dict[str, Any] = {
    "firmness": "hard",
    "discount_rate": 0.31,
    "good_faith": 0.4,
    "credibility": 0.45,
    "walks_out_below": 0.35,
    "a": 5,
    "b": 7,
    "rest": 41,
}


def patterns(shape: type[Shape] = PartyShape, path: Pattern = ()) -> Iterator[Pattern]:
    """List all leaves of a party's block, with * for ids."""
    for key, entry in entries_of(shape).items():
        yield from _below(entry.annotation, (*path, key))


def _below(annotation: Any, path: Pattern) -> Iterator[Pattern]:
    holders = _holders(annotation)
    if not holders:
        yield path
    for holder in holders:
        if get_origin(holder) is dict:
            yield from _below(get_args(holder)[1], (*path, "*"))
        else:
            yield from patterns(holder, path)


PRIVATE = {pattern for pattern in patterns() if pattern not in PUBLIC}

_BEGINNINGS = {one[:k] for one in (*PRIVATE, *PUBLIC) for k in range(1, len(one) + 1)}


class Planting:
    """Plants markers in one party's block, and remembers where."""

    def __init__(self, party: str) -> None:
        self.party = party
        self.markers: dict[str, Pattern] = {}
        self.seen: set[Pattern] = set()

    def marker(self, pattern: Pattern) -> str:
        name = f"zq-{self.party}-{len(self.markers)}-qz"
        self.markers[name] = pattern
        return name

    def plant(self, value: Any, pattern: Pattern = ()) -> Any:
        """Copy a value with everything private in it replaced: texts by markers, figures and conditions by others."""
        if pattern in PUBLIC:
            return copy.deepcopy(value)
        if pattern in PRIVATE or not isinstance(value, dict) or _is_quantity(value, pattern):
            self.seen.add(pattern)
            return self._other(value, pattern)
        return {key: self.plant(item, _deeper(pattern, key)) for key, item in value.items()}

    def _other(self, value: Any, pattern: Pattern) -> Any:  # noqa: PLR0911  # one a kind of field
        name = pattern[-1]
        if name in _TEXTS:
            return self.marker(pattern)
        if name in ("interests", "may_say"):
            return [self.marker(pattern), self.marker(pattern)]
        if name in _CONDITIONS:
            return f"not ({value})"
        if name == "tactic":
            return "zeuthen" if value == "holdout" else "holdout"
        if name in _WORDS or "same_as" in pattern:
            return value
        if name == "probability":
            # With others it must not pass 1, nor miss it where all are given: a range can only shrink to its low end.
            return float(value.split("..")[0]) if isinstance(value, str) else value
        if "factors" in pattern:
            return 0.37
        if name in _OTHERS:
            return _OTHERS[name]
        if pattern[-3:-2] == ("values",):
            return 100 - value if isinstance(value, int | float) else 37
        return 13 if value != 13 else 14


def _deeper(pattern: Pattern, key: str) -> Pattern:
    deeper = (*pattern, key)
    return deeper if deeper in _BEGINNINGS else (*pattern, "*")


def _is_quantity(value: Document, pattern: Pattern) -> bool:
    """Tell a distribution from a block that holds others."""
    del pattern
    return len(value) == 1 and next(iter(value)) in ("uniform", "normal", "triangular", "pert", "beta", "same")


def filled(document: Document) -> Document:
    """Give every party of a document a sheet, an adjustment and something sacred, so that there is something to plant in."""
    # What hangs on single figures of parties, and is on no sheet: some figures are given other forms below.
    without = ("ties", "provenance", "expect", "sources", "talks")
    document = copy.deepcopy({key: block for key, block in document.items() if key not in without})
    issue, block = next(iter(document["issues"].items()))
    option = str(block["scale"]).split("..")[0] if block["kind"] == "numeric" else next(iter(block["options"]))
    where = f"{issue} == {option}"
    for party in document["parties"].values():
        party.setdefault("sheet", {}).update({"story": "Told.", "interests": ["One."], "may_say": ["Two."]})
        if party.get("no_deal") is not None:
            party.setdefault("adjustments", {})["planted"] = {"when": where, "amount": 7, "because": "So."}
            party.setdefault("sacred", {})["planted_too"] = {
                "require": where, "material": where, "offence": 5, "symbolic": where, "relief": 2, "because": "It is.",
            }  # fmt: skip
        for ratifier in party.get("ratifiers", {}).values():
            if "no_deal" in ratifier:
                ratifier.setdefault("adjustments", {})["planted"] = {"when": where, "amount": 7, "because": "So."}
                for line in ratifier.get("red_lines", {}).values():
                    line["audience_cost"] = 4
    return document
