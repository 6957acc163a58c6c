"""What is said of a wrong condition, and where: the brackets « » mark the places in the text."""

import re
from fractions import Fraction

import pytest

from negsim.scenario.conditions import Flaw, IssueNames
from tests.scenario.conditions.sample import flaws_of, parsed

ONE_FLAW = [
    # names and options
    ("region == «ful» implies years >= 5", "NS301", "region has no option 'ful'", "did you mean 'full'?"),
    ("region in line | «zon»", "NS301", "region has no option 'zon'", "did you mean 'zone'?"),
    ("force == «xyz»", "NS301", "force has no option 'xyz'", "known: nobody, un, us"),
    ("force == «full»", "NS301", "force has no option 'full'", "'full' is an option of region"),
    (
        "region == «irrelevant»",
        "NS301",
        "region has no option 'irrelevant'",
        "region has no 'when', so it is always relevant",
    ),
    ("years == «long»", "NS301", "years has no option 'long'", "years is numeric: compare it with a number such as 0"),
    ("«regoin» == full", "NS302", "there is no issue 'regoin'", "did you mean 'region'?"),
    ("1 + «yaers» > 3", "NS302", "there is no issue 'yaers'", "did you mean 'years'?"),
    (
        "region == line or «full»",
        "NS302",
        "'full' is an option of region, not an issue",
        "write region == full, or region in full | ...",
    ),
    ("«true»", "NS302", "conditions have no 'true'", "a condition compares issues"),
    (
        "«r\N{CYRILLIC SMALL LETTER IE}gion» == full",
        "NS302",
        "there is no issue 'r\N{CYRILLIC SMALL LETTER IE}gion'",
        "'\N{CYRILLIC SMALL LETTER IE}' (CYRILLIC SMALL LETTER IE) is not a plain letter; did you mean 'region'?",
    ),
    ("«ful» == region", "NS302", "there is no issue 'ful'", "did you mean 'full'?"),
    ("force in us | «years»", "NS301", "force has no option 'years'", "years is an issue; known: nobody, un, us"),
    # what is written in other languages
    ("region «=» full", "NS303", "conditions have no '='", "write =="),
    ("years >= 5 «&&» region == full", "NS303", "conditions have no '&&'", "write and"),
    ("years >= 5 «||» region == full", "NS303", "conditions have no '||'", "write or"),
    ("«!» region == full", "NS303", "conditions have no '!'", "write not"),
    ("years >= 5 «AND» region == full", "NS303", "conditions have no 'AND'", "write and"),
    ("years «=<» 5", "NS303", "conditions have no '=<'", "write <="),
    ("years «<>» 5", "NS303", "conditions have no '<>'", "write !="),
    (
        "region == full «=>» years > 0",
        "NS303",
        "conditions have no '=>'",
        "write implies for 'if ... then', >= for 'at least'",
    ),
    ("region == full «->» years > 0", "NS303", "conditions have no '->'", "write implies"),
    ("region == full «<->» years > 0", "NS303", "conditions have no '<->'", "write iff"),
    ("region in «{»line, full}", "NS303", "conditions have no '{'", "choices follow in, with | between them: in a | b"),
    ("region in «[»line]", "NS303", "conditions have no '['", "choices follow in, with | between them: in a | b"),
    ("region in line«,» full", "NS303", "conditions have no ','", "write | between choices, and between conditions"),
    ("region == «'full'»", "NS303", "conditions have no quotes, as around full", "write the name alone"),
    ('region == «"full"»', "NS303", "conditions have no quotes, as around full", "write the name alone"),
    ("region == «'»full", "NS303", "conditions have no '''", "names need no quotes"),
    ("years «**» 2 > 5", "NS303", "conditions have no '**'", "there are no powers: write x * x"),
    ("years «is» 5", "NS303", "conditions have no 'is'", "write =="),
    ("«if» years > 5", "NS303", "conditions have no 'if'", "write A implies B for 'if A then B'"),
    (
        "years «\N{GREATER-THAN OR EQUAL TO}» 5",
        "NS303",
        "conditions have no '\N{GREATER-THAN OR EQUAL TO}' (GREATER-THAN OR EQUAL TO)",
        "write >=",
    ),
    ("years «\N{MINUS SIGN}» 5 > 1", "NS303", "conditions have no '\N{MINUS SIGN}' (MINUS SIGN)", "write -"),
    (
        "years «\N{FULLWIDTH LESS-THAN SIGN}» 5",
        "NS303",
        "conditions have no '\N{FULLWIDTH LESS-THAN SIGN}' (FULLWIDTH LESS-THAN SIGN)",
        "write <",
    ),
    (
        "years «\N{FULLWIDTH EQUALS SIGN}» 5",
        "NS303",
        "conditions have no '\N{FULLWIDTH EQUALS SIGN}' (FULLWIDTH EQUALS SIGN)",
        "write ==",
    ),
    (
        "years«\N{NO-BREAK SPACE}»> 5",
        "NS303",
        "conditions have no 'U+00A0' (NO-BREAK SPACE)",
        "write an ordinary space",
    ),
    ("years «?» 5", "NS303", "conditions have no '?'", ""),
    # numbers
    ("years >= «0..5»", "NS303", "'0..5' is not a number", "a condition has no ranges: write x >= low and x <= high"),
    ("years >= «5years»", "NS303", "'5years' is not a number", "put a space before a unit, * before an issue: 5 years"),
    (
        "years >= «1_000»",
        "NS303",
        "'1_000' is not a number",
        "write digits, and at most one point between them: 1000, 0.5",
    ),
    ("years >= «1e3»", "NS303", "'1e3' is not a number", "write digits, and at most one point between them: 1000, 0.5"),
    (
        "aid >= «.»5",
        "NS303",
        "conditions have no '.'",
        "names have no parts; a decimal needs a digit before the point: 0.5",
    ),
    # structure
    ("0 < years «<» 5", "NS303", "'<' follows another comparison", "write 0 < years and years < 5"),
    (
        "0 < (years) «<=» (5) and aid > 0",
        "NS303",
        "'<=' follows another comparison",
        "write 0 < (years) and (years) <= (5)",
    ),
    ("years >= 5 «and»", "NS303", "the condition ends after 'and'", "an issue, an option, a number or '(' must follow"),
    ("«and» years >= 5", "NS303", "'and' cannot stand here", "an issue, an option, a number or '(' must come first"),
    ("«(»years >= 5", "NS303", "this '(' is never closed", "write ) where it ends"),
    ("years >= 5«)»", "NS303", "this ')' closes no '('", "leave it out"),
    (
        "region == line «|» full",
        "NS303",
        "'|' stands only between the choices after in",
        "write x in a | b, or 'or' between conditions",
    ),
    ("region in (line «|» full)", "NS303", "choices stand without brackets", "write in a | b"),
    ("region «not» in line | full", "NS303", "conditions have no 'not in'", "write not x in a | b"),
    ("years == «not» aid", "NS303", "'not' cannot stand here without brackets", "write (not ...)"),
    ("max«(»years) > 5", "NS303", "'max' is no function, and conditions have none", "* multiplies"),
    ("years > 5 «adn» aid > 0", "NS303", "an operator is missing before 'adn'", "did you mean 'and'?"),
    ("years > 5 «aid» > 0", "NS303", "an operator is missing before 'aid'", "and, or, implies and iff join conditions"),
    ("«   »", "NS303", "the condition is empty", "compare an issue with something"),
    # types
    ("«region»", "NS304", "region is an issue, not a condition", "compare it: region == line"),
    ("not «years»", "NS304", "years is an issue, not a condition", "compare it: years >= 1"),
    ("«years + 5» or aid > 0", "NS304", "'years + 5' is a number, not a condition", "compare it with something"),
    ("«3 < 4»", "NS304", "'3 < 4' compares no issue", "a condition compares issues"),
    ("«full == region»", "NS304", "'full' stands before region, and an issue must come first", "write region == full"),
    ("«part <= region»", "NS304", "'part' stands before region, and an issue must come first", "write region >= part"),
    (
        "«region == force»",
        "NS304",
        "region and force cannot be compared: region has options, not numbers",
        "compare each with one of its own options",
    ),
    ("region == «3»", "NS304", "region has options, and '3' is none", "known: line, zone, part, full"),
    (
        "«region» + 1 > years",
        "NS304",
        "region is ordered: its options are not numbers",
        "compare it with one: region == line",
    ),
    (
        "«(years > 1)» == 5",
        "NS304",
        "'(years > 1)' is a condition, not a number",
        "conditions are joined by and, or, implies, iff",
    ),
    (
        "years in 5 | «aid»",
        "NS304",
        "'aid' is no number, and in chooses among numbers for years",
        "compare two issues by ==",
    ),
    (
        "«years + aid» in 5 | 10",
        "NS304",
        "'years + aid' is no issue, and in needs one on its left",
        "compare by == and join by or",
    ),
    (
        "years > «irrelevant» + 1",
        "NS304",
        "'irrelevant' is neither a condition nor a number",
        "write ISSUE == irrelevant",
    ),
    # order
    ("«force < us»", "NS305", "'<' needs an order, and the options of force have none", "write ==, != or in"),
    (
        "«phase >= middle»",
        "NS305",
        "phase may be irrelevant, so '>=' does not always mean something",
        "write phase in middle | late",
    ),
    (
        "«phase < early»",
        "NS305",
        "phase may be irrelevant, so '<' does not always mean something",
        "write ==, != or in",
    ),
    (
        "«phase < irrelevant»",
        "NS305",
        "phase may be irrelevant, so '<' does not always mean something",
        "write ==, != or in",
    ),
    (
        "«term» >= 2",
        "NS305",
        "term may be irrelevant, so it is not always a number",
        "it may stand alone before ==, != or in: term in 1 | 2.5",
    ),
    (
        "«term» + 1 == 2",
        "NS305",
        "term may be irrelevant, so it is not always a number",
        "it may stand alone before ==, != or in: term in 1 | 2.5",
    ),
    # levels, units, division
    ("years == «7»", "NS307", "years has no level 7", "the nearest on its scale: 5 and 10"),
    ("years != «2 * 6»", "NS307", "years has no level 12", "the nearest on its scale: 10"),
    ("«-1» == years", "NS307", "years has no level -1", "the nearest on its scale: 0"),
    ("aid in 0.1 | «0.25»", "NS307", "aid has no level 0.25", "the nearest on its scale: 0.1 and 0.3"),
    ("aid == «1 / 3»", "NS307", "aid has no level 1/3", "the nearest on its scale: 0.3"),
    ("years >= 5 «year»", "NS308", "years is in years, not in 'year'", "did you mean 'years'?"),
    ("years in 0 | 5 «%»", "NS308", "years is in years, not in '%'", "known: years"),
    (
        "years + 2 * aid >= 5 «months»",
        "NS308",
        "years, aid are in years, EUR bn, not in 'months'",
        "known: years, EUR bn",
    ),
    (
        "aid / «years» > 1",
        "NS309",
        "'years' holds an issue, and only numbers may divide",
        "multiply the other side by it instead",
    ),
    ("aid / «(2 - 2)» > 1", "NS309", "'(2 - 2)' is zero, and nothing can be divided by it", "divide by another number"),
    (
        "aid / «(years - years + 1)» > 1",
        "NS309",
        "'(years - years + 1)' holds an issue, and only numbers may divide",
        "multiply the other side by it instead",
    ),
    # size
    (
        "«aid*aid*aid*aid*aid» > 1",
        "NS306",
        "'aid*aid*aid*aid*aid' multiplies more than 4 issues together",
        "4 is the most",
    ),
]


