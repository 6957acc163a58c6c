"""Our dataclasses beside those of the standard library: whatever is asked of them, they answer alike."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import KW_ONLY, FrozenInstanceError, InitVar, field
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pytest

from negsim.records import dataclass

Maker = Callable[..., Any]
NAN = float("nan")


def sets(make: Maker, *, slots: bool = True) -> dict[str, Any]:
    """Make the same classes by a decorator."""

    @make(frozen=True, slots=slots)
    class Empty:
        """Nothing."""

    @make(frozen=True, slots=slots)
    class One:
        """One field."""

        value: Any

    @make(frozen=True, slots=slots)
    class Several:
        """Fields with defaults and without."""

        first: int
        second: str = "two"
        third: list[int] = field(default_factory=list)

        @property
        def both(self) -> str:
            return f"{self.first}{self.second}"

    @make(frozen=True, slots=slots)
    class Ready:
        """Something is done at the end."""

        values: tuple[int, ...]

        def __post_init__(self) -> None:
            object.__setattr__(self, "values", tuple(sorted(self.values)))

    @make(frozen=True, slots=slots, eq=False)
    class Unlike:
        """Equal to itself alone."""

        value: int

    @make(frozen=True, slots=slots)
    class Shown:
        """A method of its own."""

        value: int

        def __repr__(self) -> str:
            return "own"

    @make(frozen=True, slots=slots)
    class Hashed:
        """A method of its own."""

        value: int

        def __hash__(self) -> int:
            return 7

    @make(frozen=True, slots=slots)
    class Begun:
        """A method of its own."""

        value: int

        def __init__(self, twice: int) -> None:
            object.__setattr__(self, "value", twice // 2)

    @make(frozen=True, slots=slots)
    class Unseen:
        """A field with an option."""

        seen: int
        unseen: int = field(default=0, repr=False)

    @make(frozen=True, slots=slots)
    class Uncompared:
        """A field with an option."""

        seen: int
        uncompared: int = field(default=0, compare=False)

    @make(frozen=True, slots=slots)
    class Named:
        """A field with an option."""

        named: int = field(default=1, kw_only=True)
        last: int = 2

    @make(frozen=True, slots=slots)
    class Unmade:
        """A field with an option."""

        value: int
        unmade: int = field(init=False, default=3)

    @make(slots=slots)
    class Loose:
        """Not frozen."""

        value: int

    @make(frozen=True, slots=slots, order=True)
    class Ordered:
        """In order."""

        value: int

    class Mixed:
        """A class whose method is called at the end."""

        def __post_init__(self) -> None:
            object.__setattr__(self, "value", self.value + 1)  # type: ignore[attr-defined]

    @make(frozen=True, slots=slots)
    class Inherited(Mixed):
        """Something is done at the end, by its base."""

        value: int

    @make(frozen=True, slots=slots)
    class Below(Several):
        """A base that is one, too."""

        fourth: int = 4

    made = {name: value for name, value in locals().items() if isinstance(value, type)}
    del made["Mixed"]
    return made


@pytest.fixture(params=[True, False], ids=["slots", "no slots"])
def pairs(request: pytest.FixtureRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    """Make our classes, and the standard library's."""
    return sets(dataclass, slots=request.param), sets(dataclasses.dataclass, slots=request.param)


ARGUMENTS: dict[str, list[tuple[tuple[Any, ...], dict[str, Any]]]] = {
    "Empty": [((), {}), ((1,), {})],
    "One": [((1,), {}), (("a",), {}), ((), {"value": 1}), ((), {}), ((1, 2), {}), ((), {"other": 1}), ((NAN,), {})],
    "Several": [((1,), {}), ((1, "x", [3]), {}), ((), {"first": 1, "third": [2]}), ((), {"second": "y"})],
    "Ready": [(((3, 1, 2),), {}), (((1, 2, 3),), {})],
    "Unlike": [((1,), {}), ((1,), {})],
    "Shown": [((1,), {}), ((2,), {})],
    "Hashed": [((1,), {}), ((2,), {})],
    "Begun": [((1,), {}), ((2,), {}), ((3,), {})],
    "Unseen": [((1,), {}), ((1, 5), {})],
    "Uncompared": [((1,), {}), ((1, 5), {})],
    "Named": [((), {}), ((1,), {}), ((1,), {"named": 2}), ((1, 2), {})],
    "Unmade": [((1,), {}), ((1, 2), {})],
    "Loose": [((1,), {}), ((2,), {})],
    "Ordered": [((1,), {}), ((2,), {})],
    "Inherited": [((1,), {}), ((2,), {})],
    "Below": [((1,), {}), ((1, "x", [], 5), {})],
}


def made(cls: Any) -> list[Any]:
    """Make records of a class, and the words of the errors of those that cannot be made."""
    found = []
    for positional, named in ARGUMENTS[cls.__name__]:
        try:
            found.append(cls(*positional, **named))
        except TypeError as error:
            found.append(str(error))
    return found


