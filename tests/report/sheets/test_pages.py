"""What the instructor's pack says there is to be had."""

from __future__ import annotations

import re

from negsim.report.sheets.language import language_of
from negsim.report.sheets.pages import sheet_pages
from negsim.scenario import loads
from negsim.teaching.analysis import analyse_game
from negsim.teaching.game import fixed_game
from negsim.teaching.sheets import instructors_pack
from tests.teaching.small import SWAP

QUORUM = SWAP + "  cas: {title: Cas, demands: {price: 30}, no_deal: 99}\nagreement: {quorum: 2}\n"
STUCK = SWAP.replace("no_deal: 40", "no_deal: 99")


def pack_page(text: str, language: str = "en") -> str:
    game = fixed_game(loads(text))
    pack = instructors_pack(game, analyse_game(game.scenario))
    return sheet_pages(pack, language_of(language), version="1")["instructor/pack.html"]


def frontier_rows(page: str) -> list[tuple[float, ...]]:
    rows = re.findall(r'<tr><th scope="row">Frontier</th>(.*?)</tr>', page)
    return [tuple(float(cell) for cell in re.findall(r">([0-9.]+)<", row)) for row in rows]


def test_the_frontier_told_runs_from_one_end_to_the_other() -> None:
    # Who sells and who buys share 100 at any of 20 prices: a price more is 100/19 points more.
    page = pack_page(
        "negsim: 1\nid: sale\ntitle: Sale\nissues: {price: {title: Price, scale: 0..19, step: 1}}\nparties:\n"
        "  buyer: {title: Buyer, demands: {price: 0}, no_deal: 0}\n"
        "  seller: {title: Seller, demands: {price: 19}, no_deal: 0}\n"
    )
    rows = frontier_rows(page)
    assert "20 points of the frontier lie in the zone." in page
    assert len(rows) == 8
    assert (rows[0], rows[-1]) == ((100, 0), (0, 100))
    assert rows == sorted(rows, reverse=True)


def test_what_cannot_be_had_is_not_counted() -> None:
    page = pack_page(SWAP)
    assert "2 points of the frontier lie in the zone." in page
    assert frontier_rows(page) == [(85, 47), (70, 73)]


def test_under_a_quorum_enough_have_to_accept_and_not_all() -> None:
    for text in (QUORUM, QUORUM.replace("quorum: 2", "quorum: 3")):
        page = pack_page(text)
        assert "that enough parties accept" in page
        assert "all accept" not in page
        assert "Nash and Kalai–Smorodinsky are left out" in page
        assert '<th scope="col">Nash</th>' not in page
    assert "Not enough parties could agree here" in page
    assert "Nobody could agree here" in pack_page(STUCK)
    assert "left out: under a quorum" not in pack_page(SWAP)


def test_an_issue_that_is_called_group_is_told_the_name_of_its_column() -> None:
    page = pack_page(SWAP.replace("time", "group"))
    assert "<code>price</code>, <code>issue:group</code>" in page
