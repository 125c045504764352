"""Regular expressions of XPath, on both matchers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.feel.feel_trees import feel

from yanzhen.engines.feel import FeelError
from yanzhen.engines.feel.regex import Compiled
from yanzhen.engines.feel.regex_linear import Program

MATCHES = [
    ("abracadabra", "bra", "", True),
    ("abracadabra", "^a.*a$", "", True),
    ("abracadabra", "^bra", "", False),
    ("helloworld", "hello world", "x", True),
    ("helloworld", "hello[ ]world", "x", False),
    ("hello world", r"hello\ sworld", "x", True),
    ("a\nb", "a.b", "", False),
    ("a\nb", "a.b", "s", True),
    ("a\nb", "^b$", "", False),
    ("a\nb", "^b$", "m", True),
    ("ABC", "abc", "i", True),
    ("ABC", "[a-c]+", "i", True),
    ("k", "^[^K]$", "i", False),
    ("i", "[A-Z-[IO]]", "i", False),
    ("b", "[A-Z-[IO]]", "i", True),
    ("\u212a", "k", "i", True),
    ("\u212a", "[A-Z]", "i", True),
    ("a", r"^\p{Lu}$", "i", False),
    ("abAB", r"^(ab)\1$", "i", True),
    ("A.B", "a.b", "qi", True),
    ("a.b", "a.b", "q", True),
    ("axb", "a.b", "q", False),
    ("中文", r"^\p{Lo}+$", "", True),
    ("Ab", r"^\p{Lu}\P{Lu}$", "", True),
    ("x", r"\p{IsBasicLatin}", "", True),
    ("a_b", r"^\w+$", "", False),
    ("a1", r"^\i\c$", "", True),
    ("b", "[a-z-[aeiou]]", "", True),
    ("a", "[a-z-[aeiou]]", "", False),
    ("abab", r"^(ab)\1$", "", True),
    ("ab", "(?:a|b){2}", "", True),
    ("^", "[\\^]", "", True),
    ("a-", "[a-]{2}", "", True),
    ("aaa", "^a{2,}$", "", True),
    ("", "^$", "", True),
]
WRONG = [
    ("[", ""),
    ("a)", ""),
    ("(a", ""),
    ("*", ""),
    ("a**", ""),
    ("{2}", ""),
    ("a{2,1}", ""),
    ("a{,2}", ""),
    ("(?=a)", ""),
    (r"\b", ""),
    (r"\1", ""),
    (r"(a)\2", ""),
    (r"(a\1)", ""),
    (r"(a)[\1]", ""),
    ("[z-a]", ""),
    ("[]", ""),
    (r"\p{Xx}", ""),
    (r"\p", ""),
    ("a", "k"),
    ("]", ""),
]
REPLACED = [
    ("abracadabra", "a(.)", "a$1$1", "", "abbraccaddabbra"),
    ("abracadabra", ".*?a", "x", "", "xxxxx"),
    ("AAAA", "A+?", "b", "", "bbbb"),
    ("darted", "^(.*?)d(.*)$", "$1c$2", "", "carted"),
    ("abc", "b", r"\$\\", "", "a$\\c"),
    ("abc", "(b)", "$12", "", "ab2c"),
    ("abc", "b", "$1", "", "ac"),
    ("a.c", ".", "$1", "q", "a$1c"),
    ("abc", "x*", "-", "", None),
    ("abc", "b", "$", "", None),
    ("abc", "b", r"\x", "", None),
]


@pytest.mark.parametrize(("text", "pattern", "flags", "expected"), MATCHES)
def test_a_pattern_matches_as_xpath_says(text, pattern, flags, expected):
    assert feel("matches(t, p, f)", t=text, p=pattern, f=flags) is expected


# the linear matcher has no back references
@pytest.mark.parametrize(
    ("text", "pattern", "flags", "expected"), [row for row in MATCHES if r"\1" not in row[1]]
)
def test_the_linear_matcher_gives_the_same_answer(text, pattern, flags, expected):
    regex = Compiled(pattern, flags)

    assert (Program(regex.pattern).search(text, 0) is not None) is expected


@pytest.mark.parametrize(("pattern", "flags"), WRONG)
def test_a_wrong_pattern_gives_null_and_a_reason(pattern, flags):
    notes: list[FeelError] = []

    assert feel("matches(t, p, f)", t="a", p=pattern, f=flags, notes=notes) is None
    assert notes[0].message.startswith("matches: ")


@pytest.mark.parametrize(("text", "pattern", "replacement", "flags", "expected"), REPLACED)
def test_matches_are_replaced(text, pattern, replacement, flags, expected):
    scope = {"t": text, "p": pattern, "r": replacement, "f": flags}

    assert feel("replace(t, p, r, f)", **scope) == expected


_patterns = st.recursive(
    st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "^", "$", ""]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
        inner.map(lambda one: f"({one})*"),
        inner.map(lambda one: f"(?:{one})+?"),
        inner.map(lambda one: f"({one}){{1,2}}"),
    ),
    max_leaves=6,
)


@given(_patterns, st.text("abc", max_size=8))
def test_both_matchers_find_the_same_whole_match(pattern, text):
    regex = Compiled(pattern, "")
    linear = Program(regex.pattern).search(text, 0)
    python = None if regex.python is None else regex.python.search(text)

    if regex.python is not None:
        assert (linear and linear[:2]) == (python and python.span())