@pytest.mark.parametrize("name", ARGUMENTS)
def test_records_are_made_shown_and_compared_as_those_of_the_standard_library(
    pairs: tuple[dict[str, Any], dict[str, Any]], name: str
) -> None:
    ours, theirs = (made(classes[name]) for classes in pairs)
    assert [repr(one) for one in ours] == [repr(one) for one in theirs]
    assert [[a == b for b in ours] for a in ours] == [[a == b for b in theirs] for a in theirs]
    assert [[a != b for b in ours] for a in ours] == [[a != b for b in theirs] for a in theirs]


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_class_looks_like_one_of_the_standard_library(
    pairs: tuple[dict[str, Any], dict[str, Any]], name: str
) -> None:
    our, their = (classes[name] for classes in pairs)
    assert str(inspect.signature(our)) == str(inspect.signature(their))
    assert get_type_hints(our.__init__) == get_type_hints(their.__init__)
    assert our.__init__.__qualname__ == their.__init__.__qualname__
    assert our.__match_args__ == their.__match_args__
    assert our.__doc__ == their.__doc__
    assert [(f.name, f.type, f.default) for f in dataclasses.fields(our)] == [
        (f.name, f.type, f.default) for f in dataclasses.fields(their)
    ]
    assert repr(our.__dataclass_params__) == repr(their.__dataclass_params__)
    assert hasattr(our, "__slots__") == hasattr(their, "__slots__")
    assert hasattr(made(our)[0], "__dict__") == hasattr(made(their)[0], "__dict__")


@pytest.mark.parametrize("name", ["One", "Several", "Ready", "Unseen", "Below", "Inherited", "Shown"])
def test_a_record_cannot_be_changed(pairs: tuple[dict[str, Any], dict[str, Any]], name: str) -> None:
    errors = []
    for classes in pairs:
        record = made(classes[name])[0]
        key = dataclasses.fields(record)[0].name
        with pytest.raises(FrozenInstanceError) as setting:
            setattr(record, key, 9)
        with pytest.raises(FrozenInstanceError) as deleting:
            delattr(record, key)
        errors.append((str(setting.value), str(deleting.value)))
    assert errors[0] == errors[1]


def test_what_is_not_frozen_can_be_changed_and_what_has_an_order_is_ordered(
    pairs: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    loose = pairs[0]["Loose"](1)
    loose.value = 2
    assert loose.value == 2
    assert pairs[0]["Ordered"](1) < pairs[0]["Ordered"](2)


def test_a_class_below_may_have_attributes_of_its_own(pairs: tuple[dict[str, Any], dict[str, Any]]) -> None:
    one = pairs[0]["One"]  # the standard library's fails with slots
    free = type("Free", (one,), {})(1)
    free.other = 2
    del free.other
    with pytest.raises(FrozenInstanceError):
        free.value = 2
    assert (free == one(1), free == type(free)(1)) == (False, True)


class Anything:
    """Equal to everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def test_another_class_may_say_that_it_is_equal(pairs: tuple[dict[str, Any], dict[str, Any]]) -> None:
    assert all(classes["Several"](1) == Anything() for classes in pairs)


@pytest.mark.parametrize("mark", ["a: InitVar[int] = 0", "_: KW_ONLY\n    a: int = 0"])
def test_what_is_not_known_is_refused(mark: str) -> None:
    text = f"@dataclass(frozen=True)\nclass A:\n    {mark}\n"
    with pytest.raises(TypeError, match=r"A: negsim\.records knows neither InitVar nor KW_ONLY"):
        exec(text, {"dataclass": dataclass, "InitVar": InitVar, "KW_ONLY": KW_ONLY, "__name__": __name__})


def test_pytest_says_field_by_field_what_differs(tmp_path: Path) -> None:
    text = "from negsim.errors import Place\n\ndef test_it():\n    assert Place('a', 1, 2) == Place('a', 1, 3)\n"
    (tmp_path / "test_it.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "test_it.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "Differing attributes:" in done.stdout
    assert "column: 2 != 3" in done.stdout


def test_equal_records_have_one_hash_and_others_another(pairs: tuple[dict[str, Any], dict[str, Any]]) -> None:
    classes = pairs[0]
    one, several = classes["One"], classes["Several"]
    assert hash(one((1, 2))) == hash(one((1, 2))) != hash(one((1, 3)))
    with pytest.raises(TypeError, match="unhashable"):
        hash(several(1))
    assert hash(classes["Hashed"](1)) == 7
    assert len({classes["Unlike"](1), classes["Unlike"](1)}) == 2


def test_a_default_of_a_factory_is_made_anew_each_time(pairs: tuple[dict[str, Any], dict[str, Any]]) -> None:
    several = pairs[0]["Several"]
    assert several(1).third == []
    assert several(1).third is not several(1).third


def test_what_is_the_same_is_equal_even_if_it_does_not_equal_itself(
    pairs: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    one, array = pairs[0]["One"], np.zeros(2)
    assert one(NAN) == one(NAN)
    assert one(array) == one(array)


def test_records_are_replaced_told_in_plain_data_copied_and_matched(
    pairs: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    several = pairs[0]["Several"]
    record = several(1, "x", [3])
    assert dataclasses.replace(record, first=2) == several(2, "x", [3])
    assert dataclasses.asdict(record) == {"first": 1, "second": "x", "third": [3]}
    assert copy.copy(record) == record == copy.deepcopy(record)
    assert copy.deepcopy(record).third is not record.third
    match record:
        case several(first, second):
            assert (first, second) == (1, "x")
        case _:
            pytest.fail("does not match")


@dataclass(frozen=True, slots=True)
class Kept:
    """Of a module, so that it can be pickled."""

    first: int
    second: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeptLoosely:
    """Without slots."""

    first: int


@pytest.mark.parametrize("record", [Kept(1, ("a",)), KeptLoosely(2)])
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_records_survive_pickling(record: Any, protocol: int) -> None:
    assert pickle.loads(pickle.dumps(record, protocol)) == record


def test_a_record_that_holds_itself_can_be_shown() -> None:
    held: list[Any] = []
    record = sets(dataclass)["One"](held)
    held.append(record)
    assert repr(record) == "sets.<locals>.One(value=[...])"


def test_data_of_the_package_are_made_the_cheap_way() -> None:
    import negsim.errors
    from negsim import records

    assert negsim.errors.Place.__repr__ is records._repr
