"""Scenarios from what other programs hold: a spreadsheet of point scores."""

from negsim.exchange.point_table import PointTable, read_point_table
from negsim.exchange.scaling import Scaled, scale_points
from negsim.exchange.table_scenario import scenario_of_table

__all__ = ["PointTable", "Scaled", "read_point_table", "scale_points", "scenario_of_table"]
