"""Which facts a decision reads, itself or through others (规则读取的事实)."""

from yanzhen.engines.dmn.model import Book
from yanzhen.packs.logic_parts import logic_parts
from yanzhen.packs.names_used import names_used


def facts_read(book: Book, name: str) -> list[str]:
    """Ids of every fact that the decision ``name`` may read, in order of first mention.

    Args:
        book: the rules of a day.
        name: id or Chinese label of a decision; facts of decisions that it uses count as its own.
    """
    found: dict[str, None] = {}
    seen: set[str] = set()
    pending = [book.resolve(name)]
    while pending:
        current = pending.pop(0)
        if current in seen or current not in book.decisions:
            continue
        seen.add(current)
        for node, local in logic_parts(book.decisions[current].logic):
            for use in names_used(node):
                target = book.resolve(use.name)
                if use.name in local:
                    continue
                if target in book.facts:
                    found.setdefault(target)
                elif target in book.decisions:
                    pending.append(target)
    return list(found)
