from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.support import SALE, SNAPSHOTS, run, write_sale
from tests.snapshots import assert_matches

# As the sale, but the buyer weighs delivery too, and the house may be delivered with its garden only at once.
GARDEN = SALE.replace(
    "parties:",
    "  garden: {title: Garden, options: [kept, sold], when: delivery == now}\n"
    "rules: {sense: {require: price == 0 implies delivery == later, because: A gift takes its time.}}\n"
    "parties:",
).replace(
    "    priorities: {price: 1}\n    no_deal: {same_as: {price: 6}}",
    "    values: {delivery: {now: 100, later: 0}}\n"
    "    priorities: {price: 4, delivery: 1}\n"
    "    red_lines:\n"
    "      dear: {title: No more than seven, require: price <= 7, firmness: 0.75, audience_cost: 5..15}\n"
    "    no_deal: 40..50",
)


def test_the_text_reads_as_agreed(tmp_path: Path) -> None:
    result = run("deal", write_sale(tmp_path, GARDEN), "price=8", "delivery=later", "--worlds", "256")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    assert_matches(result.stdout, SNAPSHOTS / "deal-garden.txt")


def test_errors_read_as_agreed(tmp_path: Path) -> None:
    arguments = ("price=6.5", "delivery=noow", "grden=kept", "price=3", "garden")
    result = run("deal", write_sale(tmp_path, GARDEN), *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert_matches(result.stderr, SNAPSHOTS / "deal-errors.txt")


def test_json_fits_the_schema_that_negsim_prints(tmp_path: Path) -> None:
    path = write_sale(tmp_path, GARDEN)
    schema = json.loads(run("schema", "deal").stdout)
    for options in (("price=8", "delivery=later"), ("price=3", "delivery=now", "garden=sold")):
        data = json.loads(run("deal", path, *options, "--worlds", "256", "--format", "json").stdout)
        jsonschema.validate(data, schema)
        assert data["settings"] == {"worlds": 256, "seed": 0, "sampler": "lhs"}


def test_a_deal_like_a_robust_one_is_that_one(tmp_path: Path) -> None:
    path = write_sale(tmp_path)
    settings = ("--worlds", "256", "--seed", "3", "--format", "json")
    first = json.loads(run("zone", path, *settings).stdout)["deals"][1]
    same = json.loads(run("deal", path, "--like", "2", *settings).stdout)
    assert same["options"] == first["options"]
    assert same["p_in_zone"] == first["p_in_zone"]


def test_what_is_named_changes_the_robust_deal(tmp_path: Path) -> None:
    text = run("deal", write_sale(tmp_path), "--like", "1", "price=9", "--worlds", "256", "--format", "json").stdout
    assert json.loads(text)["options"] == {"price": "9", "delivery": "now"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--like", "6"], "--like 6: there is no robust deal 6; there are 5"),
        (["--like", "1", "--set", "parties.buyer.no_deal=101"], "no deal is in the zone in any world"),
        (["--like", "0"], "x>=1"),
        (["price=4", "delivery=now", "--precision", "0.1"], "No such option"),
        (["price=4", "delivery=now", "--format", "csv"], "'text', 'json'"),
        (["price=4", "delivery=now", "--set", "nonsense"], "nonsense"),
        ([], "price is missing"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(tmp_path: Path, arguments: list[str], said: str) -> None:
    result = run("deal", write_sale(tmp_path), *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert result.stdout == ""


@pytest.mark.parametrize("like", [(), ("--like", "1")])
def test_what_only_the_analysis_finds_is_told_with_its_place(tmp_path: Path, like: tuple[str, ...]) -> None:
    path = write_sale(tmp_path, SALE + "rules: {never: {require: price > 3 and price < 3}}\n")
    result = run("deal", path, "price=3", "delivery=now", *like)
    assert result.exit_code == 2
    assert "error[NS410]" in result.stderr
    assert path in result.stderr
