"""Personal data as lists and pages show it (个人信息脱敏).

Source: domain practice after the Personal Information Protection Law; the first character of a
name, the first three and last four digits of a mobile number.
"""

PHONE_HEAD, PHONE_TAIL = 3, 4


def mask_name(name: str) -> str:
    """The first character, then one star for each that follows, at most two.

    >>> mask_name("欧阳某某"), mask_name("")
    ('欧**', '')
    """
    return name[:1] + "*" * min(len(name) - 1, 2) if name else ""


def mask_phone(phone: str) -> str:
    """Head and tail of a number; a short one is hidden whole.

    >>> mask_phone("13812345678"), mask_phone("0570-3012")
    ('138****5678', '****')
    """
    digits = phone.strip()
    if not digits:
        return ""
    if len(digits) <= PHONE_HEAD + PHONE_TAIL + 2:
        return "****"
    return f"{digits[:PHONE_HEAD]}****{digits[-PHONE_TAIL:]}"
