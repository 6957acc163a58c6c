"""How fast negsim is, beside its peers, in one run: `python -m benchmarks`."""
