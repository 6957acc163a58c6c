"""Studies: many cells of a scenario, each with some values changed, and what reading them together says."""
