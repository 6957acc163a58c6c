"""A game that one person plays against simulated parties: what is said, what it comes to, what was missed."""
