"""Unified social credit codes (统一社会信用代码), GB 32100-2015: 18 characters, two checks."""

from dataclasses import dataclass

from yanzhen.kernel.errors import CellError
from yanzhen.kernel.identifiers import organization, registration
from yanzhen.kernel.identifiers.organization import OrganizationCode, parse_organization_code
from yanzhen.kernel.identifiers.registration import RegistrationNumber, parse_registration_number
from yanzhen.kernel.identifiers.shape import shaped
from yanzhen.kernel.labels import Label
from yanzhen.kernel.normalize import normalize_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""31 characters, value by position; I, O, S, V and Z are left out."""

WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
LENGTH = 18
NAME = "统一社会信用代码"


@dataclass(frozen=True, slots=True)
class PrefixKind:
    """What the first two characters of a code say: register department and kind of body.

    Attributes:
        prefix: such as ``91``.
        label: what is registered under it.
        is_market_entity: whether it is a business (经营主体) rather than an office or society.
    """

    prefix: str
    label: Label
    is_market_entity: bool = False


_PREFIXES = {
    prefix: PrefixKind(prefix, Label(zh, en), prefix in {"91", "92", "93"})
    for prefix, zh, en in (
        ("11", "机关", "Government body"),
        ("12", "事业单位", "Public institution"),
        ("13", "编办直接管理机构编制的群众团体", "Mass organization on the state establishment"),
        ("19", "机构编制部门登记的其他机构", "Other body on the state establishment"),
        ("21", "外国常驻新闻机构", "Resident foreign news agency"),
        ("29", "外交部门登记的其他机构", "Other body registered for foreign affairs"),
        ("31", "律师执业机构", "Law firm"),
        ("32", "公证处", "Notary office"),
        ("33", "基层法律服务所", "Grassroots legal service office"),
        ("34", "司法鉴定机构", "Forensic institution"),
        ("35", "仲裁委员会", "Arbitration commission"),
        ("39", "司法行政部门登记的其他机构", "Other body registered for justice"),
        ("41", "外国在华文化中心", "Foreign cultural center"),
        ("49", "文化部门登记的其他机构", "Other body registered for culture"),
        ("51", "社会团体", "Social association"),
        ("52", "民办非企业单位", "Private non-enterprise unit"),
        ("53", "基金会", "Foundation"),
        ("59", "民政部门登记的其他机构", "Other body registered for civil affairs"),
        ("61", "外国旅游部门常驻代表机构", "Foreign tourism office"),
        ("62", "港澳台地区旅游部门常驻代表机构", "Hong Kong, Macao or Taiwan tourism office"),
        ("69", "旅游部门登记的其他机构", "Other body registered for tourism"),
        ("71", "宗教活动场所", "Place of worship"),
        ("72", "宗教院校", "Religious school"),
        ("79", "宗教部门登记的其他机构", "Other body registered for religion"),
        ("81", "基层工会", "Grassroots trade union"),
        ("89", "工会登记的其他机构", "Other body registered by trade unions"),
        ("91", "企业", "Enterprise"),
        ("92", "个体工商户", "Individual business"),
        ("93", "农民专业合作社", "Farmers' cooperative"),
        ("A1", "军队事业单位", "Military institution"),
        ("A9", "军队登记的其他机构", "Other body registered by the military"),
        ("N1", "组级集体经济组织", "Rural collective, group level"),
        ("N2", "村级集体经济组织", "Rural collective, village level"),
        ("N3", "乡镇级集体经济组织", "Rural collective, township level"),
        ("N9", "农业部门登记的其他机构", "Other body registered for agriculture"),
        ("Y1", "其他机构", "Other body"),
    )
}


def prefix_kind_of(prefix: str) -> PrefixKind | None:
    """What the first two characters mean; None where the standard gives them no meaning.

    >>> prefix_kind_of("92").label.zh
    '个体工商户'
    """
    return _PREFIXES.get(prefix)


@dataclass(frozen=True, slots=True)
class Uscc:
    """A unified code as read, right or not.

    Attributes:
        code: eighteen characters, normalized.
        notes: what was normalized.
    """

    code: str
    notes: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """Register department and kind of body, two characters."""
        return self.code[:2]

    @property
    def prefix_kind(self) -> PrefixKind | None:
        """What the prefix means; None where it has no meaning."""
        return prefix_kind_of(self.prefix)

    @property
    def region(self) -> str:
        """GB/T 2260 code of the register office (登记机关), perhaps one of the past."""
        return self.code[2:8]

    @property
    def organization_code(self) -> str:
        """The organization code inside (主体标识码), nine characters."""
        return self.code[8:17]

    @property
    def check_ok(self) -> bool:
        """Whether the last character fits the seventeen before."""
        return self.code[-1] == check_character(self.code[:-1])

    @property
    def inner_check_ok(self) -> bool:
        """Whether the organization code inside fits its own check."""
        return OrganizationCode(self.organization_code).check_ok

    @property
    def warnings(self) -> tuple[str, ...]:
        """Chinese texts for people; none of them refuses the record."""
        found = []
        if not self.check_ok:
            expected = check_character(self.code[:-1])
            found.append(
                f"第 18 位校验码应为“{expected}”，实际为“{self.code[-1]}”：请核对，记录予以保留"
            )
            if self.code.isdigit() and self.code.endswith("000"):
                found.append("末尾三位为 000，可能曾被表格按数值保存而丢失数字：请核对原件")
        if not self.inner_check_ok:
            expected = organization.check_character(self.organization_code[:-1])
            found.append(
                f"第 17 位（组织机构代码校验码）应为“{expected}”，"
                f"实际为“{self.code[16]}”：请核对，记录予以保留"
            )
        if self.prefix_kind is None:
            found.append(f"前两位“{self.prefix}”不是已知的登记管理部门和机构类别：请核对")
        if not self.region.isdigit():
            found.append(f"第 3 至 8 位登记机关区划码应全为数字，实际为“{self.region}”：请核对")
        return tuple(found)


type Identifier = Uscc | RegistrationNumber | OrganizationCode


def check_character(body: str) -> str:
    """The check character after seventeen characters of the alphabet.

    Source: GB 32100-2015: weights are powers of 3 modulo 31; 31 minus the sum modulo 31.

    >>> check_character("11330800002618904")
    'J'
    """
    total = sum(
        ALPHABET.index(character) * weight for character, weight in zip(body, WEIGHTS, strict=True)
    )
    return ALPHABET[-total % 31]


def make_uscc(department: str, kind: str, region: str, org8: str) -> str:
    """A valid code from its parts.

    Args:
        department: register department, one character (9 market supervision).
        kind: kind of body, one character (1 enterprise, 2 individual business).
        region: GB/T 2260 code, six digits.
        org8: body of the organization code, eight characters of the unified alphabet.

    Raises:
        CellError: the parts do not make seventeen characters of the alphabet.

    >>> make_uscc("9", "1", "330000", "70420455")
    '91330000704204554C'
    """
    inner = organization.make_organization_code(org8)
    body = shaped(
        department + kind + region + inner,
        name=f"{NAME}前 17 位",
        length=LENGTH - 1,
        alphabet=ALPHABET,
    ).value
    return body + check_character(body)


def parse_uscc(text: str) -> Uscc:
    """Read a unified code; look at ``warnings`` for what seems wrong with it.

    Raises:
        CellError: not eighteen characters, or characters outside the alphabet.

    >>> parse_uscc("９１３３００００-704204554c").check_ok
    True
    """
    code = shaped(text, name=NAME, length=LENGTH, alphabet=ALPHABET)
    return Uscc(code.value, code.notes)


def parse_identifier(text: str) -> Identifier:
    """Read whichever identifier ``text`` is, by its length: 18, 15 or 9 characters.

    Raises:
        CellError: another length, or wrong characters.
    """
    length = len(normalize_code(text).value)
    if length == LENGTH:
        return parse_uscc(text)
    if length == registration.LENGTH:
        return parse_registration_number(text)
    if length == organization.LENGTH:
        return parse_organization_code(text)
    raise CellError(
        f"“{text}”有 {length} 位，应为 18 位（{NAME}）、15 位（{registration.NAME}）"
        f"或 9 位（{organization.NAME}）：请核对"
    )
