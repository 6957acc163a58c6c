"""Tools for tests of scenarios: what Hypothesis draws them with.

`negsim.testing.strategies` has the strategies; it needs Hypothesis (``pip install 'negsim[test]'``), which is not
loaded before it. Where Hypothesis is installed, ``st.from_type(Scenario)`` draws scenarios without an import from here.
"""
