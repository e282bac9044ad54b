"""Close codes of the live room's socket.

Daphne lets an application close with 1000 or 3000-4999 only: 1008, 1009 and 1013 stand here with 4 in front, and so do
the numbers of HTTP.
"""

from enum import IntEnum


class Close(IntEnum):
    """Why a socket was closed. What a client does next stands in PROTOCOL.md."""

    REPLACED = 4001
    TOO_MANY = 4008
    TOO_LARGE = 4009
    TRY_LATER = 4013
    NO_HELLO = 4400
    NOT_IDENTIFIED = 4401
    FORBIDDEN = 4403
    NOT_FOUND = 4404
    TOO_SLOW = 4408
    OTHER_PROTOCOL = 4426


MEANING = {
    Close.REPLACED: "A newer socket or device of the same participant has taken over. Do not come back by yourself.",
    Close.TOO_MANY: "More than 40 messages in 20 s. Come back later.",
    Close.TOO_LARGE: "A frame over 16 KiB.",
    Close.TRY_LATER: "The room can't be read now. Come back later.",
    Close.NO_HELLO: "The first frame was no `hello`.",
    Close.NOT_IDENTIFIED: "Token or ticket not valid. A ticket lives 60 s: get a new one. A participant joins again.",
    Close.FORBIDDEN: "Kicked or banned; or the session has ended or the role is gone.",
    Close.NOT_FOUND: "No such room, or its lobby is not open yet.",
    Close.TOO_SLOW: "No `hello` within 10 s.",
    Close.OTHER_PROTOCOL: "Server and client speak different versions: load the page again.",
}
