from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from negsim.errors import Severity
from tests.checks.test_counterexamples import SALE as ROOMY
from tests.cli.checking import find, with_claims
from tests.cli.support import SALE, run, write_sale


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, in which counterexamples are written."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_without_findings_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find(monkeypatch)
    result = run("check", write_sale(tmp_path), "--checks", "lint")
    assert result.exit_code == 0
    assert result.stdout == "1 file checked: nothing to report.\n"


def test_warnings_are_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find(monkeypatch, Severity.WARNING, Severity.NOTE)
    result = run("check", write_sale(tmp_path), "--checks", "lint")
    assert result.exit_code == 1
    assert result.stdout == (
        "sale.scenario.yaml:3:8: warning[NS501]: looks odd\n"
        "     3 | title: A sale\n"
        "       |        ^^^^^^\n"
        "sale.scenario.yaml:3:8: note[NS502]: looks odd\n"
        "     3 | title: A sale\n"
        "       |        ^^^^^^\n"
        "\n"
        "1 file checked: 1 warning, 1 note. `negsim explain NS501` says more.\n"
    )
    assert result.stderr == ""


def test_notes_alone_are_no_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find(monkeypatch, Severity.NOTE)
    assert run("check", write_sale(tmp_path)).exit_code == 0


def test_a_file_that_cannot_be_used_outweighs_findings_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find(monkeypatch, Severity.WARNING)
    broken = tmp_path / "broken.yaml"
    broken.write_text(SALE.replace("id: sale", "di: sale"), encoding="utf-8")
    result = run("check", str(broken), write_sale(tmp_path), str(tmp_path / "missing.yaml"))
    assert result.exit_code == 2
    assert result.stdout.index("broken.yaml:2:1") < result.stdout.index("NS501") < result.stdout.index("missing.yaml")
    assert "3 files checked" in result.stdout.splitlines()[-1]


def test_rules_that_leave_no_outcome_are_an_error(tmp_path: Path) -> None:
    file = write_sale(tmp_path, SALE + "rules:\n  impossible: {require: price > 5 and price < 5}\n")
    result = run("check", file)
    assert result.exit_code == 2
    assert "NS410" in result.stdout


def test_a_change_by_set_is_checked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find(monkeypatch)
    result = run("check", write_sale(tmp_path), "--set", "parties.buyer.role=onlooker")
    assert result.exit_code == 2
    assert "NS204" in result.stdout


@pytest.mark.parametrize(
    ("claim", "severity", "code", "said"),
    [
        ("zone_size == 6", "error", 0, "room is proved (the one world there is): zone_size is 6"),
        ("zone_size == 7", "error", 1, "error[NS601]: room does not hold"),
        ("zone_size == 7", "warn", 1, "warning[NS601]: room does not hold"),
        ("p_nash(price = 5) * p_zone is unchanged when rules.x is dropped", "error", 1, "error[NS607]: room cannot be judged"),
    ],
)  # fmt: skip
def test_what_is_expected_decides_the_exit_code(
    tmp_path: Path, claim: str, severity: str, code: int, said: str
) -> None:
    rules = "rules: {x: {require: price >= 0}}\n"
    expect = f"expect: {{room: {{that: {json.dumps(claim)}, severity: {severity}}}}}\n"
    result = run("check", write_sale(tmp_path, SALE + rules + expect), "--checks", "expect")
    assert result.exit_code == code, result.output
    assert said in result.stdout


def test_a_broken_claim_is_shown_as_a_diff_with_its_place_and_saved(tmp_path: Path) -> None:
    file = write_sale(tmp_path, ROOMY.replace("They said so.", "So."))
    result = run("check", file, "--checks", "expect")
    assert result.exit_code == 1
    assert result.stdout == (
        f"{file}:19:17: error[NS601]: roomy does not hold\n"
        '    19 |   roomy: {that: "for every world, zone_size >= 30", because: So.}\n'
        "       |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        # In the worst world 60 and 29 are wanted; at 60 and, in the middle, 19.5 prices 20 to 40 are left.
        "    counterexample (1 central world, 1 worst world): zone_size is 21\n"
        "    because: So.\n"
        f"    {file}:12:14: parties.buyer.no_deal\n"
        "      - 10..60\n"
        "      + 60\n"
        "    saved as counterexamples/sale--roomy.scenario.yaml\n"
        "\n"
        "1 file checked: 1 error. `negsim explain NS601` says more.\n"
    )


def test_a_counterexample_is_replayed_and_reported_as_fixed_when_it_is(tmp_path: Path) -> None:
    file = write_sale(tmp_path, ROOMY)
    run("check", file)
    saved = "counterexamples/sale--roomy.scenario.yaml"
    result = run("check", saved)
    assert result.exit_code == 1
    assert "error[NS603]: sale.scenario.yaml still breaks roomy" in result.stdout
    write_sale(tmp_path, ROOMY.replace(">= 30", ">= 10"))
    result = run("check", saved)
    assert result.exit_code == 0
    assert "fixed: sale.scenario.yaml no longer breaks roomy with these changes" in result.stdout


