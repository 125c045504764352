"""Spoiled workbooks end in faults or a refusal, never in a crash."""

from io import BytesIO
from random import Random
from zipfile import ZipFile

import pytest
from tests.engines.dmn.excel.table_books import book, read

from yanzhen.engines.dmn.excel import give_back
from yanzhen.kernel.errors import DataError


def spoiled(content, seed):
    """The book with a few bytes of one of its parts changed."""
    chance = Random(seed)  # noqa: S311 -- no secret
    with ZipFile(BytesIO(content)) as packed:
        parts = {name: bytearray(packed.read(name)) for name in packed.namelist()}
    part = parts[chance.choice(sorted(parts))]
    for _ in range(chance.randint(1, 6)):
        part[chance.randrange(len(part))] = chance.choice(b'<>"/A019cr=\x00')
    stream = BytesIO()
    with ZipFile(stream, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, bytes(data))
    return stream.getvalue()


@pytest.mark.parametrize("seed", range(60))
def test_a_spoiled_book_never_crashes(seed):
    content = spoiled(book(), seed)

    try:
        found = read(content)
    except DataError:
        return  # refused as a whole, with a text for people
    assert (found.decision is None) == bool(found.faults)
    assert give_back(content, found.faults)
