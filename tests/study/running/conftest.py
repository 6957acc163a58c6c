"""A finished study of a sale, and one of which ten cells are done."""

from __future__ import annotations

from pathlib import Path

import pytest

from negsim.study import begin_sweep, make_crew
from negsim.study.running.store import Finding, Store
from tests.study.running.sales import run_sweep, sale_of


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished study."""
    return run_sweep(sale_of(of=("zone",)), tmp_path_factory.mktemp("whole") / "study", make_crew("serial", 1))


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of which ten cells are done."""
    folder = tmp_path_factory.mktemp("half") / "study"
    begin_sweep(sale_of(of=("zone",)), folder)
    with Store(folder, writes=True) as store:
        store.save([Finding(cell, 1, (0.5, 0.4, 0.6, b"\0\0\0\0")) for cell in range(10)])
    return folder
