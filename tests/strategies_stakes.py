"""Documents with what no deal and a deal may lead to, from where they are drawn."""

from negsim.testing.stakes import no_deals, stakes

__all__ = ["no_deals", "stakes"]
