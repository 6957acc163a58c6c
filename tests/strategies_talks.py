"""Documents with calendars, from where they are drawn."""

from negsim.testing.talks import calendars, scheduled

__all__ = ["calendars", "scheduled"]
