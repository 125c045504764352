"""Every built-in function by the examples of the specification, and by what it must refuse.

Each row: an expression, and an expression for the value it must have.
"""

import pytest
from tests.engines.feel.feel_trees import feel

from yanzhen.engines.feel import BUILTINS, FeelError
from yanzhen.engines.feel.builtin_names import BUILTIN_NAMES
from yanzhen.engines.feel.equality import same

CONVERSION = [
    ('date("2012-12-25") - date("2012-12-24")', 'duration("P1D")'),
    ("date(2012, 12, 25)", '@"2012-12-25"'),
    ("date(year: 2012, month: 2, day: 29)", '@"2012-02-29"'),
    ("date(2013, 2, 29)", "null"),
    ('date(date and time("2012-12-25T11:00:00Z"))', '@"2012-12-25"'),
    ('string(date("999999999-12-31"))', '"999999999-12-31"'),
    ('string(date("-0044-03-15"))', '"-0044-03-15"'),
    ('date("2017-13-10")', "null"),
    ('date("98-01-01")', "null"),
    ('date("02017-01-01")', "null"),
    ('date("2012-12-25T")', "null"),
    ("date(2012)", "null"),
    ('date and time(date("2012-12-24"), time("23:59:00"))', '@"2012-12-24T23:59:00"'),
    ('date and time(@"2012-12-24T01:00:00Z", @"23:59:00")', '@"2012-12-24T23:59:00"'),
    ('date and time("2012-12-24")', '@"2012-12-24T00:00:00"'),
    ('date and time("2012-12-24T24:00:00")', '@"2012-12-25T00:00:00"'),
    ('date and time("2012-12-24T24:00:01")', "null"),
    ('date and time("2017-08-10T10:20:00@Nowhere/Land")', "null"),
    ('time("23:59:00z") + duration("PT2M")', 'time("00:01:00Z")'),
    ('time(23, 59, 0, duration("PT0H"))', 'time("23:59:00Z")'),
    ("time(23, 59, 1.3)", 'time("23:59:01.3")'),
    ('time("24:00:00")', 'time("00:00:00")'),
    ("time(12, 30.5, 0)", "null"),
    ('number("1 000,0", " ", ",")', "1000"),
    ('number("1,000.0", ",", ".")', "1000"),
    ('number("-1.5e3", null, null)', "-1500"),
    ('number("1.5.2", null, ".")', "null"),
    ('number("NaN", null, null)', "null"),
    ('number("9e9999", null, null)', "null"),
    ("string(1.1)", '"1.1"'),
    ("string(1.10)", '"1.1"'),
    ("string(1000000000000000000000000)", '"1000000000000000000000000"'),
    ("string(0.000000001)", '"0.000000001"'),
    ("string(null)", "null"),
    ('string("a")', '"a"'),
    ('string([1,2,3,"foo"])', '"[1, 2, 3, \\"foo\\"]"'),
    ('string({a: "foo", "b c": null})', '"{a: \\"foo\\", \\"b c\\": null}"'),
    ("string([1..3))", '"[1..3)"'),
    ('string(@"P26M")', '"P2Y2M"'),
    ('string(@"-PT90M")', '"-PT1H30M"'),
    ('string(@"PT0.5S")', '"PT0.5S"'),
    ('string(@"2020-01-01T10:00:00+08:00")', '"2020-01-01T10:00:00+08:00"'),
    ('duration("P2Y2M") = duration("P26M")', "true"),
    ('duration("P1Y2D")', "null"),
    ('duration("P")', "null"),
    ('duration("P1DT")', "null"),
    ('years and months duration(@"2011-12-22", @"2013-08-24")', '@"P1Y8M"'),
    ('years and months duration(@"2013-08-24", @"2011-12-22")', '@"-P1Y8M"'),
    ('date(@"2012-12-25")', '@"2012-12-25"'),
    ("date(2017.5, 1, 1)", "null"),
    ('date and time(@"2012-12-24T23:59:00")', '@"2012-12-24T23:59:00"'),
    ('date and time(@"2012-12-24")', '@"2012-12-24T00:00:00"'),
    ('time(@"10:00:00Z")', '@"10:00:00Z"'),
    ('time(@"2012-12-24T23:59:00+01:00")', '@"23:59:00+01:00"'),
    ('time(@"2012-12-24")', '@"00:00:00Z"'),
    ('time(1, 2, 3, @"PT19H")', "null"),
    ('time("10:00:00+18:01")', "null"),
    ('time("10:00:00+05:60")', "null"),
    ('string(time(11, 59, 45, @"-PT2H45M55S"))', '"11:59:45-02:45:55"'),
    ('number("1;0", ";", ".")', "null"),
    ('number("1", ",", ";")', "null"),
    ('number("1", ",", ",")', "null"),
    ('number("1.5", ",", ",")', "null"),
    ('number("1.5", null, ",")', "null"),
    ("number(5)", "5"),
    ('duration(@"P1D")', '@"P1D"'),
    ("string(string)", '"string"'),
    ("string(function(a) a)", '"function(a)"'),
    ("string([(< 5), (>= 5), (1..2]])", '"[< 5, >= 5, (1..2]]"'),
    ("not(true)", "false"),
    ("not(null)", "null"),
    ('not("true")', "null"),
    ('is(@"23:00:50", @"23:00:50Z")', "false"),
    ("is([1, {a: 2}], [1, {a: 2}])", "true"),
    ("is(1, 1.0)", "true"),
]
STRINGS = [
    ('substring("foobar", 3)', '"obar"'),
    ('substring("foobar", 3, 3)', '"oba"'),
    ('substring("foobar", -2, 1)', '"a"'),
    ('substring("foobar", 3.8)', '"obar"'),
    ('substring("\\U01F40Eab", 2)', '"ab"'),
    ('substring("foobar", 0)', "null"),
    ('substring("foobar", 7)', "null"),
    ('substring("foobar", 2, 0)', "null"),
    ('substring("foobar", "2")', "null"),
    ('substring(string: "foobar", start position: 6)', '"r"'),
    ('string length("营业收入")', "4"),
    ('upper case("aBc4")', '"ABC4"'),
    ('lower case("aBc4")', '"abc4"'),
    ('substring before("foobar", "bar")', '"foo"'),
    ('substring before("foobar", "xyz")', '""'),
    ('substring after("foobar", "ob")', '"ar"'),
    ('substring after("", "a")', '""'),
    ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'),
    ('contains("foobar", "of")', "false"),
    ('starts with("foobar", "fo")', "true"),
    ('ends with("foobar", "r")', "true"),
    ('matches("foobar", "^fo*bar")', "true"),
    ('split("John Doe", "\\s")', '["John", "Doe"]'),
    ('split("a;b;c;;", ";")', '["a", "b", "c", "", ""]'),
    ('string join(["a", "b", "c"], "_and_")', '"a_and_b_and_c"'),
    ('string join(["a", null, "c"], "")', '"ac"'),
    ('string join(["a", "b"])', '"ab"'),
    ('string join([], "x")', '""'),
    ('string join("a", "x")', '"a"'),
    ('string join(["a", 1], "x")', "null"),
]
LISTS = [
    ("list contains([1, 2, 3], 2)", "true"),
    ("list contains([1, null], null)", "true"),
    ('list contains([1, 2], "1")', "false"),
    ("count([1, null])", "2"),
    ("count(5)", "1"),
    ("count(1, 2)", "null"),
    ("min([1, 2, 3])", "1"),
    ("min(1, 2, 3)", "1"),
    ("min([])", "null"),
    ('max([@"2020-01-01", @"2021-01-01"])', '@"2021-01-01"'),
    ('max([1, "a"])', "null"),
    ("max(null)", "null"),
    ("sum([1, 2, 3])", "6"),
    ("sum(1, 2, 3)", "6"),
    ("sum([])", "null"),
    ("sum([1, null])", "null"),
    ('sum([@"P1D", @"PT12H"])', '@"P1DT12H"'),
    ('sum([@"P1Y", @"P2M"])', '@"P1Y2M"'),
    ('sum([@"P1Y", @"P2D"])', "null"),
    ('sum(["a"])', "null"),
    ("max([true])", "null"),
    ("mean([1, 2, 3])", "2"),
    ("mean([])", "null"),
    ("all([false, null, true])", "false"),
    ("all([])", "true"),
    ("any([false, null, true])", "true"),
    ("any([])", "false"),
    ("any([false, null])", "null"),
    ("any(0)", "null"),
    ("sublist([4, 5, 6], 1, 2)", "[4, 5]"),
    ("sublist([4, 5, 6], -2)", "[5, 6]"),
    ("sublist([4, 5, 6], 2, 3)", "null"),
    ("append([1], 2, 3)", "[1, 2, 3]"),
    ("append([1], [2])", "[1, [2]]"),
    ("append(null, 1)", "null"),
    ("concatenate([1, 2], [3])", "[1, 2, 3]"),
    ("concatenate([1], null)", "null"),
    ("insert before([1, 3], 1, 2)", "[2, 1, 3]"),
    ("insert before([1, 3], -1, 2)", "[1, 2, 3]"),
    ("insert before([1, 3], 3, 2)", "null"),
    ("remove([1, 2, 3], 2)", "[1, 3]"),
    ("remove([1, 2, 3], 0)", "null"),
    ("list replace([2, 4, 7, 8], 3, 6)", "[2, 4, 6, 8]"),
    ("list replace([2, 4, 7, 8], -1, 6)", "[2, 4, 7, 6]"),
    (
        "list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)",
        "[5, 5, 7, 8]",
    ),
    ("list replace(list: [1], match: function(a, b) a, newItem: 5)", "null"),
    ("reverse([1, 2, 3])", "[3, 2, 1]"),
    ("index of([1, 2, 3, 2], 2)", "[2, 4]"),
    ("index of([1, null], null)", "[2]"),
    ("union([1, 2], [2, 3])", "[1, 2, 3]"),
    ("distinct values([1, 2, 3, 2, 1, null, null])", "[1, 2, 3, null]"),
    ("flatten([[1, 2], [[3]], 4])", "[1, 2, 3, 4]"),
    ("product(2, 3, 4)", "24"),
    ("product([])", "null"),
    ("median(8, 2, 5, 3, 4)", "4"),
    ("median([6, 1, 2, 3])", "2.5"),
    ("median([])", "null"),
    ("decimal(stddev(2, 4, 7, 5), 9)", "2.081665999"),
    ("stddev(47)", "null"),
    ("mode(6, 3, 9, 6, 6)", "[6]"),
    ("mode([6, 1, 9, 6, 1])", "[1, 6]"),
    ("mode([])", "[]"),
    ("sort([3, 1, 5, 4], function(x, y) x < y)", "[1, 3, 4, 5]"),
    ('sort([3, 1], function(x, y) "no")', "null"),
    ("sort([3, 1], function(x) true)", "null"),
]
NUMBERS = [
    ("decimal(1/3, 2)", "0.33"),
    ("decimal(1.5, 0)", "2"),
    ("decimal(2.5, 0)", "2"),
    ("decimal(1234.5, -2)", "1200"),
    ("decimal(1, 6177)", "null"),
    ("floor(-1.56, 1)", "-1.6"),
    ("floor(1.5)", "1"),
    ("ceiling(-1.5)", "-1"),
    ("ceiling(1.51, 1)", "1.6"),
    ("round up(5.5, 0)", "6"),
    ("round up(-5.5, 0)", "-6"),
    ("round down(-5.5, 0)", "-5"),
    ("round half up(-1.5, 0)", "-2"),
    ("round half down(-1.5, 0)", "-1"),
    ("round half down(1.126, 2)", "1.13"),
    ("round up(5.5)", "null"),
    ("abs(-10)", "10"),
    ('abs(@"-PT5H")', '@"PT5H"'),
    ('abs(@"-P1Y")', '@"P1Y"'),
    ("log(0)", "null"),
    ("modulo(12, 5)", "2"),
    ("modulo(-12, 5)", "3"),
    ("modulo(12, -5)", "-3"),
    ("modulo(10.1, 4.5)", "1.1"),
    ("modulo(1, 0)", "null"),
    ("sqrt(16)", "4"),
    ("sqrt(-1)", "null"),
    ("decimal(log(10), 8)", "2.30258509"),
    ("decimal(exp(5), 8)", "148.41315910"),
    ("exp(99999)", "null"),
    ("odd(5)", "true"),
    ("odd(-2)", "false"),
    ("even(0)", "true"),
    ("even(1.5)", "false"),
]
DAYS = [
    ("day of year(date(2019, 9, 17))", "260"),
    ('day of week(@"2019-09-17")', '"Tuesday"'),
    ('month of year(@"2019-09-17T10:00:00")', '"September"'),
    ('week of year(@"2003-12-29")', "1"),
    ('week of year(@"2005-01-01")', "53"),
    ('day of week("2019-09-17")', "null"),
]
CONTEXTS = [
    ('get value({a: "foo"}, "a")', '"foo"'),
    ('get value({a: "foo"}, "b")', "null"),
    ("get entries({a: 1})", '[{key: "a", value: 1}]'),
    ('context([{key: "a", value: 1}, {key: "b", value: null}])', "{a: 1, b: null}"),
    ('context({key: "a", value: 1})', "{a: 1}"),
    ('context([{key: "a", value: 1}, {key: "a", value: 2}])', "null"),
    ('context([{key: "a"}])', "null"),
    ('context put({a: 1}, "b", 2)', "{a: 1, b: 2}"),
    ('context put({a: {b: 1}}, ["a", "c"], 2)', "{a: {b: 1, c: 2}}"),
    ('context put({a: 1}, ["a", "c"], 2)', "null"),
    ("context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"),
    ("context merge([1])", "null"),
    ("context([{key: 1, value: 2}])", "null"),
    ("context put({a: 1}, [], 2)", "null"),
]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [*CONVERSION, *STRINGS, *LISTS, *NUMBERS, *DAYS, *CONTEXTS],
)
def test_a_built_in_function_gives_what_the_specification_says(expression, expected):
    assert same(feel(expression), feel(expected))


def test_the_parser_knows_the_names_of_all_built_in_functions():
    assert BUILTINS.keys() == BUILTIN_NAMES


def test_a_refusal_says_which_argument_is_wrong():
    notes: list[FeelError] = []

    assert feel("1 + floor(n: 1.5, scale: true)", notes=notes) is None
    assert notes[0].message == "floor: scale must be a number, not boolean"
    assert notes[0].position == 4


def test_a_stray_argument_is_named():
    notes: list[FeelError] = []

    assert feel("floor(m: 1.5)", notes=notes) is None
    assert notes[0].message == "floor: has no argument 'm'; it takes n, scale"


def test_the_present_is_null_unless_the_caller_tells_it():
    notes: list[FeelError] = []

    assert feel("today()", notes=notes) is None
    assert "present" in notes[0].message
