"""The English interface is complete: no text of a page without a translation."""

import re

import pytest
from babel.messages.pofile import read_po

MARKED = re.compile(
    r"""(?:\{%\ (?:translate|trans)\ "([^"]+)")          # templates
      |(?:\b(?:_|gettext|gettext_lazy|gettext_noop)\(\s*"([^"]+)")  # code""",
    re.VERBOSE,
)
PLACES = re.compile(r"%\(\w+\)s|%s")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def catalogue(root):
    """The English catalogue by Chinese message."""
    path = root / "src/yanzhen/locale/en/LC_MESSAGES/django.po"
    with path.open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def test_every_message_has_an_english_text(catalogue):
    assert [zh for zh, en in catalogue.items() if not en] == []


def test_no_english_text_is_left_in_chinese(catalogue):
    left = {zh: en for zh, en in catalogue.items() if CHINESE.search(en)}

    assert set(left) <= {"两个字就能搜，如：研发、用工、贷款", "没有找到相符的政策"} | {
        zh for zh in left if "研发" in zh
    }


def test_placeholders_are_the_same_in_both_languages(catalogue):
    different = [
        zh for zh, en in catalogue.items() if set(PLACES.findall(zh)) != set(PLACES.findall(en))
    ]

    assert different == []


def test_every_marked_text_is_in_the_catalogue(catalogue, root):
    marked = set()
    for pattern in ("*.html", "*.py"):
        for path in (root / "src/yanzhen").rglob(pattern):
            for groups in MARKED.findall(path.read_text(encoding="utf-8")):
                marked |= {text for text in groups if text}

    assert sorted(text for text in marked if CHINESE.search(text) and text not in catalogue) == []
