"""The socket's protocol as a document: PROTOCOL.md is written from the code, so that it cannot say anything else."""

import typing
from collections.abc import Iterator

import msgspec

from api.live import (
    closing,
    commits,
    consumers,
    hall,
    link,
    lobby,
    messages,
    place,
    presence,
    room_socket,
    rooms,
    tickets,
    typescript,
)
from api.live.closing import Close
from contest.live import commands, moves

HEAD = """<!-- Written by `manage.py write_live_types` out of api/live/protocol.py and docstrings; do not edit. -->

# The live room's protocol, version {protocol}

One socket for every role: `ws/phong/<id>` (`wss` where the site is served by https). Text frames of JSON; a frame
is one object whose `type` names the message. Messages are closed: a field that is not told here is refused. What
has its default value is left out. Moments are the server's milliseconds since 1970. The types are generated into
`frontend/client/src/live/messages.gen.ts`.

## From the first frame to the last

1. The client opens the socket from a page of ours (other origins get 403) and sends `hello` within {hello_s:g} s:
   its role, and who it is. A participant shows the token that joining gave. Host, jury and projector show a
   ticket (`POST /api/v1/live/<id>/tickets`, good for {ticket_s} s); host and jury also need the session cookie on
   the handshake. A remote shows the token that pairing gave.
2. The server answers `welcome`: the snapshot of the role at a `version`. With a newer socket of the same
   participant the older one is closed: a participant is a token, never a socket. When the place goes to another
   device, the socket of the older one is closed too; an answer over it that is not on disk by then is refused
   (`token-invalid`).
3. What changes comes as `moved`: a JSON merge patch (RFC 7396) from `base` to `version`; without `base`, from the
   version before. A client drops what is not newer than what it has; when the base is not its version it has missed
   something and sends `resync`, which is answered by a `welcome`. Nothing is numbered besides: versions are those of
   the round's journal and need not be contiguous.
4. A participant's own part comes in `welcome`, and as `mine` whenever it has changed. Nobody's is sent to anybody
   else, and every phone gets the same `moved`, byte for byte.
5. `ping` is answered by `pong`, and that by `echo` at once: the client learns the server's clock, the server the
   round trip, of which half is taken off an answer's time within the quota of `contest/live/lag.py`.

## Answers

`answer` names the run and carries a `key` made by the client. `ack` comes after the commit: the answer is on
disk. It is the same for right and wrong, and the same again for the same key, whenever it is sent, over the
socket or over HTTP. So a client keeps an answer until `ack` or a final refusal, and sends it again every second
or so, and on every new socket. `busy`, `throttled`, `question-not-open` and `live-paused` are not final; but a press at
the buzzer that met a pause is made anew by the person, not by the client. Where the last answer counts, an earlier
one may be acknowledged after a later one was sent.

Judged is the moment of arrival at the server: a close waits up to {flush_s:g} s until its process has written what it
received in time. Only an answer that came in time to another process, and is still not written then, is refused
(`question-closed`).

## Commands

`command` is answered by `done` or `refused` with its `id`. Who may give which stands below; whether it is
possible now, `HostView.can` tells. `advance` carries `seen`, the sender's `next_step`: pressed twice, it is done
once. A command is done in the name of who is signed in, whose role and session are looked at again each time, and
every {check_s:g} s without.

## Frames and limits

- A frame of a client: at most {frame_kib} KiB; at most {credits} in {credit_s:g} s.
- A view is built, differenced and encoded once a role and process. People who come in are told to phones at most
  every {phones_s:g} s, to the screens every {screens_s:g} s, the first at once; everything else at once.
- `tick` comes to host, jury, projector and remote at most every {tick_s:g} s, at once after a quiet second, and only
  when it has changed (to projector and remote the counts alone); never to phones.
- Be heard at least every {silent_s:g} s, or you count as silent. A phone to which {quiet_kib} KiB were sent
  without being heard gets nothing more until it is heard; then it gets one `welcome`. No backlog is kept for
  anybody.
- Several server processes tell each other through the channel layer which rounds have moved and who is there.
  What gets lost there, the look at the database every {look_s:g} s makes up for.

## Without a socket

`GET /api/v1/live/<id>/state?role=…` with `Authorization: Bearer <token or ticket>` answers the same `welcome`;
poll it every two seconds with `If-None-Match`. `POST …/answers` and `POST …/commands` take the fields of `answer`
and `command` and reply with `ack` and `done`, or with the API's error of the same code. All of it stands in the
OpenAPI document.

Who only polls is not connected: a phone counts as offline, though its answers count, and a host's screen gets no
`tick`, so that it shows no presence and no health. For such a host the round does not move on by itself
(`auto_advance_s`): it waits for the next key. Timed phases end all the same; a poll that reaches a process without
the room's sockets leaves the close of a question to those for {first_s:g} s.

## Versions

`hello.protocol` is {protocol}. A server of another version closes with {other}: load the page again. A change
that an old page would not understand raises the number; new fields with a default, and new messages that may be
passed over, do not.
"""


