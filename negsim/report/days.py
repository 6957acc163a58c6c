"""Days of the calendar in words, in English whatever the place."""

from __future__ import annotations

import datetime as dt

from negsim.model.estimates import Spread

__all__ = ["day_words", "days_with_spread", "short_day", "span_words"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_words(day: dt.date) -> str:
    """Write a day out.

    >>> day_words(dt.date(2026, 2, 17))
    '17 February 2026'
    """
    return f"{_day_and_month(day)} {day.year}"


def short_day(day: dt.date) -> str:
    """Write a day in six characters, without its year.

    >>> short_day(dt.date(2026, 2, 7)), short_day(dt.date(2026, 9, 30))
    (' 7 Feb', '30 Sep')
    """
    return f"{day.day:>2} {_MONTHS[day.month - 1][:3]}"


def span_words(first: dt.date, last: dt.date) -> str:
    """Say between which days something lies, no part of a date twice.

    >>> span_words(dt.date(2026, 3, 11), dt.date(2026, 3, 31)), span_words(dt.date(2025, 12, 31), dt.date(2026, 1, 2))
    ('between 11 and 31 March 2026', 'between 31 December 2025 and 2 January 2026')
    >>> span_words(dt.date(2026, 3, 11), dt.date(2026, 4, 1)), span_words(dt.date(2026, 3, 1), dt.date(2026, 3, 1))
    ('between 11 March and 1 April 2026', 'on 1 March 2026')
    """
    if first == last:
        return f"on {day_words(first)}"
    if first.year != last.year:
        return f"between {day_words(first)} and {day_words(last)}"
    begins = str(first.day) if first.month == last.month else _day_and_month(first)
    return f"between {begins} and {day_words(last)}"


def days_with_spread(start: dt.date, after: Spread) -> str:
    """Write the median of some days counted from ``start``, and the ends of their middle 80 % where they differ.

    >>> days_with_spread(dt.date(2026, 1, 1), Spread(9.0, 30.0, 40.0))
    '31 January 2026 (10 January 2026 to 10 February 2026)'
    """
    low, middle, high = (
        day_words(start + dt.timedelta(days=round(days))) for days in (after.p10, after.median, after.p90)
    )
    return middle if low == high else f"{middle} ({low} to {high})"


def _day_and_month(day: dt.date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"
