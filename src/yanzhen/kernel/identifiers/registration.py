"""Registration numbers of business licences before 2015 (工商注册号), GS 15-2006: 15 digits."""

from dataclasses import dataclass
from string import digits
from typing import Literal

from yanzhen.kernel.identifiers.shape import shaped

LENGTH = 15
NAME = "注册号"

OwnerKind = Literal["domestic", "foreign", "individual"]
"""Domestic enterprise (内资), foreign-invested (外资), individual business (个体工商户)."""


@dataclass(frozen=True, slots=True)
class RegistrationNumber:
    """A registration number as read, right or not.

    Attributes:
        code: fifteen digits.
        notes: what was normalized.
    """

    code: str
    notes: tuple[str, ...] = ()

    @property
    def region(self) -> str:
        """GB/T 2260 code of the register office (首次登记机关)."""
        return self.code[:6]

    @property
    def serial(self) -> str:
        """The eight digits given in order (顺序码)."""
        return self.code[6:14]

    @property
    def owner_kind(self) -> OwnerKind:
        """What kind of business the serial was given to."""
        first = self.serial[0]
        if first in "0123":
            return "domestic"
        return "foreign" if first in "45" else "individual"

    @property
    def check_ok(self) -> bool:
        """Whether the check digit fits."""
        return self.code[-1] == check_digit(self.code[:-1])

    @property
    def warnings(self) -> tuple[str, ...]:
        """Chinese texts for people; the record stays."""
        if self.check_ok:
            return ()
        expected = check_digit(self.code[:-1])
        return (
            f"{NAME}第 15 位校验码应为“{expected}”，实际为“{self.code[-1]}”：请核对，记录予以保留",
        )


def check_digit(body: str) -> str:
    """The check digit after fourteen digits, by ISO 7064 MOD 11,10.

    >>> check_digit("11010800000001")
    '6'
    """
    remainder = 10
    for character in body:
        remainder = ((remainder + int(character)) % 10 or 10) * 2 % 11
    return str((11 - remainder) % 10)


def make_registration_number(region: str, serial: str) -> str:
    """The fifteen digits for a register office and a serial of eight.

    Raises:
        CellError: not six and eight digits.
    """
    body = shaped(region + serial, name="注册号前 14 位", length=LENGTH - 1, alphabet=digits).value
    return body + check_digit(body)


def parse_registration_number(text: str) -> RegistrationNumber:
    """Read an old registration number.

    Raises:
        CellError: not fifteen digits.
    """
    code = shaped(text, name=NAME, length=LENGTH, alphabet=digits)
    return RegistrationNumber(code.value, code.notes)
