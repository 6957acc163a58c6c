from __future__ import annotations

import json
from pathlib import Path

from tests.cli.support import SNAPSHOTS, run, write_sale
from tests.snapshots import assert_matches


def test_a_scenario_is_shown_as_agreed(tmp_path: Path) -> None:
    result = run("show", write_sale(tmp_path))
    assert result.exit_code == 0
    assert_matches(result.stdout, SNAPSHOTS / "show-sale.txt")


def test_every_path_that_show_lists_can_be_set(tmp_path: Path) -> None:
    file = write_sale(tmp_path)
    quantities = json.loads(run("show", file, "--format", "json").stdout)["quantities"]
    assert len(quantities) == 4
    for quantity in quantities:
        changed = run("show", file, "--format", "json", "--set", f"{quantity['path']}=2..3")
        assert changed.exit_code == 0, changed.stderr
        (entry,) = [item for item in json.loads(changed.stdout)["quantities"] if item["path"] == quantity["path"]]
        assert entry["distribution"] == {"kind": "uniform", "low": 2.0, "high": 3.0}


def test_the_size_of_the_outcome_space_is_told(tmp_path: Path) -> None:
    data = json.loads(run("show", write_sale(tmp_path), "--format", "json").stdout)
    assert data["outcome_space"] == {"issues": 2, "outcomes": 22, "cells": 1}