def read_marked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the marks out of a text and give the (start, length) of what stood between them."""
    spans, plain = [], ""
    for part in re.split("(«[^»]*»)", marked):
        if part.startswith("«"):
            spans.append((len(plain), len(part) - 2))
        plain += part.strip("«»")
    return plain, spans


@pytest.mark.parametrize(("marked", "code", "message", "help_"), ONE_FLAW, ids=[case[0] for case in ONE_FLAW])
def test_a_flaw_says_what_and_where(marked, code, message, help_):
    text, [(start, length)] = read_marked(marked)
    assert flaws_of(text) == (Flaw(code, message, start, length, help_),)


def test_a_condition_gives_all_its_flaws_in_the_order_of_the_text():
    text = "regoin = full && force == usa or years >= 5 year iff yaers > aid / 0"
    places = [(flaw.code, text[flaw.start : flaw.start + flaw.length]) for flaw in flaws_of(text)]
    assert places == [
        ("NS302", "regoin"),
        ("NS303", "="),
        ("NS303", "&&"),
        ("NS301", "usa"),
        ("NS308", "year"),
        ("NS302", "yaers"),
        ("NS309", "0"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("regoin == fulll", ["regoin", "fulll"]),
        ("regoin in full | fulll", ["regoin", "fulll"]),
        ("region in lin | zone | ful", ["lin", "ful"]),
        ("(regoin == full) + 1 > yaers", ["(regoin == full)", "regoin", "yaers"]),
        ("years in 3 | 4", ["3", "4"]),
        ("term * term > 5 years", ["term", "term", "years"]),
        ("region + foo in bar | baz", ["region + foo", "foo", "bar", "baz"]),
        ("force == foo + 1", ["foo + 1", "foo"]),
        ("years in foo + 1 | 3", ["foo", "3"]),
        ("(region in foo | irrelevant) * 2 > foo", ["(region in foo | irrelevant)", "foo", "foo"]),
        ("(not foo == bar) < years", ["(not foo == bar)", "foo", "bar"]),
    ],
)
def test_every_wrong_name_is_found_wherever_it_stands(text, words):
    assert sorted(text[f.start : f.start + f.length] for f in flaws_of(text)) == sorted(words)


def test_help_lists_at_most_eight_names_when_none_is_near():
    many = IssueNames("place", "categorical", tuple(f"town{n}" for n in range(20)))
    [flaw] = flaws_of("place == qqq", [many])
    assert flaw.help == "known: town0, town1, town2, town3, town4, town5, town6, town7, ... (20 in all)"


def test_the_nearest_of_ten_thousand_options_is_found():
    many = IssueNames("place", "categorical", tuple(f"town_{n}" for n in range(10_000)))
    [flaw] = flaws_of("place == town_9x", [many])
    assert flaw.help.startswith("did you mean 'town_")


def test_long_names_are_cut_in_a_message_and_whole_in_the_place():
    [flaw] = flaws_of("region == " + "x" * 400)
    assert (flaw.start, flaw.length) == (10, 400)
    assert flaw.message == f"region has no option '{'x' * 45}...'"


def test_a_unit_after_a_number_of_an_issue_without_one_is_a_flaw():
    bare = IssueNames("seats", "numeric", ("1", "2"), (Fraction(1), Fraction(2)))
    assert flaws_of("seats >= 2 people", [bare]) == (
        Flaw("NS308", "seats: no unit is declared, but 'people' is written", 11, 6, "write the number alone"),
    )


def test_an_option_may_share_its_name_with_an_issue():
    names = (IssueNames("guarantor", "categorical", ("none", "usa")), IssueNames("usa", "categorical", ("in_", "out")))
    condition = parsed("guarantor == usa", names)
    assert condition.issues == ("guarantor",)
