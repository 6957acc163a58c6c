"""Settings that every test shares.

Hypothesis has two profiles: ``ci`` draws the same examples in every run, ``dev`` draws new ones
(``HYPOTHESIS_PROFILE=dev make test``) and keeps what failed. Neither has a deadline: no test is timed.
"""

from __future__ import annotations

import os
import signal

from hypothesis import settings

# A shell that starts something in the background lets it ignore Ctrl-C, and so all that the tests start in turn.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("ci", derandomize=True, max_examples=100, deadline=None, database=None, print_blob=True)
settings.register_profile("dev", max_examples=300, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
