"""Judging what a scenario is expected to do: by counting worlds, by corners, by search."""
