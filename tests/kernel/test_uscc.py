"""Unified social credit codes: real codes, broken codes, and codes made from parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yanzhen.kernel.errors import CellError
from yanzhen.kernel.identifiers import (
    OrganizationCode,
    RegistrationNumber,
    Uscc,
    make_uscc,
    parse_identifier,
    parse_uscc,
    prefix_kind_of,
)
from yanzhen.kernel.identifiers.uscc import ALPHABET, WEIGHTS

REAL = [
    ("11330800002618904J", 850, "J", "4"),
    ("113308245972094984", 1732, "4", "8"),
    ("11330683002584812B", 888, "B", "2"),
    ("11331002002673575G", 821, "G", "5"),
    ("91330000704204554C", 794, "C", "4"),
    ("91330100799655058B", 1384, "B", "8"),
    ("9144030071526726XG", 1782, "G", "X"),
    ("914403001922038216", 831, "6", "1"),
]
FAILING_BUT_REAL = ["91350211M0000XUF46", "91350100M0001TGQXM"]

bodies = st.text(ALPHABET, min_size=8, max_size=8)
regions = st.text("0123456789", min_size=6, max_size=6)
prefixes = st.sampled_from([("9", "1"), ("9", "2"), ("9", "3"), ("1", "1"), ("N", "2"), ("5", "2")])
codes = st.builds(lambda p, r, b: make_uscc(p[0], p[1], r, b), prefixes, regions, bodies)


@pytest.mark.parametrize(("code", "total", "check", "inner"), REAL)
def test_real_codes_pass_both_checks(code, total, check, inner):
    read = parse_uscc(code)

    assert sum(ALPHABET.index(c) * w for c, w in zip(code[:17], WEIGHTS, strict=True)) == total
    assert (code[17], code[16]) == (check, inner)
    assert (read.check_ok, read.inner_check_ok) == (True, True)
    assert read.warnings == ()


def test_weights_are_those_of_the_standard():
    assert WEIGHTS == (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@pytest.mark.parametrize("code", FAILING_BUT_REAL)
def test_issued_codes_that_fail_the_check_are_kept_with_a_warning(code):
    read = parse_uscc(code)

    assert read.code == code
    assert (read.check_ok, read.inner_check_ok) == (False, True)
    assert len(read.warnings) == 1
    assert read.warnings[0].endswith("请核对，记录予以保留")


def test_the_tutorial_example_is_refused_for_its_letter_z():
    with pytest.raises(CellError) as raised:
        parse_uscc("91350100M000100Y4Z")

    assert str(raised.value) == (
        "统一社会信用代码第 18 位不能是“Z”，是否应为“2”：请核对“91350100M000100Y4Z”"
    )
    assert parse_uscc("91350100M000100Y43").check_ok


def test_parts_of_a_code():
    read = parse_uscc("91330000704204554C")

    assert read.prefix == "91"
    assert read.prefix_kind is not None
    assert read.prefix_kind.label.zh == "企业"
    assert read.region == "330000"
    assert read.organization_code == "704204554"


@pytest.mark.parametrize(
    ("prefix", "name", "market"),
    [
        ("91", "企业", True),
        ("92", "个体工商户", True),
        ("93", "农民专业合作社", True),
        ("11", "机关", False),
        ("12", "事业单位", False),
        ("51", "社会团体", False),
        ("52", "民办非企业单位", False),
        ("53", "基金会", False),
        ("N1", "组级集体经济组织", False),
        ("N2", "村级集体经济组织", False),
        ("N3", "乡镇级集体经济组织", False),
        ("Y1", "其他机构", False),
    ],
)
def test_prefix_says_what_is_registered(prefix, name, market):
    kind = prefix_kind_of(prefix)

    assert kind is not None
    assert (kind.label.zh, kind.is_market_entity) == (name, market)


def test_an_unknown_prefix_is_a_warning():
    code = make_uscc("9", "7", "330800", "70420455")

    assert parse_uscc(code).warnings == ("前两位“97”不是已知的登记管理部门和机构类别：请核对",)


def test_letters_in_the_region_are_a_warning():
    code = make_uscc("9", "1", "33A800", "70420455")

    expected = "第 3 至 8 位登记机关区划码应全为数字，实际为“33A800”：请核对"
    assert parse_uscc(code).warnings == (expected,)


def test_a_wrong_inner_check_is_a_warning_of_its_own():
    wrong = "91330000704204555"
    read = parse_uscc(wrong + "C")

    assert not read.inner_check_ok
    assert any("第 17 位（组织机构代码校验码）应为“4”，实际为“5”" in text for text in read.warnings)


def test_digits_that_a_spreadsheet_replaced_by_zeros_are_suspected():
    read = parse_uscc("914403001922038000")

    assert "末尾三位为 000，可能曾被表格按数值保存而丢失数字：请核对原件" in read.warnings


@pytest.mark.parametrize(
    ("given", "notes"),
    [
        ("91330000704204554C", ()),
        ("91330000704204554c", ("小写转大写",)),
        (" 9133 0000 7042 0455 4C ", ("去掉空格",)),
        ("913300-00-70420455-4C", ("去掉连字符",)),
        ("９１３３００００７０４２０４５５４Ｃ", ("全角转半角",)),
        ("\ufeff91330000704204554C\u200b", ("去掉不可见字符",)),
        ("９１３３ 0000-704204554c", ("全角转半角", "去掉空格", "去掉连字符", "小写转大写")),
    ],
)
def test_habits_of_writing_are_normalized_and_told(given, notes):
    read = parse_uscc(given)

    assert read == Uscc("91330000704204554C", notes)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("", "统一社会信用代码为空：请填写 18 位代码"),
        ("9133", "统一社会信用代码应为 18 位，“9133”有 4 位：请核对"),
        (
            "9133000070420455OC",
            "统一社会信用代码第 17 位不能是“O”，是否应为“0”：请核对“9133000070420455OC”",
        ),
        (
            "9133000070420455*C",
            "统一社会信用代码第 17 位不能是“*”：请核对“9133000070420455*C”",
        ),
    ],
)
def test_only_shape_is_an_error(given, message):
    with pytest.raises(CellError) as raised:
        parse_uscc(given)

    assert str(raised.value) == message


@given(codes)
def test_made_codes_pass_both_checks(code):
    read = parse_uscc(code)

    assert (read.code, read.check_ok, read.inner_check_ok) == (code, True, True)


@given(codes, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(code, place, other):
    broken = code[:place] + other + code[place + 1 :]

    assert parse_uscc(broken).check_ok is (broken == code)


@given(codes, st.integers(0, 16))
def test_two_characters_changed_about_are_always_noticed(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert parse_uscc(swapped).check_ok is (swapped == code)


def test_an_identifier_is_known_by_its_length():
    assert isinstance(parse_identifier("91330000704204554C"), Uscc)
    assert isinstance(parse_identifier("110108000000016"), RegistrationNumber)
    assert isinstance(parse_identifier("70420455-4"), OrganizationCode)


def test_an_identifier_of_no_known_length_is_refused():
    with pytest.raises(CellError) as raised:
        parse_identifier("123")

    assert str(raised.value) == (
        "“123”有 3 位，应为 18 位（统一社会信用代码）、15 位（注册号）"
        "或 9 位（组织机构代码）：请核对"
    )


def test_parts_of_the_wrong_length_make_no_code():
    with pytest.raises(CellError, match="前 17 位应为 17 位"):
        make_uscc("9", "1", "3308", "70420455")
