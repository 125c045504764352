from hypothesis import given, settings
from tests.engines.feel.feel_trees import NAMES, cells, trees

from yanzhen.engines.feel import parse, parse_unary_tests, unparse


@settings(max_examples=400, deadline=None)
@given(trees)
def test_a_printed_tree_is_read_back_as_it_was(tree):
    text = unparse(tree)

    assert parse(text, NAMES) == tree


@settings(max_examples=100, deadline=None)
@given(cells)
def test_a_printed_cell_is_read_back_as_it_was(cell):
    text = unparse(cell)

    assert parse_unary_tests(text, NAMES) == cell


def test_printing_uses_no_more_parentheses_than_needed():
    text = "(a + b) * c - -d ** 2 > 5 and not(x in (1, [2..3)))"

    assert unparse(parse(text)) == text
