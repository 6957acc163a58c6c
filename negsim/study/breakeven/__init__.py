"""The values of a quantity at which a result crosses a target."""
