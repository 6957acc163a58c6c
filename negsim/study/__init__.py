"""Studies: many cells of a scenario, each with some values changed, and what reading them together says.

`begin_sweep` and `go_on` run one, `read_study` reads it back; `run_study` runs one of any model. `find_break_even`
searches one quantity for the values at which a result crosses a target.
"""

from __future__ import annotations

from negsim.study.breakeven.analysis import find_break_even
from negsim.study.breakeven.result import BreakEven, Crossing, CurvePoint
from negsim.study.breakeven.search import Search
from negsim.study.reading import ReadStudy, digest_of, read_study, read_table
from negsim.study.running.executors import Crew, crew_of, make_crew
from negsim.study.runs import begin_sweep, go_on, run_study
from negsim.study.sweep import Policy, Sweep
from negsim.study.table import Factor, StudyTable

__all__ = [
    "BreakEven",
    "Crew",
    "Crossing",
    "CurvePoint",
    "Factor",
    "Policy",
    "ReadStudy",
    "Search",
    "StudyTable",
    "Sweep",
    "begin_sweep",
    "crew_of",
    "digest_of",
    "find_break_even",
    "go_on",
    "make_crew",
    "read_study",
    "read_table",
    "run_study",
]