def test_nothing_is_saved_where_that_is_not_wanted(tmp_path: Path) -> None:
    result = run("check", write_sale(tmp_path, ROOMY), "--no-save")
    assert result.exit_code == 1
    assert "saved as" not in result.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["sale.scenario.yaml"]


def test_counterexamples_are_saved_where_they_are_wanted(tmp_path: Path) -> None:
    result = run("check", write_sale(tmp_path, ROOMY), "--save", "some/where")
    assert "saved as some/where/sale--roomy.scenario.yaml" in result.stdout
    assert (tmp_path / "some" / "where" / "sale--roomy.scenario.yaml").exists()


def test_a_folder_that_cannot_be_written_to_is_named_and_what_was_found_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    result = run("check", write_sale(tmp_path, ROOMY), "--save", "taken")
    assert result.exit_code == 1
    assert "roomy does not hold" in result.stdout
    assert "not saved, taken/sale--roomy.scenario.yaml cannot be written: File exists" in result.stdout
    assert "name another folder with --save" in result.stdout
    found = json.loads(run("check", write_sale(tmp_path, ROOMY), "--save", "taken", "--format", "json").stdout)
    made = found["files"][0]["expectations"][0]["counterexample"]
    assert (made["file"], made["not_saved"]) == (None, "File exists")


@pytest.mark.parametrize("output_format", ["text", "json"])
def test_ctrl_c_loses_nothing_that_was_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output_format: str
) -> None:
    from negsim.checks.judging import judge as judging

    judge = judging.judge

    def stop_at_b(expectation: Any, *args: Any, **kwargs: Any) -> Any:
        if expectation.id == "b":
            raise KeyboardInterrupt
        return judge(expectation, *args, **kwargs)

    monkeypatch.setattr(judging, "judge", stop_at_b)
    file = write_sale(tmp_path, with_claims(a="p_zone > 0.5", b="p_zone > 0.6", c="p_zone > 0.7"))
    result = run("check", file, file.replace("sale", "./sale"), "--format", output_format)
    assert result.exit_code == 130
    if output_format == "json":
        (only,) = json.loads(result.stdout)["files"]
        assert ([one["id"] for one in only["expectations"]], only["left_out"], only["stopped"]) == (["a"], 2, True)
    else:
        assert "sale.scenario.yaml: a is proved" in result.stdout
        assert "2 expectations left out when it was stopped" in result.stdout
    assert "Traceback" not in result.output


def test_a_claim_asked_for_by_name_need_stand_in_one_of_several_files_only(tmp_path: Path) -> None:
    file = write_sale(tmp_path, with_claims(a="p_zone > 0.5"))
    (tmp_path / "other.scenario.yaml").write_text(Path(file).read_text(encoding="utf-8").replace("  a:", "  z:"))
    result = run("check", file, "other.scenario.yaml", "--checks", "expect:z")
    assert (result.exit_code, result.stdout.count("is proved")) == (0, 1)
    wrong = run("check", file, "other.scenario.yaml", "--checks", "expect:y")
    assert wrong.exit_code == 2
    assert "expect:y: there is no such check" in wrong.stderr


def test_a_claim_that_a_comma_cuts_in_braces_is_said_to_need_quotes(tmp_path: Path) -> None:
    result = run("check", write_sale(tmp_path, SALE + "expect: {a: {that: for every world, zone}}\n"))
    assert result.exit_code == 2
    assert "nothing stands after 'zone'" in result.stdout
    assert "in braces a comma ends a text that has no quotes" in result.stdout


CHOICES = [
    (["--checks", "expect:a*"], ["ab", "ac"], False),
    (["--checks", "expect:ab", "--checks", "lint"], ["ab"], True),
    (["--checks", "lint"], [], True),
    (["--checks", "*"], ["ab", "ac", "b"], True),
    (["--exclude", "lint"], ["ab", "ac", "b"], False),
    (["--exclude", "expect:*c"], ["ab", "b"], True),
    (["--checks", "expect", "--exclude", "expect:b"], ["ab", "ac"], False),
    (["--exclude", "expect"], [], True),
]


@pytest.mark.parametrize(("options", "judged", "linted"), CHOICES)
def test_checks_are_chosen_by_name_and_pattern(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], judged: list[str], linted: bool
) -> None:
    find(monkeypatch, Severity.NOTE)
    text = with_claims(ab="zone_size > 1", ac="zone_size > 2", b="zone_size > 3")
    data = json.loads(run("check", write_sale(tmp_path, text), "--format", "json", *options).stdout)
    (entry,) = data["files"]
    assert [one["id"] for one in entry["expectations"]] == judged
    assert bool(entry["problems"]) == linted


def test_a_claim_of_a_file_that_cannot_be_used_is_not_said_to_be_missing(tmp_path: Path) -> None:
    file = write_sale(tmp_path, with_claims(a="p_zone > 0.5", b="p_zone > price"))
    result = run("check", file, "--checks", "expect:a")
    assert result.exit_code == 2
    assert "there is no such check" not in result.output
    assert "error[NS3" in result.stdout
    wrong = run("check", file, "--checks", "lnit")
    assert "lnit: there is no such check; did you mean 'lint'?" in wrong.stderr


