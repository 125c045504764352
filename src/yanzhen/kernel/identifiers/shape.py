"""The one thing that makes an identifier unreadable: its shape (长度与字符)."""

from yanzhen.kernel.errors import CellError
from yanzhen.kernel.normalize import Normalized, normalize_code

_LOOKALIKES = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}


def shaped(given: str, *, name: str, length: int, alphabet: str) -> Normalized[str]:
    """The normalized code if it has the right length and characters.

    Args:
        given: text of a cell or form.
        name: Chinese name of the identifier, for the message.
        length: how many characters it has.
        alphabet: the characters it may have.

    Raises:
        CellError: wrong length, or a character outside the alphabet.
    """
    code = normalize_code(given)
    if not code.value:
        raise CellError(f"{name}为空：请填写 {length} 位代码")
    if len(code.value) != length:
        raise CellError(f"{name}应为 {length} 位，“{code.value}”有 {len(code.value)} 位：请核对")
    for place, character in enumerate(code.value, start=1):
        if character not in alphabet:
            likely = _LOOKALIKES.get(character)
            guess = f"，是否应为“{likely}”" if likely and likely in alphabet else ""
            raise CellError(f"{name}第 {place} 位不能是“{character}”{guess}：请核对“{code.value}”")
    return code
