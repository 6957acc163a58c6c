"""What no deal and a deal may lead to in small scenarios: wars, lotteries, breach, levers, ratifiers, sacred values."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from negsim.testing.documents import Document, anywhere, conditions, documents, quantities, red_line

__all__ = ["SIDES", "no_deals", "stakes", "with_stakes"]

# Uneven numbers, so that what a war or a breach makes of whole units is never just between two of them.
RATES: list[Any] = [0.0517, 0.4871, "0.05..0.5"]
HAZARDS: list[Any] = [0, 0.0523, 1.0371, "0.05..0.5"]
SHARES: list[Any] = [0, 0.3, 0.9, 1, "0.2..0.9"]
CHANCES: list[Any] = [0, 0.25, 1, "0.1..0.6"]
SIDES = ("ann", "bob")


def stakes(*, max_issues: int = 3, max_parties: int = 3, durable: bool | None = None) -> st.SearchStrategy[Document]:
    """Draw a scenario document in which each of the blocks about no deal and about commitments may stand.

    ``durable`` asks for durability, or for none.
    """
    return with_stakes(documents(max_issues=max_issues, min_parties=2, max_parties=max_parties), durable=durable)


@st.composite
def with_stakes(draw: st.DrawFn, plain: st.SearchStrategy[Document], *, durable: bool | None = None) -> Document:
    """Draw one of some scenario documents, each with two parties or more, in which those blocks may stand."""
    document = draw(plain)
    issues, parties = document["issues"], document["parties"]
    for issue in issues.values():
        if issue["kind"] == "ordered" and draw(st.booleans()):
            issue["indivisible"] = True
    # Conditions name the first issues alone, so that others stay free.
    named = dict(list(issues.items())[: draw(st.integers(1, min(2, len(issues))))])
    if draw(st.integers(0, 2)):
        document["war"] = {"sides": {side: {"collapse": draw(_one(HAZARDS[1:]))} for side in SIDES}}
    for name, party in parties.items():
        party["discount_rate"] = draw(_one(RATES))
        party["no_deal"] = draw(no_deals(name, party["no_deal"], issues, at_war="war" in document))
        if draw(st.integers(0, 3)) == 3:
            party["sacred"] = {"holy": _sacred(draw, named)}
        if draw(st.integers(0, 3)) == 3:
            party["good_faith"] = draw(_one([0, 0.5, 1, "0.2..0.9"]))
        if "agreement" not in document and draw(st.integers(0, 1)) == 1:
            party["ratifiers"] = {f"home_{name}": _ratifier(draw, name, document, named)}
    if draw(st.booleans()) if durable is None else durable:
        document["durability"] = _durability(draw, document, named)
    if draw(st.booleans()):
        parties["med"] = {"title": "Mediator", "role": "mediator", "levers": _levers(draw, document, named)}
    return document


def _one(items: list[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from(items)


@st.composite
def no_deals(draw: st.DrawFn, name: str, plain: Any, issues: Document, *, at_war: bool) -> Any:
    """Draw what a party has without a deal: what stands there already, a state with a `rest`, a lottery or a war."""
    form = draw(_one(["plain", "state", "lottery", *(["war"] * 3 if at_war else [])]))
    if form == "state":
        return draw(_states(issues, whole=False))
    if form == "lottery":
        return {"lottery": draw(_lotteries(issues))}
    return {"war": draw(_wars(name, issues))} if form == "war" else plain


@st.composite
def _states(draw: st.DrawFn, issues: Document, *, whole: bool = True) -> Any:
    """Points, or what an outcome is worth, some issues perhaps left to `rest`."""
    if whole and draw(st.booleans()):
        return draw(quantities(0, 100))
    named = dict(list(issues.items())[: draw(st.integers(1, len(issues)))])
    return {"same_as": {name: anywhere(draw, issue) for name, issue in named.items()}, "rest": draw(quantities(0, 100))}


@st.composite
def _charges(draw: st.DrawFn, most: int) -> Document:
    found: Document = {}
    if draw(st.booleans()):
        found["plain"] = draw(quantities(0, most))
    if draw(st.booleans()):
        factors = {name: draw(_one(SHARES)) for name in ["first", "second"][: draw(st.integers(1, 2))]}
        found["shared"] = {"points": draw(quantities(0, most)), "factors": factors}
    return found


@st.composite
def _lotteries(draw: st.DrawFn, issues: Document) -> Document:
    chances: list[Any] = draw(
        _one([[0.3, None], ["0.1..0.5", None], [0.2, "0.1..0.7", None], [0.25, 0.25, 0.5], [None]])
    )
    ends = {}
    for k, chance in enumerate(chances):
        ends[f"end{k}"] = {"worth": draw(_states(issues))} | ({} if chance is None else {"probability": chance})
    lottery: Document = {"ends": ends, "costs": draw(_charges(20))}
    if draw(st.booleans()):
        lottery |= {"now": draw(_states(issues)), "option": draw(_one(["inside", "outside"]))}
    return lottery


@st.composite
def _wars(draw: st.DrawFn, name: str, issues: Document) -> Document:
    war: Document = {side: draw(_states(issues)) for side in ("win", "lose", "now")}
    war |= {"costs": draw(_charges(5)), "losses": draw(_charges(20)), "option": draw(_one(["inside", "outside"]))}
    if name not in SIDES:
        war["side"] = draw(_one([*SIDES]))
    if draw(st.booleans()):
        war["belief"] = {"a": draw(quantities(1, 9)), "b": draw(quantities(1, 9))}
    return war


def _sacred(draw: st.DrawFn, named: Document) -> Document:
    sacred: Document = {"title": "Holy", "require": draw(conditions(named))}
    if draw(st.integers(0, 2)):
        sacred |= {"material": draw(conditions(named)), "offence": draw(quantities(0, 40))}
    if draw(st.integers(0, 2)):
        sacred |= {"symbolic": draw(conditions(named)), "relief": draw(quantities(0, 40))}
    return sacred


def _ratifier(draw: st.DrawFn, party: str, document: Document, named: Document) -> Document:
    """Someone with red lines alone, or with a no-deal value and stakes, its own or its party's."""
    issues = document["issues"]
    ratifier: Document = {"title": "Home"}
    if draw(st.booleans()):
        ratifier["red_lines"] = {"line": red_line(draw, named)}
    if draw(st.integers(0, 2)) == 0:
        for line in ratifier.get("red_lines", {}).values():
            del line["audience_cost"]  # which would be held against a no-deal value
        return ratifier
    plain = draw(quantities(0, 90))
    ratifier["no_deal"] = draw(no_deals(party, plain, issues, at_war="war" in document))
    if "war" in str(ratifier["no_deal"]) and party not in SIDES:
        ratifier["no_deal"]["war"]["side"] = draw(_one([*SIDES]))
    if draw(st.booleans()):
        ratifier["priorities"] = {name: draw(quantities(1, 9)) for name in issues}
    if draw(st.booleans()):
        ratifier["adjustments"] = {"own": {"when": draw(conditions(named)), "amount": draw(quantities(-30, 30))}}
    if draw(st.booleans()):
        ratifier["discount_rate"] = draw(_one(RATES))
    first = next(iter(issues))
    if "when" not in issues[first] and draw(st.booleans()):
        ratifier["demands"] = {first: "any"}
    return ratifier


