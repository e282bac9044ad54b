"""Who is answered with what, by address and method, during an open round: written by hand, one row a rule.

A row holds nine words, in the order of people.ROLES: stranger entrant other | viewer organiser chief | foreign |
curator approver. A word is a status, or `in` for "sign in first", or `on` for a redirect to another page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.doors.people import ROLES

SAFE = ("GET", "HEAD")
READING = (*SAFE, "OPTIONS")
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


def row(text: str) -> dict[str, str]:
    """Words by role."""
    words = text.replace("|", " ").split()
    assert len(words) == len(ROLES), text
    return dict(zip(ROLES, words, strict=True))


def everybody(word: str | int) -> dict[str, str]:
    """The same for all."""
    return dict.fromkeys(ROLES, str(word))


def own(word: int, others: int) -> dict[str, str]:
    """The entrant alone."""
    return everybody(others) | {"entrant": str(word)}


def desk(words: str) -> dict[str, str]:
    """A page of the contest's staff: viewer, organiser, chief; strangers to the contest learn nothing of it."""
    return row(f"in in in | {words} | 404 | 404 404")


def bank(words: str) -> dict[str, str]:
    """A page of the curators."""
    return row(f"in in in | 403 403 403 | 403 | {words}")


def deed(words: str) -> dict[str, str]:
    """The same as `desk` for machines."""
    return row(f"401 401 401 | {words} | 404 | 404 404")


NO = everybody(405)
NO_PAGE = row("in in in | 405 405 405 | 405 | 405 405")
NO_DEED = row("401 401 401 | 405 405 405 | 405 | 405 405")


@dataclass(frozen=True)
class Access:
    """The rows of one address by method; `others` answers every method that has none."""

    rows: Mapping[str, Mapping[str, str]]
    others: Mapping[str, str] = field(default_factory=lambda: NO)

    def expected(self, method: str) -> Mapping[str, str]:
        """Words by role."""
        return self.rows.get(method, self.others)


def shown(found: Mapping[str, str], **more: Mapping[str, str]) -> Access:
    """A public page: GET and HEAD."""
    return Access(dict.fromkeys(SAFE, found) | more)


def hot(method: str, found: Mapping[str, str]) -> Access:
    """An address of the hot path: one method."""
    return Access({method: found})


def read_by_machines(found: Mapping[str, str]) -> Access:
    """A public address of REST framework, which tells about itself on OPTIONS."""
    return Access({"GET": found, "HEAD": found, "OPTIONS": everybody(200)})


TOLD = row("401 401 401 | 200 200 200 | 200 | 200 200")
ANY = dict.fromkeys(METHODS, everybody(200))
NOBODY = dict.fromkeys(METHODS, everybody(404))


def page_of_staff(found: Mapping[str, str], **more: Mapping[str, str]) -> Access:
    """A page behind the sign-in."""
    return Access(dict.fromkeys(SAFE, found) | more, NO_PAGE)


def done_by_machines(found: Mapping[str, str]) -> Access:
    """A deed of staff over the API."""
    return Access({"POST": found, "OPTIONS": TOLD}, NO_DEED)


def seen_by_machines(found: Mapping[str, str]) -> Access:
    """What staff read over the API."""
    return Access({"GET": found, "HEAD": found, "OPTIONS": TOLD}, NO_DEED)


