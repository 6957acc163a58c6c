"""The calendar of talks: sessions, events and deadlines over the arrays of many worlds at once, led by SimPy."""
