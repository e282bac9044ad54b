"""Names and answers of people who do not exist, for the demo and for rehearsals: all of it follows from the dice."""

import random
from collections.abc import Mapping
from typing import Any

from question_bank.rules import kinds

FAMILIES = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    "Dương", "Lý",
]  # fmt: skip
MIDDLES = [
    "Thị", "Văn", "Hữu", "Đức", "Minh", "Ngọc", "Thanh", "Quốc", "Hồng", "Phương", "Thu", "Xuân",
]  # fmt: skip
GIVENS = [
    "An", "Ánh", "Bình", "Châu", "Dũng", "Đạt", "Giang", "Hà", "Hạnh", "Hoa", "Hùng", "Khánh", "Lan", "Linh",
    "Long", "Mai", "Nam", "Nga", "Phúc", "Quân", "Sơn", "Thảo", "Tú", "Uyên", "Yến",
]  # fmt: skip


def name(dice: random.Random) -> str:
    """A family name, a middle name and a given name, all of them common."""
    return " ".join((dice.choice(FAMILIES), dice.choice(MIDDLES), dice.choice(GIVENS)))


def answer(
    kind: str, body: Mapping[str, Any], key: Mapping[str, Any], dice: random.Random, *, skill: float
) -> Any:
    """An answer in the kind's form, right with the probability `skill` (and by luck)."""
    right = key["accepted"][0]
    if dice.random() < skill:
        return right
    if kind in {"single", "multi"}:
        chosen = dice.choice(body["options"])["key"]
        return chosen if kind == "single" else [chosen]
    if kind == "truefalse":
        return "false" if right == "true" else "true"
    if kind == "match":
        partners = [pair[1] for pair in right]
        return [[pair[0], partner] for pair, partner in zip(right, partners[1:] + partners[:1], strict=True)]
    return kinds.get(kind).read(body, "không rõ") if kind == "fill" else right[::-1]
