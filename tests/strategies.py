"""Documents of small valid scenarios, from where they are drawn."""

from negsim.testing.documents import (
    Document,
    anywhere,
    conditions,
    documents,
    quantities,
    red_line,
    scenario_of,
)

__all__ = ["Document", "anywhere", "conditions", "documents", "quantities", "red_line", "scenario_of"]
