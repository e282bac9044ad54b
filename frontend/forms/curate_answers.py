"""Between the plain fields of the editor and the body and key of each kind, in both directions.

What entrants see must not tell the answer, so items and right-hand sides are shuffled by a seed made of their own
text: the same text always gives the same body.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from string import ascii_lowercase
from typing import Any

from question_bank.rules.shuffle import Stream
from question_bank.rules.text import clean_line

ROWS = 8
Data = Mapping[str, Any]
Shape = tuple[dict[str, Any], dict[str, Any]]

_OPTIONS = tuple(f"{name}_{row}" for row in range(1, ROWS + 1) for name in ("option", "correct", "fixed"))
_KEY = re.compile(r"[a-z][a-z0-9]{0,7}")

# The fields that hold the answer part of each kind.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "single": _OPTIONS,
    "multi": _OPTIONS,
    "truefalse": ("truth",),
    "fill": ("accepted", "accents"),
    "order": ("items",),
    "match": ("pairs", "extras"),
}


def lines(text: str) -> list[str]:
    """The lines that hold anything, clean."""
    return [line for line in map(clean_line, text.splitlines()) if line]


def read(kind: str, data: Data) -> Shape:
    """(body, key) of what was typed; an answer not given leaves `accepted` empty."""
    return _READERS[kind](data)


def written(kind: str, body: Data, key: Data) -> dict[str, Any]:
    """The fields that show a body and its first accepted answer (single and fill: all of them)."""
    accepted = key.get("accepted") or []
    return _WRITERS[kind](body, key, accepted)


def count_right(data: Data) -> int:
    """How many written options are marked as right."""
    return sum(1 for row in range(1, ROWS + 1) if data.get(f"option_{row}") and data.get(f"correct_{row}"))


def broken_pair(text: str) -> int:
    """The number, from 1, of the first written line that is no pair; 0 when all are."""
    for number, line in enumerate(lines(text), start=1):
        left, _, right = line.partition("=")
        if not (left.strip() and right.strip()):
            return number
    return 0


def _options(data: Data) -> tuple[list[dict[str, Any]], list[str]]:
    options: list[dict[str, Any]] = []
    right: list[str] = []
    filled = [row for row in range(1, ROWS + 1) if clean_line(data.get(f"option_{row}") or "")]
    kept = {row: data.get(f"key_{row}") or "" for row in filled}
    taken = {key for key in kept.values() if _KEY.fullmatch(key)}
    free = iter([letter for letter in ascii_lowercase if letter not in taken])
    for row in filled:
        key = kept[row] if kept[row] in taken else next(free)
        taken.discard(key)
        text = clean_line(data[f"option_{row}"])
        options.append({"key": key, "text": text, "fixed": bool(data.get(f"fixed_{row}"))})
        if data.get(f"correct_{row}"):
            right.append(key)
    return options, right


def _read_single(data: Data) -> Shape:
    options, right = _options(data)
    return {"options": options}, {"accepted": right}


def _read_multi(data: Data) -> Shape:
    options, right = _options(data)
    return {"options": options}, {"accepted": [right] if right else []}


def _read_truefalse(data: Data) -> Shape:
    return {}, {"accepted": [data["truth"]] if data.get("truth") else []}


def _read_fill(data: Data) -> Shape:
    return {}, {"accepted": lines(data.get("accepted", "")), "accents": data.get("accents") or "required"}


def _read_order(data: Data) -> Shape:
    wanted = lines(data.get("items", ""))
    shown = _apart(wanted)
    items = [{"key": ascii_lowercase[place % 26], "text": wanted[index]} for place, index in enumerate(shown)]
    answer = [ascii_lowercase[shown.index(index) % 26] for index in range(len(wanted))]
    return {"items": items}, {"accepted": [answer] if answer else []}


def _read_match(data: Data) -> Shape:
    pairs = [
        tuple(map(clean_line, line.split("=", 1))) for line in lines(data.get("pairs", "")) if "=" in line
    ]
    rights = list(dict.fromkeys([right for _, right in pairs] + lines(data.get("extras", ""))))
    shown = [rights[index] for index in _apart(rights)]
    names = {text: f"r{place}" for place, text in enumerate(shown, start=1)}
    answer = [[f"l{number}", names[right]] for number, (_, right) in enumerate(pairs, start=1)]
    body = {
        "left": [{"key": f"l{number}", "text": left} for number, (left, _) in enumerate(pairs, start=1)],
        "right": [{"key": names[text], "text": text} for text in shown],
    }
    return body, {"accepted": [answer] if answer else []}


def _apart(texts: Iterable[str]) -> list[int]:
    """The indexes of the texts in an order that is not their own, as far as there is one."""
    texts = list(texts)
    own = list(range(len(texts)))
    shown = Stream("\n".join(texts)).shuffled(own)
    return shown if shown != own or len(own) < 2 else [*own[1:], own[0]]


def _write_options(body: Data, _key: Data, accepted: list[Any]) -> dict[str, Any]:
    right = accepted if all(isinstance(answer, str) for answer in accepted) else accepted[0]
    fields: dict[str, Any] = {}
    for row, option in enumerate(body.get("options", [])[:ROWS], start=1):
        fields |= {
            f"option_{row}": option["text"],
            f"correct_{row}": option["key"] in right,
            f"fixed_{row}": option.get("fixed", False),
            f"key_{row}": option["key"],
        }
    return fields


def _write_truefalse(_body: Data, _key: Data, accepted: list[Any]) -> dict[str, Any]:
    return {"truth": accepted[0] if accepted else ""}


def _write_fill(_body: Data, key: Data, accepted: list[Any]) -> dict[str, Any]:
    return {"accepted": "\n".join(accepted), "accents": key.get("accents", "required")}


def _write_order(body: Data, _key: Data, accepted: list[Any]) -> dict[str, Any]:
    texts = {item["key"]: item["text"] for item in body.get("items", [])}
    order = accepted[0] if accepted else list(texts)
    return {"items": "\n".join(texts[key] for key in order if key in texts)}


def _write_match(body: Data, _key: Data, accepted: list[Any]) -> dict[str, Any]:
    left = {side["key"]: side["text"] for side in body.get("left", [])}
    right = {side["key"]: side["text"] for side in body.get("right", [])}
    pairs = accepted[0] if accepted else []
    used = {partner for _, partner in pairs}
    return {
        "pairs": "\n".join(f"{left.get(one, '')} = {right.get(other, '')}" for one, other in pairs),
        "extras": "\n".join(text for key, text in right.items() if key not in used),
    }


_READERS: Mapping[str, Callable[[Data], Shape]] = {
    "single": _read_single,
    "multi": _read_multi,
    "truefalse": _read_truefalse,
    "fill": _read_fill,
    "order": _read_order,
    "match": _read_match,
}
_WRITERS: Mapping[str, Callable[[Data, Data, list[Any]], dict[str, Any]]] = {
    "single": _write_options,
    "multi": _write_options,
    "truefalse": _write_truefalse,
    "fill": _write_fill,
    "order": _write_order,
    "match": _write_match,
}
