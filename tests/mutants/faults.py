"""Every planted fault, by area."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tests.mutants.fault import Fault
from tests.mutants.in_bargaining import IN_BARGAINING
from tests.mutants.in_conditions import IN_CONDITIONS
from tests.mutants.in_judging import IN_JUDGING
from tests.mutants.in_model import IN_MODEL
from tests.mutants.in_reading import IN_READING
from tests.mutants.in_solutions import IN_SOLUTIONS
from tests.mutants.in_talks import IN_TALKS
from tests.mutants.in_zone import IN_ZONE

__all__ = ["FAULTS"]

FAULTS: Mapping[str, tuple[Fault, ...]] = MappingProxyType(
    {
        "solutions": IN_SOLUTIONS,
        "zone": IN_ZONE,
        "reading": IN_READING,
        "conditions": IN_CONDITIONS,
        "model": IN_MODEL,
        "bargaining": IN_BARGAINING,
        "talks": IN_TALKS,
        "judging": IN_JUDGING,
    }
)
