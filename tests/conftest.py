"""Settings that every test shares.

Of the profiles of Hypothesis ``ci`` draws the same examples in every run, ``dev`` draws new ones
(``HYPOTHESIS_PROFILE=dev make test``) and keeps what failed. None has a deadline: no test is timed. A third is for
planted faults (``make mutants``): twice the examples of ``ci``, of which it does not matter how small one that fails
can be.
"""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import Phase, is_hypothesis_test, settings

# A shell that starts something in the background lets it ignore Ctrl-C, and so all that the tests start in turn.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("ci", derandomize=True, max_examples=50, deadline=None, database=None, print_blob=True)
settings.register_profile("dev", max_examples=300, deadline=None, print_blob=True)
settings.register_profile(
    "mutants", settings.get_profile("ci"), max_examples=100, phases=(Phase.explicit, Phase.generate, Phase.target)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure coverage over tests of single cases alone: what fifty drawn ones cover costs as much as all else."""
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("no_cover")
