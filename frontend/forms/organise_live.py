"""A live round's title, place and rules as forms; what belongs to one mode is shown for that mode."""

from typing import Any

import msgspec
from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contest.live import presets
from contest.live.rules import RANGES, LiveRules
from contest.models import LiveRound
from frontend.forms.ranges import whole_number
from frontend.live_phrases import CRITERIA, MODES

CHAINS = (
    ("points", "right", "time"),
    ("right", "time"),
    ("points", "right"),
    ("floor", "right", "time"),
    ("floor", "points", "right", "time"),
)
PARTS = ("game", "teams", "bell", "buzzer")


def number(label: Any, least: int, most: int, hint: Any = "") -> forms.IntegerField:
    """A whole number that has to be given."""
    return whole_number(label, least, most, help_text=hint)


def tick(label: Any) -> forms.BooleanField:
    """A box."""
    return forms.BooleanField(label=label, required=False)


def chain_in_words(codes: tuple[str, ...]) -> str:
    """The criteria one after the other, in the language of now."""
    return gettext(", rồi ").join(str(CRITERIA.get(code, code)) for code in codes)


class NewLiveRoundForm(forms.Form):
    """A title and the rules to begin with."""

    title = forms.CharField(label=_("Tên vòng thi trực tiếp"), max_length=200)
    preset = forms.ChoiceField(
        label=_("Thể thức"),
        choices=[(preset.code, preset.name) for preset in presets.PRESETS],
        initial="official",
        widget=forms.RadioSelect,
    )

    @property
    def presets(self) -> list[dict[str, Any]]:
        """The choices with what they mean, in the language of now."""
        chosen = self["preset"].value()
        return [
            {
                "code": preset.code,
                "name": gettext(preset.name),
                "words": gettext(preset.about),
                "checked": preset.code == chosen,
            }
            for preset in presets.PRESETS
        ]