def _durability(draw: st.DrawFn, document: Document, named: Document) -> Document:
    breakers = draw(_one([["ann"], ["bob"], ["ann", "bob"], ["ann", "bob"]]))
    found: Document = {"breakers": {name: {"hazard": draw(_one(HAZARDS))} for name in breakers}}
    terms = [name for name, issue in document["issues"].items() if issue["kind"] == "numeric"]
    if draw(st.integers(0, 2)) and terms:
        found["term"] = draw(_one(terms))
    n_supports, n_shifts = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    found["supports"] = {
        name: _support(draw, named, breakers, has_term="term" in found) for name in ["one", "two"][:n_supports]
    }
    shifts = ["small", "large"][:n_shifts]
    found["power_shifts"] = {name: _shift(draw, document, named, breakers) for name in shifts}
    if draw(st.booleans()) and shifts:
        found["remedies"] = {"zone": {"when": draw(conditions(named)), "takes_away": draw(_one(SHARES))}}
        if draw(st.booleans()):
            found["remedies"]["zone"]["shifts"] = [draw(_one(shifts))]
    return found


def _support(draw: st.DrawFn, named: Document, breakers: list[str], *, has_term: bool) -> Document:
    support: Document = {"when": draw(conditions(named)), "credibility": draw(_one(SHARES))}
    if has_term and draw(st.integers(0, 2)):
        support["lasts"] = "guarantee"
    if draw(st.booleans()):
        support["against"] = [draw(_one(breakers))]
    return support


def _shift(draw: st.DrawFn, document: Document, named: Document, breakers: list[str]) -> Document:
    shift: Document = {"when": draw(conditions(named))}
    forms = draw(_one(["by", "points", "both"])) if "war" in document else "points"
    if forms != "points":
        shift |= {"towards": draw(_one([*SIDES])), "by": draw(_one(CHANCES))}
    if forms != "by":
        shift["points"] = {draw(_one([*SIDES])): draw(quantities(-30, 30))}
    if draw(st.booleans()):
        shift["if_broken_by"] = [draw(_one(breakers))]
    return shift


def _levers(draw: st.DrawFn, document: Document, named: Document) -> Document:
    levers: Document = {}
    for name in ["ann", "bob"][: draw(st.integers(1, 2))]:
        lever: Document = {"stick": draw(quantities(0, 30))}
        if draw(st.booleans()):
            lever["carrots"] = {"aid": {"when": draw(conditions(named)), "points": draw(quantities(0, 30))}}
        if "durability" in document and draw(st.booleans()):
            lever["guarantee"] = {"when": draw(conditions(named)), "credibility": draw(_one(SHARES))}
        levers[name] = lever
    return levers