def document() -> str:
    """The whole file."""
    parts = [_head(), _codes(), _messages("From the client", messages.RoomClientMessage)]
    parts += [_messages("From the server", messages.RoomServerMessage), _shapes(), _commands()]
    return "\n".join(parts)


def _head() -> str:
    return HEAD.format(
        protocol=messages.PROTOCOL,
        hello_s=room_socket.HELLO_S,
        ticket_s=tickets.SECONDS,
        check_s=room_socket.CHECK_S,
        frame_kib=messages.ROOM_FRAME_LIMIT // 1024,
        credits=consumers.CREDITS,
        credit_s=consumers.CREDIT_SECONDS,
        phones_s=rooms.GATHER_S["player"],
        screens_s=rooms.GATHER_SCREENS_S,
        tick_s=place.TICK_S,
        look_s=hall.LOOK_S,
        flush_s=commits.FLUSH_S,
        first_s=lobby.SOCKETS_FIRST_MS / 1000,
        silent_s=presence.SILENT_S,
        quiet_kib=link.QUIET_BYTES // 1024,
        other=int(Close.OTHER_PROTOCOL),
    )


def _codes() -> str:
    lines = [f"| {int(code)} | {words} |" for code, words in closing.MEANING.items()]
    return "\n".join(["## Close codes", "", "| code | meaning |", "|---|---|", *lines, ""])


def _messages(title: str, union: object) -> str:
    parts = [f"## {title}", ""]
    for struct in typing.get_args(union):
        tag = struct.__struct_config__.tag
        parts += [f"### `{tag}`", "", _words(struct), "", *_fields(struct), ""]
    return "\n".join(parts)


def _shapes() -> str:
    """The structs that messages hold, but for those of commands."""
    named = [*typing.get_args(messages.RoomClientMessage), *typing.get_args(messages.RoomServerMessage)]
    inner = [
        struct for struct in typescript.in_order(named) if struct not in named and not _is_command(struct)
    ]
    parts = ["## What they hold", ""]
    for struct in inner:
        parts += [f"### {struct.__name__}", "", _words(struct), "", *_fields(struct), ""]
    return "\n".join(parts)


def _commands() -> str:
    lines = ["## Commands and who may give them", "", "| command | roles | fields | |", "|---|---|---|---|"]
    for struct in typing.get_args(commands.WireCommand):
        roles = ", ".join(sorted(moves.ROLES[struct]))
        fields = ", ".join(f"`{name}`" for name in struct.__struct_fields__)
        lines.append(f"| `{moves.name_of(struct)}` | {roles} | {fields} | {_words(struct)} |")
    return "\n".join([*lines, ""])


def _is_command(struct: type[msgspec.Struct]) -> bool:
    return struct.__struct_config__.tag_field == "do" or struct.__module__ == "contest.live.rules"


def _words(struct: type[msgspec.Struct]) -> str:
    return " ".join((struct.__doc__ or "").split())


def _fields(struct: type[msgspec.Struct]) -> Iterator[str]:
    hints = typing.get_type_hints(struct)
    if not struct.__struct_fields__:
        return
    yield "| field | type | |"
    yield "|---|---|---|"
    for field in msgspec.structs.fields(struct):
        shape = typescript.type_of(hints[field.name]).replace("|", "\\|")
        yield f"| `{field.name}` | {shape} | {'' if field.required else 'may be left out'} |"
