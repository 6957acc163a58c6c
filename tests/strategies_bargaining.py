"""Documents with ways to bargain, from where they are drawn."""

from negsim.testing.bargaining import SHARES, bargained, protocols, tactics

__all__ = ["SHARES", "bargained", "protocols", "tactics"]
