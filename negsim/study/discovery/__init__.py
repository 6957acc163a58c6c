"""Scenario discovery: the regions of what a study varied in which something holds."""
