"""Company names taken apart, so that two spellings of one name meet (企业名称的比对).

A name is region, brand, trade and legal form. Its *key* is what is left without region words,
brackets, spaces and legal form; ``衢州样例（集团）有限公司`` and ``样例集团有限责任公司`` share
one.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from yanzhen.kernel.normalize import normalize_text, to_half_width
from yanzhen.packs.model import City

_PROVINCES = [
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "台湾",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
]
_FORMS = re.compile(
    "有限责任公司|股份有限公司|有限公司"
    "|(?:股份公司|集团公司|总公司|公司|合伙企业(?:普通合伙|有限合伙|特殊普通合伙)?)$"
)
_REMARK = re.compile(r"(?:[(（](?:户|停业|歇业|注销|吊销|新|旧|个体)[)）]|[-_]\d{1,2})$")
"""What offices write behind a name: that it is closed, that it is a household's, a number."""

_BRANCH = re.compile("(?:分公司|分厂|分店|分行|支行|分社|分部|营业部|办事处|经营部)$")
_PUNCTUATION = re.compile(r"[\W_]+")
_VARIANTS = str.maketrans(
    "證塑膠廠電貿製業機車國東華縣聯號榮發興達裝龍門馬運農園圓氣匯潤創協寧萬億鐵鋼鑄輪絲網線紙飾燈鋁銅錫纖紡織醫藥飲養麗",
    "证塑胶厂电贸制业机车国东华县联号荣发兴达装龙门马运农园圆气汇润创协宁万亿铁钢铸轮丝网线纸饰灯铝铜锡纤纺织医药饮养丽",
)
_NUMERALS = re.compile("[0-9一二三四五六七八九十]")
_ALIKE = 0.82
_LONG_ENOUGH = 4
"""Characters of a key from which one slip does not make it another firm's."""


@dataclass(frozen=True, slots=True)
class NameReader:
    """Reads names of one city; ``regions`` are the words to leave out, longest first."""

    regions: re.Pattern[str]

    def key(self, name: str) -> str:
        """The core of a name; the whole name without marks where nothing else is left.

        >>> reader_of(["衢州市", "柯城区"]).key("衢州市柯城样例（集团）有限责任公司")
        '样例集团'
        """
        plain = _plain(name).translate(_VARIANTS)
        core = self.regions.sub("", _FORMS.sub("", plain))
        return core or plain


def reader_of(regions: list[str]) -> NameReader:
    """A reader that leaves out ``regions``, with and without 省, 市, 县, 区 at their end."""
    words = {f"{name}{end}" for name in _PROVINCES for end in ("省", "市", "自治区", "")}
    for region in regions:
        words.add(region)
        if len(region) > 2 and region[-1] in "省市县区":  # noqa: PLR2004 -- 衢县 is no 衢
            words.add(region[:-1])
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return NameReader(re.compile("|".join(map(re.escape, longest_first))))


def name_reader(city: City) -> NameReader:
    """The reader for a city: its own name and those of its districts are left out."""
    return reader_of([f"{city.label.zh}市", *(row.name for row in city.districts)])


def is_branch(name: str) -> bool:
    """Whether a name is that of a branch (分支机构), which is never its parent."""
    return _BRANCH.search(_plain(name)) is not None


def _plain(name: str) -> str:
    """A name without remarks behind it and without marks."""
    tidy = _REMARK.sub("", normalize_text(name).value)
    return _PUNCTUATION.sub("", to_half_width(tidy).upper())


def likeness(key: str, other: str) -> float:
    """How alike two name keys are, 0 to 1; one inside the other counts by its share."""
    if not key or not other:
        return 0.0
    if key == other:
        return 1.0
    return SequenceMatcher(None, key, other, autojunk=False).ratio()


def are_alike(key: str, other: str) -> bool:
    """Whether two keys may be one name with a slip of the pen; 第一厂 and 第二厂 never are."""
    if _NUMERALS.findall(key) != _NUMERALS.findall(other):
        return False
    if likeness(key, other) >= _ALIKE:
        return True
    return min(len(key), len(other)) >= _LONG_ENOUGH and _is_one_slip(key, other)


def _is_one_slip(text: str, other: str) -> bool:
    """Whether one character was changed, lost, added, or two neighbors were swapped."""
    start = 0
    while start < min(len(text), len(other)) and text[start] == other[start]:
        start += 1
    left, right = text[start:], other[start:]
    if left[1:] == right[1:] or left[1:] == right or left == right[1:]:
        return True
    return left[:2] == right[1::-1] and left[2:] == right[2:]
