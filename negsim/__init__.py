"""negsim: how likely it is that stated positions leave room for a deal, and which deals.

Import from the module that owns a name: ``negsim.scenario`` reads files, ``negsim.zone`` analyses them.
"""

__all__ = ["__version__"]

__version__ = "0.1.0"