@pytest.mark.parametrize(
    ("option", "name", "near"),
    [("--checks", "expect:rome", "expect:room"), ("--exclude", "expct", "expect"), ("--checks", "lnit", "lint")],
)
def test_a_name_that_means_nothing_is_refused_with_the_nearest(
    tmp_path: Path, option: str, name: str, near: str
) -> None:
    result = run("check", write_sale(tmp_path, with_claims(room="zone_size > 1")), option, name)
    assert result.exit_code == 2
    assert f"{option} {name}: there is no such check" in result.stderr
    assert near in result.stderr


def test_after_so_many_failures_the_rest_is_left_out(tmp_path: Path) -> None:
    text = with_claims(
        a="zone_size > 1", b="zone_size > 100", c="zone_size > 100", d="zone_size > 1", e="zone_size > 2"
    )
    file = write_sale(tmp_path, text)
    result = run("check", file, "--checks", "expect", "--max-failures", "1")
    assert result.exit_code == 1
    assert f"{file}: 3 expectations left out after --max-failures" in result.stdout
    result = run("check", file, "--checks", "expect", "--max-failures", "2", "--format", "json")
    assert json.loads(result.stdout)["files"][0]["left_out"] == 2
    assert "left out" not in run("check", file, "--checks", "expect").stdout


SLOW = ROOMY.replace("zone_size >= 30", "zone iff zone_size > 0")


def test_a_search_stops_when_its_time_is_up(tmp_path: Path) -> None:
    result = run("check", write_sale(tmp_path, SLOW), "--checks", "expect", "--max-time", "0")
    assert result.exit_code == 0
    assert "searched, until time was up" in result.stdout


def test_so_many_examples_are_searched_as_are_wanted(tmp_path: Path) -> None:
    result = run("check", write_sale(tmp_path, SLOW), "--checks", "expect", "--max-examples", "7")
    assert ", 7 searched)" in result.stdout


def test_an_undecided_claim_says_how_many_worlds_would_decide(tmp_path: Path) -> None:
    text = ROOMY.replace("for every world, zone_size >= 30", "zone_size > 40")
    result = run("check", write_sale(tmp_path, text), "--checks", "expect", "--worlds", "100")
    assert result.exit_code == 1
    assert "warning[NS602]" in result.stdout
    assert "worlds would decide; --worlds takes more" in result.stdout
    assert "(100 worlds, at 1e-9)" in result.stdout


def test_a_search_without_hypothesis_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    result = run("check", write_sale(tmp_path, SLOW), "--checks", "expect")
    assert result.exit_code == 1
    assert "cannot be judged: searching needs Hypothesis" in result.stdout


def test_linting_alone_loads_nothing_that_judging_needs(tmp_path: Path) -> None:
    file = write_sale(tmp_path, ROOMY)
    program = (
        "import sys; from negsim.cli import main; main(sys.argv[1:], standalone_mode=False); "
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'hypothesis', 'scipy'}), "
        "[name for name in sys.modules if name.startswith('negsim.checks.judging')])"
    )

    def loaded(*options: str) -> str:
        command = [sys.executable, "-c", program, "check", file, "--no-save", *options]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]

    assert loaded("--checks", "lint") == "[] []"
    # A control: judging loads them.
    assert "negsim.checks.judging.judge" in loaded("--checks", "expect")


def test_theorems_are_tried_rules_counted_and_questions_asked(tmp_path: Path) -> None:
    idle = "rules:\n  never_so_dear: {require: price <= 10}\n"
    file = write_sale(tmp_path, SALE + idle)
    result = run("check", file, "--checks", "theorem:scale", "--checks", "coverage", "--questions")
    assert result.exit_code == 0, "what never decides is worth a note"
    assert "note[NS606]: rules.never_so_dear never kept a deal away by itself" in result.stdout
    assert "later_deadline" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("1 file checked: 1 note; 1 theorem holds.")
    data = json.loads(
        run("check", file, "--checks", "theorem", "--exclude", "theorem:scale", "--format", "json").stdout
    )
    tried = {one["id"]: one["verdict"] for one in data["files"][0]["theorems"]}
    assert "scale" not in tried
    assert tried["individually_rational"] == "holds"


def test_a_theorem_that_fails_is_said_to_be_a_bug_of_negsim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from negsim.checks.theorems import checked

    broken = checked.fails("scale", 3, "3 of 8 worlds differ", "world 5")
    monkeypatch.setattr("negsim.checks.theorems.check_theorems", lambda *_: iter([broken]))
    result = run("check", write_sale(tmp_path), "--checks", "theorem:scale")
    assert result.exit_code == 1
    assert "error[NS605]: scale does not hold: 3 of 8 worlds differ. This is a bug of negsim" in result.stdout
    assert "world 5" in result.stdout


def test_a_theorem_that_there_is_not_is_refused_with_the_nearest(tmp_path: Path) -> None:
    result = run("check", write_sale(tmp_path), "--checks", "theorem:scales")
    assert result.exit_code == 2
    assert "there is no such check; did you mean 'theorem:scale'?" in result.stderr
