"""Faults in how shapes are read, and in what records are."""

from __future__ import annotations

from tests.mutants.fault import Fault

__all__ = ["IN_READING"]

_SHAPING, _RECORDS = "negsim/scenario/shaping.py", "negsim/records.py"
_SHAPES, _ALIKE = "tests/scenario/test_shaping.py", "tests/test_records.py"
_FITS = f"{_SHAPES}::test_what_fits_is_read_as_it_is_and_the_rest_has_its_defaults"
_FLAWS = f"{_SHAPES}::test_every_flaw_is_found_at_once_with_its_place"
_MADE = f"{_ALIKE}::test_records_are_made_shown_and_compared_as_those_of_the_standard_library"
_LOOKS = f"{_ALIKE}::test_a_class_looks_like_one_of_the_standard_library"

IN_READING = (
    Fault(
        "reading-text-too-long-by-one",
        _SHAPING,
        "len(value) > self._most",
        "len(value) >= self._most",
        _FITS,
        "A text of as many characters as there may be is refused.",
    ),
    Fault(
        "reading-false-is-true",
        _SHAPING,
        "return bool(value)",
        "return True",
        _FITS,
        "What is written as false is read as true.",
    ),
    Fault(
        "reading-unknown-keys",
        _SHAPING,
        "(key for key in value if key not in entries)",
        "()",
        _FLAWS,
        "Keys that are not known are passed over.",
    ),
    Fault(
        "reading-place-of-items",
        _SHAPING,
        "(*at, str(k)), flaws) for k, item",
        "at, flaws) for k, item",
        _FLAWS,
        "What is wrong with an item is said of its list.",
    ),
    Fault(
        "reading-defaults-shared",
        _SHAPING,
        "return default() if isinstance(default, type) else default",
        "return _ENTRIES.setdefault(default, default()) if isinstance(default, type) else default",
        f"{_SHAPES}::test_a_class_as_default_is_made_anew_each_time",
        "What is left out twice is one list.",
    ),
    Fault(
        "reading-conditions-without-definition",
        _SHAPING,
        "return self._schema or {",
        "return {",
        "tests/scenario/test_schema.py::test_the_json_schema_says_what_a_block_is_and_that_a_condition_stands_in_it",
        "Editors are not told what a condition is.",
    ),
    Fault(
        "reading-wrong-kinds-hidden",
        "negsim/scenario/shape_check.py",
        "if found.kind is Kind.TYPE or not",
        "if not",
        "tests/scenario/test_schema.py::test_a_wrong_kind_of_value_is_told_even_where_something_in_it_was_taken_out",
        "A mapping where a text belongs is not told once a null was taken out of it.",
    ),
    Fault(
        "reading-records-equal-to-any",
        _RECORDS,
        "if other.__class__ is self.__class__ else NotImplemented",
        "if other.__class__ is self.__class__ else False",
        f"{_ALIKE}::test_another_class_may_say_that_it_is_equal",
        "Another class has no say in whether it equals a record.",
    ),
    Fault(
        "reading-records-inherited-ends",
        _RECORDS,
        'if hasattr(cls, "__post_init__"):',
        'if "__post_init__" in vars(cls):',
        _MADE,
        "What a base does at the end of making a record is not done.",
    ),
    Fault(
        "reading-records-all-frozen",
        _RECORDS,
        'and options.get("frozen", False)',
        "",
        f"{_ALIKE}::test_what_is_not_frozen_can_be_changed_and_what_has_an_order_is_ordered",
        "A class that may be changed cannot.",
    ),
    Fault(
        "reading-records-own-hash",
        _RECORDS,
        '"__eq__", "__hash__", "__setattr__"',
        '"__eq__", "__setattr__"',
        f"{_ALIKE}::test_equal_records_have_one_hash_and_others_another",
        "A hash that a class brings along is written over.",
    ),
    Fault(
        "reading-records-options-of-fields",
        _RECORDS,
        "field.init and field.repr and field.compare",
        "field.init and field.repr",
        _MADE,
        "A field that is left out of comparing is compared.",
    ),
)
