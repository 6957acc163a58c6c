"""What a result was computed with: versions, and the kind of processor."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import Any

import numpy as np

from negsim import __version__

__all__ = ["processor", "versions"]


def versions() -> dict[str, str]:
    """Name the versions of all that a figure can depend on."""
    return {
        "negsim": __version__,
        "numpy": version("numpy"),
        "scipy": version("scipy"),
        "python": platform.python_version(),
    }


def processor() -> str:
    """Name the kind of processor: its family and the vector instructions that NumPy found.

    The last bit of a logarithm differs between kinds; on one kind the same inputs give the same bytes.
    """
    config: Any = np.show_config(mode="dicts")
    found = config.get("SIMD Extensions", {}).get("found", [])
    return " ".join([platform.machine(), *found])