class LiveRoundForm(forms.Form):
    """Title, place, Wi-Fi and every rule; `rules()` reads them."""

    title = forms.CharField(label=_("Tên vòng thi trực tiếp"), max_length=200)
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    wifi = forms.CharField(
        label=_("Wi-Fi hiện trên màn chiếu"),
        max_length=120,
        required=False,
        help_text=_("Ví dụ: Wi-Fi “HoiTruong”, mật khẩu 12345678"),
    )
    mode = forms.ChoiceField(label=_("Thể thức"), choices=list(MODES.items()))
    points = number(_("Điểm mỗi câu"), *RANGES["points"])
    seconds = number(_("Giây trả lời"), *RANGES["seconds"])
    title_s = number(_("Giây giới thiệu câu"), *RANGES["title_s"])
    reading_s = number(
        _("Giây đọc câu hỏi"), *RANGES["reading_s"], hint=_("0: người điều khiển mở phương án khi đọc xong.")
    )
    board_every = number(
        _("Chiếu bảng xếp hạng sau mỗi mấy câu"), *RANGES["board_every"], hint=_("0: chỉ ở cuối.")
    )
    auto_advance_s = number(
        _("Tự chuyển bước sau mấy giây"), *RANGES["auto_advance_s"], hint=_("0: người điều khiển chuyển.")
    )
    sounds = tick(_("Màn chiếu bắt đầu với hiệu ứng âm thanh bật (phím M bật, tắt)"))
    capacity = number(_("Nhiều nhất bao nhiêu người"), *RANGES["capacity"])
    answer = forms.ChoiceField(
        label=_("Câu trả lời được tính"),
        choices=[
            ("first", _("câu trả lời đầu tiên")),
            ("last", _("câu trả lời cuối cùng trước khi hết giờ")),
        ],
    )
    chain = forms.ChoiceField(label=_("Thứ tự xếp hạng"))
    compensate = tick(_("Bù độ trễ mạng khi tính thời gian (nhiều nhất 250 ms mỗi câu)"))
    late_join = tick(_("Cho vào phòng khi vòng thi đã bắt đầu"))
    ask_unit = tick(_("Hỏi đơn vị khi vào phòng"))
    units_best_of = number(
        _("Xếp hạng đơn vị theo mấy người giỏi nhất"),
        *RANGES["units_best_of"],
        hint=_(
            "0: không xếp hạng đơn vị. Điểm của đơn vị là trung bình của bấy nhiêu người cao điểm nhất, thiếu người"
            " thì tính 0 điểm, nên đơn vị đông không lợi hơn. Cần hỏi đơn vị khi vào phòng; thể thức đội thi không"
            " dùng."
        ),
    )
    game_speed = tick(_("Trả lời càng nhanh càng nhiều điểm"))
    game_streaks = tick(_("Thưởng cho chuỗi câu đúng liên tiếp"))
    game_streak_step = number(_("Điểm thưởng thêm cho mỗi câu trong chuỗi"), *RANGES["game.streak_step"])
    teams_answers = forms.ChoiceField(
        label=_("Câu trả lời của đội"),
        choices=[
            ("members", _("điểm trung bình của các thành viên giỏi nhất")),
            ("captain", _("đội trưởng trả lời")),
            ("majority", _("theo số đông trong đội")),
        ],
    )
    teams_best_of = number(
        _("Tính mấy thành viên giỏi nhất"),
        *RANGES["teams.best_of"],
        hint=_("0: bằng số người của đội ít người nhất."),
    )
    bell_columns = number(_("Số chỗ mỗi hàng"), *RANGES["bell.columns"])
    bell_last = number(_("Còn mấy người thì đến câu rung chuông"), *RANGES["bell.last"])
    bell_to_bell = tick(_("Đến câu rung chuông ngay khi chỉ còn bấy nhiêu người"))
    bell_all_out = forms.ChoiceField(
        label=_("Khi không ai trên sàn trả lời đúng"),
        choices=[("stay", _("mọi người ở lại")), ("leave", _("mọi người rời sàn"))],
    )
    bell_late_floor = tick(_("Người vào sau vẫn được lên sàn"))
    bell_grace = tick(_("Mất kết nối khi câu đang mở thì chờ giám khảo, không rời sàn ngay"))
    buzzer_tie_ms = number(
        _("Bấm cách nhau trong bao nhiêu ms thì coi là cùng lúc"),
        *RANGES["buzzer.tie_ms"],
        hint=_("Giám khảo chọn người trả lời."),
    )
    buzzer_answer_s = number(_("Giây để trả lời sau khi bấm"), *RANGES["buzzer.answer_s"])
    buzzer_again_s = number(_("Người khác còn ít nhất mấy giây để bấm"), *RANGES["buzzer.again_s"])
    buzzer_penalty = number(_("Trả lời sai bị trừ mấy điểm"), *RANGES["buzzer.penalty"])
    buzzer_strict = tick(_("Hết giờ mà im lặng là trả lời sai"))
    buzzer_floor = tick(_("Không trừ xuống dưới 0"))
    buzzer_skip_next = tick(_("Trả lời sai thì không được bấm ở câu sau"))
    buzzer_early = tick(_("Cho bấm khi câu hỏi còn đang được đọc"))

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        own = tuple((initial or {}).get("chain", "").split(","))
        chains = [*CHAINS, *([own] if own not in CHAINS and own != ("",) else [])]
        field = self.fields["chain"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  Declared above.
        field.choices = [(",".join(codes), chain_in_words(codes)) for codes in chains]
        self._soften()

    @classmethod
    def of_round(cls, row: LiveRound, data: Any = None) -> "LiveRoundForm":
        """The form filled with the round as it is stored."""
        facts = {"title": row.title, "place": row.place, "wifi": row.wifi}
        return cls(data, initial={**facts, **fields_of(msgspec.convert(row.rules, LiveRules))})

    def with_preset(self, code: str) -> "LiveRoundForm":
        """What was typed, with the rules of a preset."""
        facts = {name: self[name].value() for name in ("title", "place", "wifi")}
        return type(self)(initial={**facts, **fields_of(presets.get(code).rules)})

    def part(self, name: str) -> list[BoundField]:
        """The fields that belong to one mode."""
        return [self[field] for field in self.fields if field.startswith(f"{name}_")]

    @property
    def parts(self) -> list[tuple[str, str | Promise, list[BoundField]]]:
        """Each mode that has rules of its own: code, name, fields."""
        return [(name, MODES[name], self.part(name)) for name in PARTS]

    def rules(self) -> dict[str, Any]:
        """The rules of a valid form as plain data, for `contest.actions.live_setup.edit_draft`."""
        given = self.cleaned_data
        found: dict[str, Any] = {
            name: given[name]
            for name in LiveRules.__struct_fields__
            if name in given and name not in {"chain", *PARTS}
        }
        found["chain"] = given["chain"].split(",")
        for part in PARTS:
            prefix = f"{part}_"
            found[part] = {
                name.removeprefix(prefix): value for name, value in given.items() if name.startswith(prefix)
            }
        return found

    def _soften(self) -> None:
        """What belongs to another mode may be left out; it keeps what it was."""
        mode = self["mode"].value()
        for part in PARTS:
            for name in self.fields:
                if name.startswith(f"{part}_") and part != mode:
                    self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Fields of other modes that were not sent keep the value they had."""
        super().clean()
        defaults = {**fields_of(LiveRules()), **self.initial}
        for name, value in self.cleaned_data.items():
            if value in (None, "") and name.startswith(tuple(f"{part}_" for part in PARTS)):
                self.cleaned_data[name] = defaults[name]
        return self.cleaned_data


def fields_of(rules: LiveRules) -> dict[str, Any]:
    """The rules as the form's fields name them."""
    found: dict[str, Any] = {}
    for name in LiveRules.__struct_fields__:
        value = getattr(rules, name)
        if isinstance(value, msgspec.Struct):
            found |= {f"{name}_{inner}": getattr(value, inner) for inner in value.__struct_fields__}
        else:
            found[name] = ",".join(value) if name == "chain" else value
    return found


class StaffForm(forms.Form):
    """An account that judges or leads this round."""

    username = forms.CharField(label=_("Tên tài khoản"), max_length=150)
    role = forms.ChoiceField(
        label=_("Vai trò"), choices=[("jury", _("Giám khảo")), ("host", _("Điều khiển"))]
    )
