"""One unit of work, the same for every part of the load test: a whole attempt as a list of requests."""

import secrets
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

SHAPES = {"5x4": 4, "20 saves": 1}
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Request:
    """`kind` names the endpoint in the tables; `body` is JSON text, empty for GET."""

    kind: str
    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


def requests(round_id: int, entrant: str, step: int) -> Generator[Request, Any, None]:
    """The requests of one attempt: start, a save for every `step` answers, submit, result, board and own rank.

    A generator that wants the decoded reply of the start sent into it; other replies may be anything.
    """
    mine = {"Authorization": f"Entrant {entrant}"}
    start = msgspec.json.encode({"start_key": secrets.token_urlsafe(12)})
    opened = (yield Request("start", "POST", f"/api/v1/rounds/{round_id}/attempts", {**mine, **JSON}, start))[
        "attempt"
    ]
    page = {"Authorization": f"Attempt {opened['token']}"}
    path = f"/api/v1/attempts/{opened['public_id']}"
    answers = {str(item["no"]): answer_to(item) for item in opened["items"]}
    revision = 0
    for part in in_parts(list(answers), step):
        revision += 1
        body = msgspec.json.encode(
            {"revision": revision, "answers": {number: answers[number] for number in part}}
        )
        yield Request("save", "PUT", f"{path}/answers", {**page, **JSON}, body)
    body = msgspec.json.encode({"revision": revision + 1, "answers": answers})
    yield Request("submit", "POST", f"{path}/submit", {**page, **JSON}, body)
    yield Request("result", "GET", f"{path}/result", page)
    yield Request("board", "GET", f"/api/v1/rounds/{round_id}/board", {})
    yield Request("own rank", "GET", f"/api/v1/rounds/{round_id}/board/mine", mine)


def in_parts(numbers: Sequence[str], step: int) -> list[Sequence[str]]:
    """The numbers, `step` at a time."""
    return [numbers[first : first + step] for first in range(0, len(numbers), step)]


def answer_to(item: dict[str, Any]) -> Any:
    """Some answer of the right shape; now and then it is right."""
    body = item["body"]
    match item["kind"]:
        case "single":
            return secrets.choice(body["options"])["key"]
        case "multi":
            return [option["key"] for option in body["options"][:2]]
        case "truefalse":
            return secrets.choice(["true", "false"])
        case "order":
            return [part["key"] for part in body["items"]]
        case "match":
            return [
                [left["key"], right["key"]] for left, right in zip(body["left"], body["right"], strict=False)
            ]
    return "35-NQ/TW"
