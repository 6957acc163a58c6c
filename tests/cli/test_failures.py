"""However it ends: no traceback unasked, a message on stderr, an exit code that says what kind of end it was."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from negsim.cli.group import DEFECT, INTERRUPTED
from tests.cli.support import run, write_sale

NEGSIM = [sys.executable, "-m", "negsim"]
ROOT = Path(__file__).parent.parent.parent


def start(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.Popen(
        [*NEGSIM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables, cwd=ROOT
    )


def test_the_package_runs_as_a_module() -> None:
    out, err = start("--version").communicate()
    assert out.startswith(b"negsim ")
    assert err == b""


@pytest.mark.parametrize("command", ["zone", "show"])
def test_a_terminal_without_unicode_gets_ascii_and_no_traceback(tmp_path: Path, command: str) -> None:
    file = write_sale(tmp_path)
    Path(file).write_text(Path(file).read_text().replace("A sale", "Une vente réglée – enfin"), encoding="utf-8")
    process = start(command, file, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    out, err = process.communicate()
    assert process.returncode == 0
    assert err == b""
    assert b"Une vente reglee - enfin" in out


def test_json_survives_a_terminal_without_unicode(tmp_path: Path) -> None:
    file = write_sale(tmp_path)
    Path(file).write_text(Path(file).read_text().replace("A sale", "Une vente réglée"), encoding="utf-8")
    out, _ = start("zone", file, "--worlds", "256", "--format", "json", PYTHONIOENCODING="ascii").communicate()
    assert rb"Une vente r\u00e9gl\u00e9e" in out


def test_an_error_with_any_file_name_leaves_no_traceback() -> None:
    process = start("zone", os.fsdecode(b"no-such-\xff.yaml"), PYTHONIOENCODING="ascii")
    out, err = process.communicate()
    assert process.returncode == 2
    assert out == b""
    assert b"no-such-" in err
    assert b"Traceback" not in err


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_swallows_what_is_said_and_changes_no_exit_code(closed: str, tmp_path: Path) -> None:
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    for file, code in ((write_sale(tmp_path), 0), ("missing.yaml", 2)):
        command = f'"$0" -m negsim zone "$1" --worlds 256 {closed}'
        ended = subprocess.run(
            ["sh", "-c", command, sys.executable, file], check=False, capture_output=True, env=variables
        )
        assert ended.returncode == code
        assert b"defect" not in ended.stderr
        assert bool(ended.stdout) == (closed == "2>&-" and code == 0)
        assert bool(ended.stderr) == (closed == ">&-" and code == 2)


def test_a_reader_that_goes_away_ends_it_in_silence() -> None:
    with start("schema") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_ctrl_c_says_how_far_it_came_and_saves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    ours, theirs = pty.openpty()
    command = [*NEGSIM, "run", write_sale(tmp_path), "--worlds", str(2**22), "--out", str(out)]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=variables) as process:
        os.close(theirs)
        said = b""
        while b"/4194304" not in said:  # the progress bar has begun to count
            said += os.read(ours, 4096)
        process.send_signal(signal.SIGINT)
        printed, _ = process.communicate()
    said = os.read(ours, 65536)
    os.close(ours)
    assert process.returncode == INTERRUPTED
    assert printed == b""
    assert re.search(rb"Interrupted after [\d,]+ of 4,194,304 worlds; nothing was saved\.\r\n$", said)
    assert not out.exists()


def test_an_interrupt_during_the_analysis_names_the_worlds_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, on_progress: Callable[[int, int], None], **__: object) -> None:
        on_progress(1024, 4096)
        raise KeyboardInterrupt

    monkeypatch.setattr("negsim.zone.analyse_zone", interrupted)
    result = run("run", write_sale(tmp_path), "--out", str(tmp_path / "out"))
    assert result.exit_code == INTERRUPTED
    assert result.stderr == "Interrupted after 1,024 of 4,096 worlds; nothing was saved.\n"


def broken(*_: object, **__: object) -> None:
    raise KeyError("lost\nand found")


def test_a_defect_is_one_line_that_asks_to_report_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("negsim.zone.analyse_zone", broken)
    monkeypatch.delenv("NEGSIM_DEBUG", raising=False)
    result = run("zone", write_sale(tmp_path))
    assert result.exit_code == DEFECT
    assert len(result.stderr.splitlines()) == 1
    assert "please report it (KeyError: 'lost" in result.stderr
    assert "NEGSIM_DEBUG=1" in result.stderr


def test_a_defect_shows_its_traceback_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("negsim.zone.analyse_zone", broken)
    monkeypatch.setenv("NEGSIM_DEBUG", "1")
    assert isinstance(run("zone", write_sale(tmp_path)).exception, KeyError)


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("run", write_sale(tmp_path), "--worlds", "256", "--out", str(tmp_path / "file" / "out"))
    assert result.exit_code == 2
    assert "file" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["zone", "show", "check", "run"])
def test_rules_that_leave_nothing_are_shown_in_the_file(command: str, tmp_path: Path) -> None:
    file = tmp_path / "none.yaml"
    file.write_text(
        "negsim: 1\nid: z\ntitle: Z\nissues: {a: {title: A, options: [p, q]}}\n"
        "rules:\n  one: {require: a == p}\n  two: {require: a == q}\n"
        "parties: {ann: {title: Ann, demands: {a: p}, no_deal: 10}}\n"
    )
    found = run(command, str(file))
    assert found.exit_code == 2
    assert f"{file}:5:1: error[NS410]" in found.output
