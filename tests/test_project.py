"""What pyproject.toml and the Makefile promise."""

from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path

import negsim

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_extra_for_old_pips_is_the_dev_group() -> None:
    groups = PROJECT["dependency-groups"]
    assert groups["dev"] == [{"include-group": "test"}, {"include-group": "lint"}, {"include-group": "docs"}]
    parts = groups["test"] + groups["lint"] + groups["docs"]
    assert sorted(PROJECT["project"]["optional-dependencies"]["dev"]) == sorted(parts)


def test_the_extra_for_the_site_is_the_group() -> None:
    assert PROJECT["project"]["optional-dependencies"]["docs"] == PROJECT["dependency-groups"]["docs"]


def test_make_site_builds_what_the_tests_look_at() -> None:
    outside = {"PATH": os.environ["PATH"]}
    command = ["make", "--always-make", "--dry-run", "site"]
    done = subprocess.run(command, cwd=ROOT, env=outside, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1].strip() == ".venv/bin/python -m docs.site.build"


def test_the_extra_for_tests_of_scenarios_asks_for_what_the_group_asks_for() -> None:
    extra = PROJECT["project"]["optional-dependencies"]["test"]
    assert [one.partition(">=")[0] for one in extra] == ["hypothesis", "pytest"]
    assert set(extra) <= set(PROJECT["dependency-groups"]["test"])


def test_make_run_is_the_main_job_and_installs_no_test_tools() -> None:
    # What make was called with reaches its children through the environment; a fresh shell has none of it.
    outside = {"PATH": os.environ["PATH"]}
    command = ["make", "--always-make", "--dry-run", "run"]
    done = subprocess.run(command, cwd=ROOT, env=outside, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1].strip() == ".venv/bin/negsim run scenarios/geneva-2026.scenario.yaml"
    assert "[dev]" not in done.stdout


def test_the_changelog_has_a_heading_for_this_version_or_for_what_comes() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{negsim.__version__}]" in text or "## [Unreleased]" in text
    assert "### Numbers changed" in text


def test_the_wheel_carries_the_scenarios() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"] == {"scenarios": "negsim/_scenarios"}
    assert list((ROOT / "scenarios").glob("*.scenario.yaml"))
    assert (ROOT / "negsim" / "py.typed").exists()
