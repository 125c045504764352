"""Types as they are written after ``instance of`` and in formal parameters."""

from yanzhen.engines.feel import nodes as n
from yanzhen.engines.feel.names import index_names, match_entry_name
from yanzhen.engines.feel.parse_state import Grammar, found
from yanzhen.kernel.errors import FeelError

_TYPE_INDEX = index_names(("date and time", "days and time duration", "years and months duration"))
GENERIC = frozenset({"list", "range", "context", "function"})


def parse_type(state: Grammar) -> n.TypeName:
    """Read the type whose first token is the current one.

    Raises:
        FeelError: no type stands there.
    """
    state.deeper()
    state.indexes.append(_TYPE_INDEX)
    state.jump(state.token.at)
    token = state.token
    state.indexes.pop()
    if token.kind != "name" and token.value not in {"function", "null"}:
        raise FeelError(f"expected a type, found {found(token)}", token.at)
    state.advance_over(token)
    if token.value in GENERIC and state.at_mark("<"):
        kind = _generic(state, token.value, token.at)
    else:
        kind = _plain(state, token.value, token.at)
    state.depth -= 1
    return kind


def _plain(state: Grammar, name: str, at: int) -> n.TypeName:
    name, end = state.join_words(name)
    while state.at_mark("."):
        member, end = state.member_name()
        name = f"{name}.{member}"
    return n.TypeName(name, at=at, end=end)


def _generic(state: Grammar, name: str, at: int) -> n.TypeName:
    state.advance()
    arguments: list[n.TypeName] = []
    members: list[tuple[str, n.TypeName]] = []
    result: n.TypeName | None = None
    for _ in state.each(">"):
        if name == "context":
            members.append(_member(state))
        else:
            arguments.append(parse_type(state))
    state.expect(">", f"a comma or > after a type of {name}<")
    if name == "function":
        state.expect("->", "-> and the type of the result")
        result = parse_type(state)
    elif name != "context" and len(arguments) != 1:
        raise FeelError(f"{name}<…> takes exactly one type", at)
    return n.TypeName(name, tuple(arguments), tuple(members), result, at=at, end=state.last_end)


def _member(state: Grammar) -> tuple[str, n.TypeName]:
    key = match_entry_name(state.text, state.token.at)
    if key is None:
        raise FeelError(
            f"expected a member name and a colon, found {found(state.token)}", state.token.at
        )
    state.jump(key[1])
    state.expect(":", "a colon")
    return key[0], parse_type(state)
