"""Organization codes (组织机构代码), GB 11714-1997: eight characters and a check character."""

from dataclasses import dataclass
from string import ascii_uppercase, digits

from yanzhen.kernel.identifiers.shape import shaped

ALPHABET = digits + ascii_uppercase
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "0X987654321"
"""Check character by the weighted sum modulo 11."""

LENGTH = 9
NAME = "组织机构代码"


@dataclass(frozen=True, slots=True)
class OrganizationCode:
    """An organization code as read, right or not.

    Attributes:
        code: nine characters, normalized.
        notes: what was normalized.
    """

    code: str
    notes: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """The eight characters before the check character (本体代码)."""
        return self.code[:-1]

    @property
    def check_ok(self) -> bool:
        """Whether the check character fits."""
        return self.code[-1] == check_character(self.body)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Chinese texts for people; the record stays."""
        if self.check_ok:
            return ()
        expected = check_character(self.body)
        return (f"{NAME}末位校验码应为“{expected}”，实际为“{self.code[-1]}”：请核对，记录予以保留",)


def check_character(body: str) -> str:
    """The check character for eight characters.

    Source: GB 11714-1997: letters count 10 to 35; 11 minus the sum modulo 11, 10 as X, 11 as 0.

    >>> check_character("00261890")
    '4'
    """
    total = sum(
        ALPHABET.index(character) * weight for character, weight in zip(body, WEIGHTS, strict=True)
    )
    return CHECKS[total % 11]


def make_organization_code(body: str) -> str:
    """The nine characters for a body of eight.

    Raises:
        CellError: the body is not eight digits or capital letters.

    >>> make_organization_code("71526726")
    '71526726X'
    """
    body = shaped(body, name="组织机构代码本体", length=LENGTH - 1, alphabet=ALPHABET).value
    return body + check_character(body)


def parse_organization_code(text: str) -> OrganizationCode:
    """Read an organization code, with or without its hyphen.

    Raises:
        CellError: not nine characters, or other characters than digits and letters.

    >>> parse_organization_code("00261890-4").check_ok
    True
    """
    code = shaped(text, name=NAME, length=LENGTH, alphabet=ALPHABET)
    return OrganizationCode(code.value, code.notes)
