"""What Hypothesis calls when it is imported: ``st.from_type(Scenario)`` shall draw scenarios, and cost nothing before.

A strategy is registered for a class, and to have the class is to have loaded the reader of scenarios. So nothing is
registered before somebody else imports that class: then, and right after it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from negsim.scenario.types import Scenario

__all__ = ["setup"]

_TYPES = "negsim.scenario.types"


def setup() -> None:
    """Let Hypothesis know the types of scenarios once they are there; the entry point of the group ``hypothesis``.

    >>> setup()
    >>> from hypothesis import Phase, find, settings, strategies as st
    >>> from negsim.scenario import Scenario
    >>> quick = settings(phases=[Phase.generate])
    >>> len(find(st.from_type(Scenario), lambda drawn: len(drawn.parties) == 2, settings=quick).parties)
    2
    """
    module = sys.modules.get(_TYPES)
    if module is not None and hasattr(module, "Scenario"):
        _register(module)
    elif not any(isinstance(finder, _Awaiting) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Awaiting())


class _Awaiting(MetaPathFinder):
    """Waits for the module of types to be imported, and lets it be found as it would be anyway."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find nothing but that module, once."""
        if fullname != _TYPES:
            return None
        sys.meta_path.remove(self)
        spec = find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _Registering(spec.loader)
        return spec


class _Registering(Loader):
    """Loads a module by its own loader, which it gives back, and registers what is in it."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Make the module as its own loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Run it, then register."""
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        _register(module)


def _register(module: ModuleType) -> None:
    """Register strategies, which are made when they are asked for."""
    from hypothesis import strategies as st

    def scenarios(_: type) -> st.SearchStrategy[Scenario]:
        from negsim.testing.strategies import scenarios

        return scenarios()

    st.register_type_strategy(module.Scenario, scenarios)
    st.register_type_strategy(module.Issue, lambda thing: scenarios(thing).map(lambda drawn: drawn.issues[0]))
    st.register_type_strategy(module.Party, lambda thing: scenarios(thing).map(lambda drawn: drawn.parties[0]))
