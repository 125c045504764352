"""Organization codes and registration numbers of before 2015."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.kernel.errors import CellError
from yanzhen.kernel.identifiers import (
    make_organization_code,
    make_registration_number,
    parse_organization_code,
    parse_registration_number,
)
from yanzhen.kernel.identifiers.organization import ALPHABET

figures = st.text("0123456789", min_size=8, max_size=8)


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ("00261890", "4"),
        ("59720949", "8"),
        ("00258481", "2"),
        ("00267357", "5"),
        ("70420455", "4"),
        ("79965505", "8"),
        ("71526726", "X"),
        ("19220382", "1"),
        ("M0000XUF", "4"),
        ("M0001TGQ", "X"),
    ],
)
def test_organization_codes_inside_real_codes_have_their_check(body, check):
    assert make_organization_code(body) == body + check


def test_an_organization_code_is_read_with_its_hyphen():
    read = parse_organization_code("71526726-x")

    assert (read.code, read.body, read.check_ok) == ("71526726X", "71526726", True)
    assert read.notes == ("去掉连字符", "小写转大写")


def test_a_wrong_organization_check_is_a_warning():
    read = parse_organization_code("715267269")

    assert read.warnings == ("组织机构代码末位校验码应为“X”，实际为“9”：请核对，记录予以保留",)


@given(st.text(ALPHABET, min_size=8, max_size=8))
def test_made_organization_codes_pass(body):
    assert parse_organization_code(make_organization_code(body)).warnings == ()


@pytest.mark.parametrize("code", ["110108000000016"])
def test_the_example_of_the_numbering_rule_passes(code):
    read = parse_registration_number(code)

    assert read.check_ok
    assert (read.region, read.serial, read.owner_kind) == ("110108", "00000001", "domestic")


@given(figures)
def test_made_registration_numbers_pass(serial):
    code = make_registration_number("330800", serial)

    assert parse_registration_number(code).warnings == ()


@given(figures, st.integers(0, 14), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_a_registration_number_is_noticed(serial, place, other):
    code = make_registration_number("330802", serial)

    broken = code[:place] + other + code[place + 1 :]

    assert parse_registration_number(broken).check_ok is (broken == code)


@pytest.mark.parametrize(
    ("serial", "kind"),
    [("00000001", "domestic"), ("40000001", "foreign"), ("60012345", "individual")],
)
def test_the_serial_says_the_kind_of_owner(serial, kind):
    read = parse_registration_number(make_registration_number("330881", serial))

    assert read.owner_kind == kind


def test_a_wrong_registration_check_is_a_warning():
    read = parse_registration_number("110108000000017")

    assert read.warnings == ("注册号第 15 位校验码应为“6”，实际为“7”：请核对，记录予以保留",)


def test_a_letter_in_a_registration_number_is_an_error():
    with pytest.raises(CellError) as raised:
        parse_registration_number("11010800000OO16")

    assert str(raised.value) == "注册号第 12 位不能是“O”，是否应为“0”：请核对“11010800000OO16”"
