"""Acceptance by definition: a second way from what was drawn to who accepts an outcome, without cells and thresholds.

Everything is worked out for a list of cases, pairs of a world and an outcome, from the scenario's own words and the
numbers drawn. No code is shared with `negsim.model` beyond the scenario and the draws.
"""
