"""From a scenario to arrays: draws, values, cells and free issues."""
