"""The messages of the sockets as TypeScript, so that server and client can't drift apart."""

import types
import typing
from collections.abc import Iterator

import msgspec

from api.live import messages

HEAD = "/** The board's socket: its messages. Written by `manage.py write_live_types`; do not edit. */\n"
PLAIN = {str: "string", int: "number", bool: "boolean", types.NoneType: "null"}


def module() -> str:
    """The whole file."""
    served, taken = _members(messages.ServerMessage), _members(messages.ClientMessage)
    parts = [HEAD, *(_interface(struct) for struct in _in_order([*served, *taken]))]
    parts.append(f"export type ServerMessage = {' | '.join(struct.__name__ for struct in served)};\n")
    parts.append(f"export type ClientMessage = {' | '.join(struct.__name__ for struct in taken)};\n")
    return "\n".join(parts)


def _members(message: object) -> list[type[msgspec.Struct]]:
    return list(typing.get_args(message)) or [typing.cast("type[msgspec.Struct]", message)]


def _in_order(structs: list[type[msgspec.Struct]]) -> Iterator[type[msgspec.Struct]]:
    """Each struct once, after those its fields name."""
    seen: set[type[msgspec.Struct]] = set()

    def walk(struct: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
        if struct in seen:
            return
        seen.add(struct)
        for hint in typing.get_type_hints(struct).values():
            for inner in (hint, *typing.get_args(hint)):
                if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
                    yield from walk(inner)
        yield struct

    for struct in structs:
        yield from walk(struct)


def _interface(struct: type[msgspec.Struct]) -> str:
    tag = struct.__struct_config__.tag
    lines = [f'  type: "{tag}";'] if tag else []
    hints = typing.get_type_hints(struct)
    lines += [f"  {name}: {_type(hints[name])};" for name in struct.__struct_fields__]
    words = " ".join((struct.__doc__ or "").split())
    body = "\n".join(lines)
    return f"/** {words} */\nexport interface {struct.__name__} {{\n{body}\n}}\n"


def _type(hint: object) -> str:
    if isinstance(hint, type) and hint in PLAIN:
        return PLAIN[hint]
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return " | ".join(f'"{value}"' for value in inner)
    if origin is list:
        return f"{_type(inner[0])}[]"
    if origin in {types.UnionType, typing.Union}:
        return " | ".join(_type(part) for part in inner)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint.__name__
    raise TypeError(f"no TypeScript for {hint!r}")
