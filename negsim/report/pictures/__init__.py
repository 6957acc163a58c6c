"""Pictures of findings: each a Vega-Lite specification with a title that states what is seen, and a table."""
