"""Every name that a rule of the city may use, each of which stands for one thing (名称)."""

from collections.abc import Iterable, Mapping

from yanzhen.engines.feel.builtin_names import BUILTIN_NAMES
from yanzhen.engines.feel.names import KEYWORDS
from yanzhen.packs.expressions import Kind, Known
from yanzhen.packs.reading import Reading
from yanzhen.packs.yaml_node import Node

CONSTANTS = ("万", "亿", "评估日")
"""Names in scope everywhere: 10000, 100000000, and the day of the evaluation."""


def collect_names(
    reading: Reading, groups: Iterable[tuple[Kind, Mapping[str, Node]]]
) -> dict[str, Known]:
    """Ids and Chinese labels of facts, parameters and decisions; doubles are faults.

    Args:
        reading: takes the faults.
        groups: for each kind, the documents by id; one that has faults still has its names.
    """
    names: dict[str, Known] = {word: Known("constant", word) for word in CONSTANTS}
    english: dict[str, str] = {}
    for kind, documents in groups:
        for name, label, node in reading.names_of(documents):
            known = Known(kind, name)
            for word in dict.fromkeys((name, label)):
                if word:
                    _enter(reading, names, word, known, node)
            _check_english(reading, english, node, name)
    return names


def _enter(reading: Reading, names: dict[str, Known], word: str, known: Known, node: Node) -> None:
    place = node.get("label") if word != known.id else None
    other = names.get(word)
    if word in KEYWORDS or word in BUILTIN_NAMES:
        message = f"“{word}” is a word of FEEL itself"
        reading.add(place or node, message, "choose another name")
    elif other is not None:
        message = f"the name “{word}” belongs to the {other.kind} {other.id} already"
        reading.add(place or node, message, "choose another name; names are unique in the city")
    else:
        names[word] = known


def _check_english(reading: Reading, english: dict[str, str], node: Node, name: str) -> None:
    """English labels are unique too: screens in English tell things apart by them."""
    label = node.get("label")
    word = label.text("en") if label is not None else ""
    if label is None or not word:
        return
    if word in english:
        message = f"the English label “{word}” belongs to {english[word]} already"
        reading.add(label, message, "choose another English label")
    else:
        english[word] = name
