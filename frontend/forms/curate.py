"""The plain form in which a question of any kind is written, and the filters of the list."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from frontend import curation_phrases as words
from frontend.forms import curate_answers as answers
from question_bank.actions.questions import Content
from question_bank.models import Topic
from question_bank.queries import browse
from question_bank.rules.text import clean_line

CITATIONS = 3
STEM_LIMIT, EXPLANATION_LIMIT, QUOTE_LIMIT, ANSWERS_LIMIT = 2000, 4000, 400, 4000


def _line(label: Any, *, most: int, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.TextInput(attrs={"class": "input"})
    )


def _text(label: Any, *, most: int, rows: int, hint: Any = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=most, help_text=hint,
        widget=forms.Textarea(attrs={"class": "input", "rows": rows}),
    )  # fmt: skip


def _choice(label: Any, choices: Any, *, required: bool = True, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=required, help_text=hint,
        widget=forms.Select(attrs={"class": "input"}),
    )  # fmt: skip


class QuestionForm(forms.Form):
    """A question as its author types it; only the part of the chosen kind is read.

    `base` is the content being edited: an answer part left as it was keeps its body and key to the letter.
    """

    kind = _choice(_("Dạng câu hỏi"), list(words.KINDS.items()))
    level = _choice(_("Mức độ"), list(words.LEVELS.items()))
    stem = _text(_("Nội dung câu hỏi"), most=STEM_LIMIT, rows=4, required=True)
    truth = _choice(
        _("Nhận định này"), [("", _("Chọn…")), ("true", _("Đúng")), ("false", _("Sai"))], required=False
    )
    accepted = _text(
        _("Các đáp án chấp nhận"),
        most=ANSWERS_LIMIT,
        rows=4,
        hint=_("Mỗi dòng một cách viết được chấm đúng."),
    )
    accents = _choice(
        _("Dấu tiếng Việt"),
        [("required", _("Bắt buộc đúng dấu")), ("optional", _("Không dấu cũng được"))],
        required=False,
    )
    items = _text(
        _("Các mục theo thứ tự đúng"),
        most=ANSWERS_LIMIT,
        rows=6,
        hint=_("Mỗi dòng một mục, từ trên xuống. Hệ thống tự xáo trộn khi hiển thị."),
    )
    pairs = _text(
        _("Các cặp ghép đúng"),
        most=ANSWERS_LIMIT,
        rows=6,
        hint=_("Mỗi dòng một cặp, viết “trái = phải”. Hệ thống tự xáo trộn vế phải."),
    )
    extras = _text(
        _("Vế phải thừa để gây nhiễu"), most=ANSWERS_LIMIT, rows=3, hint=_("Mỗi dòng một nội dung.")
    )
    explanation = _text(_("Giải thích đáp án"), most=EXPLANATION_LIMIT, rows=4)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        base: Content | None = None,
        topic: str = "",
        lacking: Mapping[str, str] | None = None,
    ) -> None:
        """`lacking`: the level and kind to begin with, where they are on offer."""
        self.base = base
        self.topics = {str(row.pk): row for row in browse.topics()}
        asked = {name: value for name, value in (lacking or {}).items() if value in words.NAMES.get(name, {})}
        super().__init__(data, initial=_initial(base, topic, self.topics) | asked)
        self.fields["topic"] = _choice(
            _("Mục trong đề cương"), [(pk, f"{row.key}  {row.title}") for pk, row in self.topics.items()]
        )
        for number in range(1, answers.ROWS + 1):
            self._add_option(number)
        for number in range(1, CITATIONS + 1):
            self.fields[f"cite_topic_{number}"] = _line(gettext("Mục trích %d") % number, most=40)
            self.fields[f"cite_quote_{number}"] = _text(
                gettext("Câu trích %d") % number, most=QUOTE_LIMIT, rows=2
            )

    def _add_option(self, number: int) -> None:
        letter = chr(ord("A") + number - 1)
        self.fields[f"option_{number}"] = _line(gettext("Phương án %s") % letter, most=300)
        self.fields[f"correct_{number}"] = forms.BooleanField(label=gettext("Đúng"), required=False)
        self.fields[f"fixed_{number}"] = forms.BooleanField(label=gettext("Giữ nguyên chỗ"), required=False)
        self.fields[f"key_{number}"] = forms.CharField(
            required=False, max_length=8, widget=forms.HiddenInput()
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == "single" and not self._answer_kept(data) and answers.count_right(data) > 1:
            self.add_error("correct_1", gettext("Câu một lựa chọn chỉ đánh dấu một phương án đúng."))
        if data.get("kind") == "match" and (number := answers.broken_pair(data.get("pairs", ""))):
            self.add_error("pairs", gettext("Dòng %d chưa có dạng “trái = phải”.") % number)
        return data

    @property
    def topic(self) -> Topic:
        """The chosen topic of a valid form."""
        return self.topics[self.cleaned_data["topic"]]

    def content(self) -> Content:
        """What a valid form says."""
        data = self.cleaned_data
        if self.base is not None and self._answer_kept(data):
            body, key = self.base.body, self.base.key
        else:
            body, key = answers.read(data["kind"], data)
        return Content(
            kind=data["kind"],
            level=data["level"],
            stem=data["stem"].replace("\r\n", "\n"),
            explanation=data["explanation"].replace("\r\n", "\n"),
            body=body,
            key=key,
            citations=self._citations(data),
        )

    def options(self) -> list[dict[str, Any]]:
        """The option rows as bound fields."""
        parts = {"text": "option", "correct": "correct", "fixed": "fixed", "key": "key"}
        return [
            {part: self[f"{name}_{number}"] for part, name in parts.items()}
            for number in range(1, answers.ROWS + 1)
        ]

    def citations(self) -> list[dict[str, Any]]:
        """The citation rows as bound fields."""
        return [
            {"topic": self[f"cite_topic_{number}"], "quote": self[f"cite_quote_{number}"]}
            for number in range(1, CITATIONS + 1)
        ]

    def _answer_kept(self, data: Mapping[str, Any]) -> bool:
        kind = data.get("kind", "")
        if self.base is None or self.base.kind != kind:
            return False
        names = answers.FIELDS[kind]
        return all(_plain(data.get(name)) == _plain(self.initial.get(name)) for name in names)

    def _citations(self, data: Mapping[str, Any]) -> list[tuple[str, str]]:
        rows = [
            (clean_line(data[f"cite_topic_{number}"]), clean_line(data[f"cite_quote_{number}"]))
            for number in range(1, CITATIONS + 1)
        ]
        beyond = list(self.base.citations[CITATIONS:]) if self.base is not None else []
        return [row for row in rows if any(row)] + beyond


class FilterForm(forms.Form):
    """What the list of questions is narrowed to; everything may stay empty."""

    q = _line(_("Tìm theo chữ"), most=100)
    state = _choice(_("Trạng thái"), [("", _("Bản mới nhất")), *words.STATES.items()], required=False)
    level = _choice(_("Mức độ"), [("", _("Mọi mức độ")), *words.LEVELS.items()], required=False)
    kind = _choice(_("Dạng"), [("", _("Mọi dạng")), *words.KINDS.items()], required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        keys = {row.key: f"{row.key}  {row.title}" for row in browse.topics()}
        choices = [("", _("Toàn bộ đề cương")), *keys.items()]
        self.fields["topic"] = _choice(_("Mục"), choices, required=False)

    def wanted(self) -> browse.Filter:
        """The filter; a value that is not on offer counts as any."""
        self.is_valid()
        data = {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
        return browse.Filter(
            topic=data["topic"], state=data["state"], level=data["level"], kind=data["kind"], words=data["q"]
        )


def _initial(base: Content | None, topic: str, topics: Mapping[str, Topic]) -> dict[str, Any]:
    chosen = next((pk for pk, row in topics.items() if topic in {pk, row.key}), "")
    initial: dict[str, Any] = {"topic": chosen, "accents": "required"}
    if base is None:
        return initial
    initial |= {"kind": base.kind, "level": base.level, "stem": base.stem, "explanation": base.explanation}
    for number, (key, quote) in enumerate(base.citations[:CITATIONS], start=1):
        initial |= {f"cite_topic_{number}": key, f"cite_quote_{number}": quote}
    return initial | answers.written(base.kind, base.body, base.key)


def _plain(value: object) -> object:
    return answers.lines(value) if isinstance(value, str) else bool(value)
