"""The messages of the sockets as TypeScript, so that server and client can't drift apart."""

import types
import typing
from collections.abc import Iterator, Mapping

import msgspec

from api.live import messages
from contest.live import commands

HEAD = "/** The messages of the sockets. Written by `manage.py write_live_types`; do not edit. */\n"
PLAIN: dict[object, str] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    types.NoneType: "null",
    typing.Any: "unknown",
}


# `AnyCommand` of the client is what it may send.
UNIONS = ("ServerMessage", "ClientMessage", "RoomServerMessage", "RoomClientMessage", "AnyCommand")


def module() -> str:
    """The whole file."""
    unions = {name: _members(getattr(messages, name, None) or commands.WireCommand) for name in UNIONS}
    structs = [struct for members in unions.values() for struct in members]
    parts = [HEAD, f"export const PROTOCOL = {messages.PROTOCOL};\n"]
    parts += [_interface(struct) for struct in in_order(structs)]
    for name, members in unions.items():
        parts.append(f"export type {name} = {' | '.join(struct.__name__ for struct in members)};\n")
    return "\n".join(parts)


def _members(message: object) -> list[type[msgspec.Struct]]:
    return list(typing.get_args(message)) or [typing.cast("type[msgspec.Struct]", message)]


def in_order(structs: list[type[msgspec.Struct]]) -> Iterator[type[msgspec.Struct]]:
    """Each struct once, after those its fields name."""
    seen: set[type[msgspec.Struct]] = set()

    def walk(struct: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
        if struct in seen:
            return
        seen.add(struct)
        for hint in typing.get_type_hints(struct).values():
            for inner in _structs_in(hint):
                yield from walk(inner)
        yield struct

    for struct in structs:
        yield from walk(struct)


def _structs_in(hint: object) -> Iterator[type[msgspec.Struct]]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
    for inner in typing.get_args(hint):
        yield from _structs_in(inner)


def _interface(struct: type[msgspec.Struct]) -> str:
    config = struct.__struct_config__
    lines = [f'  {config.tag_field}: "{config.tag}";'] if config.tag else []
    hints = typing.get_type_hints(struct)
    optional = _optional(struct)
    for name in struct.__struct_fields__:
        hint = _without_none(hints[name]) if name in optional else hints[name]
        lines.append(f"  {name}{'?' if name in optional else ''}: {type_of(hint)};")
    words = " ".join((struct.__doc__ or "").split())
    body = "\n".join(lines)
    return f"/** {words} */\nexport interface {struct.__name__} {{\n{body}\n}}\n"


def _optional(struct: type[msgspec.Struct]) -> set[str]:
    """Fields that are not sent when they have their default."""
    if not struct.__struct_config__.omit_defaults:
        return set()
    return {field.name for field in msgspec.structs.fields(struct) if not field.required}


def _without_none(hint: object) -> object:
    inner = [part for part in typing.get_args(hint) if part is not types.NoneType]
    is_union = typing.get_origin(hint) in {types.UnionType, typing.Union}
    return inner[0] if is_union and len(inner) == 1 else hint


def type_of(hint: object) -> str:
    """The hint in TypeScript."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint.__name__
    if origin in {list, tuple}:
        return f"{type_of(inner[0])}[]"
    if origin in {dict, Mapping}:
        return f"Record<string, {type_of(inner[1])}>"
    return _either(hint, origin, inner)


def _either(hint: object, origin: object, inner: tuple[object, ...]) -> str:
    if origin is typing.Literal:
        return " | ".join(f'"{value}"' for value in inner)
    if inner and inner == typing.get_args(commands.WireCommand):
        return "AnyCommand"
    if origin in {types.UnionType, typing.Union}:
        return " | ".join(type_of(part) for part in inner)
    raise TypeError(f"no TypeScript for {hint!r}")
