"""Which outcome: the Pareto frontier and the solutions of cooperative bargaining theory, on arrays of gains."""