ACCESS: Mapping[str, Access] = {
    # For whoever keeps the site running.
    "livez": Access(ANY),
    "readyz": Access(ANY),
    # The hot path.
    "api-start": hot("POST", own(400, 401)),
    "api-attempt": hot("GET", own(200, 401)),
    "api-resume": hot("POST", own(200, 401)),
    "api-answers": hot("PUT", everybody(401)),  # nobody without the attempt's token
    "api-submit": hot("POST", everybody(401)),
    "api-result": hot("GET", own(409, 401)),
    "api-board": hot("GET", everybody(200)),
    "api-own-place": hot("GET", own(200, 401)),
    # Machines, public.
    "api-contests": read_by_machines(everybody(200)),
    "api-contest": read_by_machines(everybody(200)),
    "api-final-standings": read_by_machines(everybody(404)),
    "api-round": read_by_machines(everybody(200)),
    "api-rules": read_by_machines(everybody(200)),
    "api-standings": read_by_machines(everybody(404)),
    "api-own-standing": read_by_machines(own(404, 401)),
    "api-receipt": read_by_machines(everybody(400)),
    "api-units": read_by_machines(everybody(200)),
    "api-schema": read_by_machines(everybody(200)),
    "api-docs": read_by_machines(everybody(200)),
    "^api/(?P<rest>.*)$": Access(NOBODY),
    # Machines, live rounds: nobody without a token of the round, which no cookie holds.
    "api-live-lookup": hot("GET", everybody(404)),
    "api-live-join": hot("POST", everybody(404)),
    "api-live-pair": hot("POST", everybody(404)),
    "api-live-come-back": hot("POST", everybody(403)),
    "api-live-state": hot("GET", everybody(401)),
    "api-live-answers": hot("POST", everybody(401)),
    "api-live-commands": hot("POST", everybody(401)),
    "api-live-result": read_by_machines(everybody(404)),
    "api-live-appeals": hot("POST", everybody(401)),
    "api-live-own-appeals": hot("GET", everybody(401)),
    "api-live-appeal-list": seen_by_machines(deed("404 403 200")),
    "api-live-appeal": done_by_machines(deed("404 403 400")),
    "api-live-receipts": seen_by_machines(deed("404 403 400")),
    "api-live-tickets": done_by_machines(deed("404 400 400")),
    "api-live-remotes": Access(
        {"POST": deed("404 201 201"), "DELETE": deed("404 204 204"), "OPTIONS": TOLD}, NO_DEED
    ),
    # Machines, staff.
    "api-announce": done_by_machines(deed("403 409 409")),
    "api-close": done_by_machines(deed("403 400 400")),
    "api-settle": done_by_machines(deed("403 409 409")),
    "api-publish": done_by_machines(deed("403 403 409")),
    "api-settle-contest": done_by_machines(deed("403 409 409")),
    "api-publish-contest": done_by_machines(deed("403 403 409")),
    "api-attempt-search": seen_by_machines(deed("400 400 400")),
    "api-adjust": done_by_machines(deed("403 400 400")),
    "api-reopen": done_by_machines(deed("403 400 400")),
    "api-void": done_by_machines(deed("403 403 400")),
    "api-exclusions": Access(
        dict.fromkeys(SAFE, deed("200 200 200")) | {"POST": deed("403 400 400"), "OPTIONS": TOLD}, NO_DEED
    ),
    "api-lift-exclusion": done_by_machines(deed("403 400 400")),
    "api-unit-statistics": seen_by_machines(deed("200 200 200")),
    "api-questions": seen_by_machines(row("401 401 401 | 404 404 404 | 404 | 200 200")),
    # Pages, public.
    "home": shown(everybody(200)),
    "service-worker": shown(everybody(200)),
    "offline": shown(everybody(200)),
    "media": shown(everybody(200)),
    "set_language": Access({}, everybody("on")),
    "sign-in": Access(
        dict.fromkeys(("GET", "HEAD", "POST", "PUT"), row("200 200 200 | on on on | on | on on"))
        | {"OPTIONS": row("200 200 200 | on on on | on | on on")},
        row("405 405 405 | on on on | on | on on"),
    ),
    "sign-out": Access({"POST": everybody("on"), "OPTIONS": everybody(200)}),
    "contest": shown(everybody(200)),
    "contest-result": shown(everybody(404)),
    "rules": shown(everybody(200)),
    "register": shown(everybody(200), POST=everybody(200)),
    "come-back": shown(everybody(200), POST=everybody(200)),
    "board": shown(everybody(200)),
    "results": shown(everybody(404)),
    "live-result": shown(everybody(404)),
    "receipt": shown(everybody(200)),
    # Live rooms: whoever knows the PIN or the QR code; there is none with these.
    "live-pin": shown(everybody(200)),
    "live-join": shown(everybody(404), POST=everybody(404)),
    "live-qr": shown(everybody(404), POST=everybody(404)),
    "live-play": shown(everybody(404)),
    # The hall's screen; there is no such room.
    "live-projector": page_of_staff(row("in in in | 404 404 404 | 404 | 404 404")),
    "live-projector-qr": page_of_staff(row("in in in | 404 404 404 | 404 | 404 404")),
    # Pages of an attempt.
    "start": Access({"POST": everybody("on") | {"entrant": "400"}}),
    "attempt": Access({"GET": own(200, 404), "POST": everybody(404) | {"entrant": "409"}}),
    "result": shown(everybody(404) | {"entrant": "on"}),
    # The organisers' desk.
    "organise": page_of_staff(row("in in in | 200 200 200 | 200 | 404 404")),
    "organise-contest-new": page_of_staff(
        row("in in in | 404 404 200 | 200 | 404 404"), POST=row("in in in | 404 404 200 | 200 | 404 404")
    ),
    "organise-contest": page_of_staff(desk("200 200 200"), POST=desk("403 403 409")),
    "organise-contest-qr": page_of_staff(desk("200 200 200")),
    "organise-poster": page_of_staff(desk("200 200 200")),
    "organise-units": page_of_staff(desk("200 200 200"), POST=desk("400 400 400")),
    "organise-overall": page_of_staff(desk("200 200 200"), POST=desk("400 400 400")),
    "organise-overall-export": page_of_staff(desk("403 409 409")),
    "organise-round-new": page_of_staff(desk("403 200 200"), POST=desk("403 200 200")),
    "organise-round": page_of_staff(desk("200 200 200"), POST=desk("400 400 400")),
    "organise-round-numbers": page_of_staff(desk("200 200 200")),
    "organise-round-edit": page_of_staff(desk("403 on on"), POST=desk("403 200 200")),
    "organise-round-export": page_of_staff(desk("403 409 409")),
    "organise-attempts": page_of_staff(desk("200 200 200"), POST=desk("403 400 400")),
    "organise-entrants": page_of_staff(desk("200 200 200")),
    "organise-entrant": page_of_staff(desk("200 200 200"), POST=desk("403 400 400")),
    "organise-exclusions": page_of_staff(desk("200 200 200"), POST=desk("403 400 400")),
    "organise-live-result": page_of_staff(desk("404 200 200")),
    "organise-live-minutes": page_of_staff(desk("404 409 409")),
    "organise-live-sheet": page_of_staff(desk("404 409 409")),
    "organise-live-replay": page_of_staff(desk("404 200 200")),
    "organise-live-rehearse": Access({"POST": desk("404 on on")}, NO_PAGE),
    "organise-live-clear": Access({"POST": desk("404 409 409")}, NO_PAGE),
    "organise-live-new": page_of_staff(desk("403 200 200"), POST=desk("403 200 200")),
    "organise-live": page_of_staff(desk("403 200 200"), POST=desk("403 400 400")),
    "organise-live-edit": page_of_staff(desk("403 on on"), POST=desk("403 422 422")),
    "organise-live-plan": page_of_staff(desk("403 on on"), POST=desk("403 422 422")),
    # The screens of a live round's staff.
    "live-host": page_of_staff(desk("404 200 200")),
    "live-host-pair": Access({"POST": desk("404 200 200")}, NO_PAGE),
    "live-host-unpair": Access({"POST": desk("404 200 200")}, NO_PAGE),
    "live-host-code": page_of_staff(desk("404 409 409")),
    "live-jury": page_of_staff(desk("404 403 200")),
    "live-jury-run": page_of_staff(desk("404 403 409")),
    "live-jury-preview": Access({"POST": desk("404 403 400")}, NO_PAGE),
    "live-jury-appeals": page_of_staff(desk("404 403 200"), POST=desk("404 403 400")),
    "live-jury-receipts": page_of_staff(desk("404 403 200")),
    "live-remote": shown(everybody(200)),
    # The curators' desk.
    "curate": page_of_staff(bank("200 200")),
    "curate-questions": page_of_staff(bank("200 200")),
    "curate-new": page_of_staff(bank("200 200"), POST=bank("200 200")),
    "curate-version": page_of_staff(bank("200 200"), POST=bank("409 409")),
    "curate-edit": page_of_staff(bank("409 409"), POST=bank("409 409")),
    "curate-media": page_of_staff(bank("409 409"), POST=bank("409 409")),
    "curate-revise": Access({"POST": bank("on on")}, NO_PAGE),
}

# The buttons of the round's page: what they answer while the round is open and the form says nothing.
DEEDS: Mapping[str, Mapping[str, str]] = {
    "announce": desk("403 422 422"),
    "reschedule": desk("403 422 422"),
    "close": desk("403 422 422"),
    "settle": desk("403 422 422"),
    "lots": desk("403 422 422"),
    "publish": desk("403 403 422"),
    "correct": desk("403 403 422"),
    "preview": desk("403 403 422"),
}

# The moves of an approved question that a curator and an approver may try.
MOVES: Mapping[str, Mapping[str, str]] = {
    "submit": bank("409 409"),
    "withdraw": bank("409 409"),
    "approve": bank("409 409"),
    "return": bank("409 409"),
    "retire": bank("409 on"),
}
