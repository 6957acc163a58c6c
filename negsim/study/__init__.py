"""Studies: many cells of a scenario, each with some values changed, and what reading them together says.

`begin_sweep` and `go_on` run one, `read_study` reads it back; `run_study` runs one of any model.
"""

from __future__ import annotations

from negsim.study.executors import Crew, crew_of, make_crew
from negsim.study.reading import ReadStudy, digest_of, read_study, read_table
from negsim.study.running import begin_sweep, go_on, run_study
from negsim.study.sweep import Policy, Sweep
from negsim.study.table import Factor, StudyTable

__all__ = [
    "Crew",
    "Factor",
    "Policy",
    "ReadStudy",
    "StudyTable",
    "Sweep",
    "begin_sweep",
    "crew_of",
    "digest_of",
    "go_on",
    "make_crew",
    "read_study",
    "read_table",
    "run_study",
]
