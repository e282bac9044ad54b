"""From the fields of a plain form to the responses of a paper, and the words of the prediction question."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contest.rules.prediction import Kind
from question_bank.rules.text import whole_number

PREDICTION_QUESTIONS: Mapping[Kind, str | Promise] = {
    Kind.PEOPLE_ALL_CORRECT: _(
        "Theo bạn, có bao nhiêu người trả lời đúng tất cả các câu hỏi của vòng thi này?"
    ),
    Kind.PEOPLE_PARTICIPATING: _("Theo bạn, có bao nhiêu người tham gia vòng thi này?"),
    Kind.ATTEMPTS: _("Theo bạn, vòng thi này có bao nhiêu lượt thi?"),
    Kind.PERCENT_ALL_CORRECT: _(
        "Theo bạn, bao nhiêu phần trăm người dự thi trả lời đúng tất cả các câu hỏi?"
    ),
}


def from_form(form: QueryDict, items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Raw responses by item number for every item of the paper; an absent field is an answer taken back."""
    return {str(item["no"]): _raw(form, item) for item in items}


def _raw(form: QueryDict, item: Mapping[str, Any]) -> Any:
    name = f"q{item['no']}"
    if item["kind"] == "multi":
        return form.getlist(name)
    if item["kind"] == "order":
        places = [(form.get(f"{name}_{part['key']}", ""), part["key"]) for part in item["body"]["items"]]
        numbered = [(whole_number(place), key) for place, key in places]
        placed = sorted((number, key) for number, key in numbered if number is not None)
        return [key for _, key in placed] if len(placed) == len(places) else []
    if item["kind"] == "match":
        pairs = [(part["key"], form.get(f"{name}_{part['key']}", "")) for part in item["body"]["left"]]
        return [[left, right] for left, right in pairs if right]
    return form.get(name, "")
