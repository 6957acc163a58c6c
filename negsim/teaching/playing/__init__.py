"""A game played by one person against simulated parties: what is said and answered, what it comes to, what was missed."""
