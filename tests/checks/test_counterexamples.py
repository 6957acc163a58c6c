"""Counterexamples as files: the author's own text with the fewest values changed, which still breaks the claim."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from negsim.checks.checking import Checking, check_file
from negsim.checks.counterexamples import Counterexample
from negsim.checks.file_report import FileReport
from negsim.checks.replaying import breaks
from negsim.scenario import load_with_places

# Prices from the seller's no-deal value up to 100 less the buyer's are in the zone: of 81 to 11, and 46 in the middle.
SALE = """\
# A sale, as small as it can be.
negsim: 1
id: sale
title: A sale   # of nothing in particular
issues:
  price: {title: Price, scale: 0..100, step: 1}

parties:
  buyer:   # who pays
    title: Buyer
    demands: {price: 0}
    no_deal: 10..60        # another house
  seller:
    title: Seller
    demands: {price: 100}
    no_deal: 10..29   # another buyer

expect:
  roomy: {that: "for every world, zone_size >= 30", because: They said so.}
"""
FOUND = "\n# Found by `negsim check`"


def write(folder: Path, text: str, name: str = "sale.scenario.yaml") -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def check(file: str, folder: Path, *overrides: str) -> FileReport:
    return check_file(file, Checking(checks=("expect",), overrides=overrides, folder=str(folder), max_examples=50))


def made(folder: Path, text: str, *overrides: str) -> Counterexample:
    """The one counterexample of a file, which was written and does break the claim."""
    report = check(write(folder, text), folder / "found", *overrides)
    (judged,) = report.judged
    found = judged.counterexample
    assert found is not None, judged
    assert found.written
    assert Path(found.path).read_text(encoding="utf-8") == found.text
    assert breaks(load_with_places(found.path), judged.judgement.expectation.id)
    return found


def changed(before: str, after: str) -> list[str]:
    """The lines of a diff, without those of the block that says what it is a counterexample of."""
    after = after.partition(FOUND)[0]
    lines = difflib.ndiff(before.rstrip().splitlines(), after.rstrip().splitlines())
    return [line for line in lines if line[0] in "-+"]


def test_only_the_values_that_matter_are_changed_and_comments_and_layout_stay(tmp_path: Path) -> None:
    # At least 30 prices are left up to a buyer's value of 100 - 19.5 - 29 = 51.5; the next round value is 60.
    found = made(tmp_path, SALE)
    assert changed(SALE, found.text) == [
        "-     no_deal: 10..60        # another house",
        "+     no_deal: 60        # another house",
    ]


def test_an_edit_has_its_place_in_the_author_s_file_what_stood_there_and_what_it_could_be(tmp_path: Path) -> None:
    found = made(tmp_path, SALE)
    (edit,), (place,) = found.edits, found.places
    assert (edit.path, edit.stood, edit.value, edit.reach) == (
        ("parties", "buyer", "no_deal"),
        "10..60",
        "60",
        "10..60",
    )
    assert place is not None
    assert (Path(place.file).name, place.line, place.column) == ("sale.scenario.yaml", 12, 14)


def test_the_file_says_what_it_is_a_counterexample_of_and_by_which_changes(tmp_path: Path) -> None:
    found = made(tmp_path, SALE)
    assert Path(found.path) == tmp_path / "found" / "sale--roomy.scenario.yaml"
    said = load_with_places(found.path).scenario.counterexample
    assert said is not None
    assert (said.of, said.expect, said.changes) == (
        "../sale.scenario.yaml",
        "roomy",
        (("parties.buyer.no_deal", "60"),),
    )


def test_two_values_where_one_is_not_enough(tmp_path: Path) -> None:
    text = SALE.replace(">= 30", ">= 13")
    assert changed(text, made(tmp_path, text).text) == [
        "-     no_deal: 10..60        # another house",
        "+     no_deal: 60        # another house",
        "-     no_deal: 10..29   # another buyer",
        # With 60 taken up, 40 - value + 1 < 13 prices are left from 29 on, up to which there is nothing rounder.
        "+     no_deal: 29   # another buyer",
    ]


BLOCK = SALE.replace(
    "    no_deal: 10..60        # another house\n",
    "    no_deal:   # another house\n      # not sure at all\n      normal:\n        mean: 35   # about\n        sd: 8\n"
    "    # what comes after stays\n\n    about: Pays.\n",
)


def test_a_value_over_several_lines_becomes_one_and_comments_around_it_stay(tmp_path: Path) -> None:
    # Up to its .999 quantile, 59.7, 55 is the roundest that breaks the claim.
    assert sorted(changed(BLOCK, made(tmp_path, BLOCK).text)) == [
        "+       55",
        "-         mean: 35   # about",
        "-         sd: 8",
        "-       normal:",
    ]


def test_what_stood_over_several_lines_is_shown_on_one_without_what_follows(tmp_path: Path) -> None:
    (edit,) = made(tmp_path, BLOCK).edits
    assert edit.stood == "{normal: {mean: 35, sd: 8}}"


def test_the_last_value_of_a_file_may_stand_over_several_lines(tmp_path: Path) -> None:
    head, tail = BLOCK.split("expect:")
    first, _, second = head.partition("  seller:")
    text = first.partition("parties:")[0] + f"expect:{tail}parties:\n  seller:{second.rstrip()}\n" + first.partition("parties:\n")[2].partition("    # what comes")[0] + "# The end.\n"  # fmt: skip
    found = made(tmp_path, text)
    assert "# The end." in found.text
    assert [line for line in changed(text, found.text) if line[0] == "+"] != []


COIN = SALE.replace(
    "    demands: {price: 100}\n",
    "    demands: {price: 100}\n    red_lines:\n      floor: {require: price >= 70, firmness: 0.3, because: Or so}  # they say\n",
)


def test_a_line_that_must_be_real_is_made_firm(tmp_path: Path) -> None:
    text = COIN.replace("10..60", "31").replace("10..29", "20")
    (edit,) = made(tmp_path, text).edits
    assert (edit.path[-1], edit.stood, edit.value, edit.reach) == ("firmness", "0.3", "1", "real or a bluff")
    assert "firmness: 1, because: Or so}  # they say\n" in made(tmp_path, text).text


def test_a_claim_that_the_file_breaks_as_it_stands_needs_no_edit(tmp_path: Path) -> None:
    text = SALE.replace(">= 30", ">= 60")
    found = made(tmp_path, text)
    assert (found.edits, changed(text, found.text)) == ((), [])


def test_a_file_in_braces_is_put_under_what_is_changed(tmp_path: Path) -> None:
    text = (
        "{negsim: 1, id: sale, title: A sale, issues: {price: {title: Price, scale: 0..100, step: 1}},\n"
        " parties: {buyer: {title: Buyer, demands: {price: 0}, no_deal: 10..60},\n"
        "           seller: {title: Seller, demands: {price: 100}, no_deal: 10..29}},\n"
        ' expect: {roomy: {that: "for every world, zone_size >= 30"}}}\n'
    )
    found = made(tmp_path, text)
    assert 'base: "../sale.scenario.yaml"\n' in found.text
    assert "no_deal: 60\n" in found.text


def test_what_stands_in_a_base_is_changed_on_top(tmp_path: Path) -> None:
    write(tmp_path, SALE, "base.scenario.yaml")
    found = made(tmp_path, "negsim: 1\nbase: base.scenario.yaml\nid: over\n# Nothing else.\n")
    assert Path(found.path).name == "sale--roomy.scenario.yaml"
    (edit,), (place,) = found.edits, found.places
    assert (edit.stood, edit.value) == ("10..60", "60")
    assert place is not None
    assert (Path(place.file).name, place.line) == ("base.scenario.yaml", 12)
    assert 'base: "../sale.scenario.yaml"\n' in found.text


def test_what_stands_in_a_base_over_several_lines_is_shown_as_it_stands_there(tmp_path: Path) -> None:
    write(tmp_path, BLOCK, "base.scenario.yaml")
    (edit,) = made(tmp_path, "negsim: 1\nbase: base.scenario.yaml\n").edits
    assert edit.stood == "{normal: {mean: 35, sd: 8}}"


def test_a_base_is_found_from_where_the_counterexample_stands(tmp_path: Path) -> None:
    write(tmp_path, SALE, "elsewhere/base.scenario.yaml")
    text = "negsim: 1\nbase: elsewhere/base.scenario.yaml  # up there\nparties:\n  buyer: {no_deal: 5..60}  # less\n"
    found = made(tmp_path, text)
    assert changed(text, found.text) == [
        "- base: elsewhere/base.scenario.yaml  # up there",
        '+ base: "../elsewhere/base.scenario.yaml"  # up there',
        "-   buyer: {no_deal: 5..60}  # less",
        "+   buyer: {no_deal: 60}  # less",
    ]


def test_what_a_run_alone_makes_uncertain_is_changed_in_the_author_s_text(tmp_path: Path) -> None:
    text = SALE.replace("10..60", "31").replace("10..29", "20")
    found = made(tmp_path, text, "parties.buyer.no_deal=10..60")
    assert changed(text, found.text) == [
        "-     no_deal: 31        # another house",
        "+     no_deal: 60        # another house",
    ]
    assert found.edits[0].stood == "10..60"


def test_what_a_run_alone_says_and_the_file_does_not_is_said_on_top(tmp_path: Path) -> None:
    found = made(tmp_path, SALE, "parties.buyer.about=Has seen much.")
    assert 'base: "../sale.scenario.yaml"\n' in found.text
    assert "Has seen much." in found.text


def test_changes_by_set_are_said_too_and_make_part_of_what_is_replayed(tmp_path: Path) -> None:
    # Next to 25, at most 46 leave 30 prices.
    text = SALE.replace("10..60", "31")
    found = made(tmp_path, text, "parties.buyer.no_deal=10..60", "parties.seller.no_deal=25")
    said = load_with_places(found.path).scenario.counterexample
    assert said is not None
    assert dict(said.changes) == {"parties.buyer.no_deal": "50", "parties.seller.no_deal": "25"}


def test_a_quantity_that_is_tied_to_another_can_be_changed_all_the_same(tmp_path: Path) -> None:
    tie = "ties:\n  market: {between: [parties.buyer.no_deal, parties.seller.no_deal], rank_correlation: 0.5}\n"
    found = made(tmp_path, SALE.replace("expect:", f"{tie}expect:"))
    assert found.edits[0].value == "60"
    assert changed(SALE, found.text) == [
        "-     no_deal: 10..60        # another house",
        "+     no_deal: 60        # another house",
    ]
    said = load_with_places(found.path).scenario.counterexample
    assert said is not None
    assert dict(said.changes) == {"parties.buyer.no_deal": "60", "ties.market": "null"}


TIES = {
    "ties:\n  a: A  # first\n  b: B\n": "ties:\n  b: B\n",
    "ties:\n  b: B\n  a: A  # last\n": "ties:\n  b: B\n",
    "ties:\n  a:\n    between: [parties.buyer.no_deal, parties.seller.no_deal]\n    rank_correlation: 0.5\n  b: B\n": "ties:\n  b: B\n",
    "ties: {a: A, b: B}\n": "ties: {b: B}\n",
    "ties: {b: B, a: A}\n": "ties: {b: B, }\n",
    "ties: {a: A}  # the only one\n": "",
    "ties: {a: A, b: B}\nprovenance:\n  ties.a: {assumed: For fun.}\n  ties.b: {assumed: So.}\n": "ties: {b: B}\nprovenance:\n  ties.b: {assumed: So.}\n",
}


@pytest.mark.parametrize(("before", "after"), TIES.items())
def test_a_tie_of_what_is_held_goes_with_its_lines_and_its_provenance(tmp_path: Path, before: str, after: str) -> None:
    named = {
        "A": "{between: [parties.buyer.no_deal, parties.seller.no_deal], rank_correlation: 0.5}",
        "B": "{between: [parties.buyer.discount_rate, parties.seller.discount_rate], rank_correlation: 0.5}",
    }
    for name, tie in named.items():
        before, after = before.replace(f": {name}", f": {tie}"), after.replace(f": {name}", f": {tie}")
    text = SALE.replace("    no_deal: 10", "    discount_rate: 0.1..0.2\n    no_deal: 10").replace(
        "expect:", f"{before}expect:"
    )
    found = made(tmp_path, text)
    assert found.text.partition(FOUND)[0].rstrip() == text.replace(before, after).replace("10..60", "60").rstrip()


def test_a_quantity_with_provenance_can_be_changed(tmp_path: Path) -> None:
    text = SALE + "provenance:\n  parties.buyer.no_deal: {assumed: For fun.}\n"
    assert made(tmp_path, text).edits[0].value == "60"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_text_beyond_ascii_and_either_kind_of_line_end_are_kept(tmp_path: Path, newline: str) -> None:
    text = SALE.replace("# who pays", "# wer zählt: 😀").replace("\n", newline)
    (tmp_path / "sale.scenario.yaml").write_bytes(text.encode())
    (judged,) = check(str(tmp_path / "sale.scenario.yaml"), tmp_path / "found").judged
    assert judged.counterexample is not None
    assert "# wer zählt: 😀" in judged.counterexample.text
    assert "no_deal: 60        # another house" in judged.counterexample.text
    written = Path(judged.counterexample.path).read_bytes().decode()
    assert written.count(newline) == written.count("\n") > text.count("\n")
    assert written.count("\r") == (written.count("\n") if newline == "\r\n" else 0)


def test_the_same_file_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    first = Path(made(tmp_path, SALE).path).read_bytes()
    assert Path(made(tmp_path, SALE).path).read_bytes() == first


def test_nothing_is_written_where_no_folder_is_named(tmp_path: Path) -> None:
    file = write(tmp_path, SALE)
    (judged,) = check_file(file, Checking(checks=("expect",))).judged
    assert judged.counterexample is not None
    assert not judged.counterexample.written
    assert [path.name for path in tmp_path.iterdir()] == ["sale.scenario.yaml"]
