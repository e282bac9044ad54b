"""The thể lệ of a live round: sentences made from its rules, the same on the pages and in the minutes."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contest.live import modes
from contest.live.lag import MOST_MS
from contest.live.rules import LiveRules
from contest.live.state import GRACE_MS
from frontend import live_phrases

MODES: Mapping[str, str | Promise] = {
    "official": lazy("Mỗi câu đúng được %(points)s điểm; trả lời nhanh không được thêm điểm."),
    "game": lazy(
        "Trò chơi: mỗi câu đúng được từ một nửa đến toàn bộ số điểm tùy tốc độ; trong 0,5 giây đầu được toàn bộ."
    ),
    "game-flat": lazy("Trò chơi: mỗi câu đúng được %(points)s điểm, nhanh hay chậm như nhau."),
    "teams": lazy("Các đội thi với nhau; mỗi câu đúng được %(points)s điểm."),
    "bell": lazy("Rung chuông vàng: trả lời sai hoặc không trả lời thì rời sàn."),
    "buzzer": lazy("Bấm chuông giành quyền trả lời; trả lời đúng được %(points)s điểm."),
}
ANSWERS: Mapping[str, str | Promise] = {
    "first": lazy("Câu trả lời đầu tiên được tính."),
    "last": lazy("Trong giờ trả lời được đổi ý; câu trả lời cuối cùng được tính."),
}
TEAM_ANSWERS: Mapping[str, str | Promise] = {
    "members": lazy("Mọi thành viên trả lời; điểm của đội là điểm trung bình của %(best)s."),
    "captain": lazy(
        "Câu trả lời của đội trưởng là câu trả lời của đội; đội trưởng bị mời ra thì người có số nhỏ nhất trả lời thay."
    ),
    "majority": lazy(
        "Câu trả lời của số đông trong đội là câu trả lời của đội; ngang nhau thì lấy câu có phiếu cuối đến sớm hơn."
    ),
}


def clauses(rules: LiveRules) -> list[str]:
    """Everything the rules say, a sentence a line."""
    mode = "game-flat" if rules.mode == "game" and not rules.game.speed else rules.mode
    found = [str(MODES[mode]) % {"points": rules.points}, *_of_mode(rules)]
    found.append(
        _("Thời gian trả lời mỗi câu là %(seconds)s giây, trừ câu ghi khác.") % {"seconds": rules.seconds}
    )
    if rules.mode != "buzzer":
        found.append(str(ANSWERS[rules.answer]))
    found += [
        _ranking(rules),
        _("Người bằng nhau ở mọi tiêu chí được xếp đồng hạng; hạng kế tiếp được bỏ qua."),
    ]
    found += [*_units(rules), *_timing(rules)]
    if not rules.late_join:
        found.append(_("Vòng thi đã bắt đầu thì không nhận thêm người."))
    return found


def _of_mode(rules: LiveRules) -> list[str]:
    if rules.mode == "game":
        return _game(rules)
    if rules.mode == "teams":
        best = rules.teams.best_of
        who = (
            _("%(count)s người cao điểm nhất") % {"count": best}
            if best
            else _("những người cao điểm nhất, lấy số người bằng đội ít người nhất")
        )
        removed = (
            _(
                "Điểm trung bình được làm tròn đến phần trăm điểm; người bị mời ra không còn được tính vào đội."
            )
            if rules.teams.answers == "members"
            else _("Người bị mời ra không rút lại được câu trả lời đã gửi cho đội.")
        )
        return [str(TEAM_ANSWERS[rules.teams.answers]) % {"best": who}, removed]
    if rules.mode == "bell":
        return _bell(rules)
    if rules.mode == "buzzer":
        return _buzzer(rules)
    return []


def _game(rules: LiveRules) -> list[str]:
    rounding = [_("Điểm được làm tròn đến số nguyên, phần nửa làm tròn lên.")] if rules.game.speed else []
    if not rules.game.streaks:
        return rounding
    return [
        *rounding,
        _("Đúng liên tiếp từ câu thứ hai được thêm %(step)s điểm mỗi bậc, nhiều nhất năm bậc.")
        % {"step": rules.game.streak_step},
    ]


def _bell(rules: LiveRules) -> list[str]:
    bell = rules.bell
    found = [
        _("Khi không ai trên sàn trả lời đúng, tất cả ở lại; người cuối cùng thì vẫn rời sàn.")
        if bell.all_out == "stay"
        else _("Khi không ai trên sàn trả lời đúng, tất cả rời sàn."),
        _("Câu rung chuông dành cho người trên sàn khi còn nhiều nhất %(last)s người.") % {"last": bell.last},
        _(
            "Câu rung chuông hỏi những người trên sàn hoặc chờ giám khảo lúc hiện phương án; ai lên sàn sau lúc đó mà"
            " chưa được hỏi thì chờ giám khảo quyết định."
        ),
        _(
            "Người bị mời ra rồi được nhận lại, mà trong lúc đó không trả lời đúng một câu tính điểm, thì chờ giám khảo"
            " quyết định."
        ),
        _("Người gặp sự cố kỹ thuật không rời sàn ngay mà chờ giám khảo quyết định."),
    ]
    if bell.grace:
        found.append(
            _("Người chưa trả lời mà máy chủ thấy mất kết nối khi câu đang mở cũng chờ giám khảo quyết định.")
        )
    if bell.all_out == "stay":
        found.append(
            _(
                "Giám khảo nhận thêm đáp án trước câu sau thì xét lại ai rời sàn; sau đó chỉ đưa người trở lại."
            )
        )
    if bell.to_bell:
        found.append(_("Khi đủ ít người thì câu rung chuông đến ngay, bỏ qua các câu còn lại trước nó."))
    found.append(
        _(
            "Người vào sau câu tính điểm đầu tiên cũng đứng trên sàn, nếu câu rung chuông chưa mở và vẫn còn câu tính"
            " điểm để hỏi."
        )
        if bell.late_floor
        else _("Người vào sau câu tính điểm đầu tiên trả lời ngoài sàn.")
    )
    return found


def _buzzer(rules: LiveRules) -> list[str]:
    buzzer = rules.buzzer
    found = [
        _(
            "Các lượt bấm cách lượt đầu không quá %(ms)s mili giây được coi là cùng lúc; giám khảo chọn người trả lời."
        )
        % {"ms": buzzer.tie_ms},
        _("Người giành quyền phải trả lời trong %(seconds)s giây.") % {"seconds": buzzer.answer_s},
    ]
    if buzzer.early:
        found.append(_("Được bấm ngay khi câu hỏi đang được đọc."))
    if buzzer.strict:
        found.append(_("Hết giờ mà chưa trả lời thì tính là sai."))
    found.append(
        _("Sau một câu trả lời sai, người khác được bấm trong thời gian còn lại, ít nhất %(seconds)s giây.")
        % {"seconds": buzzer.again_s}
    )
    if buzzer.penalty:
        penalty = (
            _("Trả lời sai bị trừ %(points)s điểm, nhưng không xuống dưới 0.")
            if buzzer.floor
            else _("Trả lời sai bị trừ %(points)s điểm.")
        )
        found.append(penalty % {"points": buzzer.penalty})
    if buzzer.skip_next:
        found.append(_("Trả lời sai thì mất quyền bấm chuông ở câu kế tiếp."))
    return found


def _ranking(rules: LiveRules) -> str:
    """The chain that ranks, not the one that was picked: in Rung chuông vàng the floor comes before it."""
    listed = "; ".join(
        f"({place}) {live_phrases.CRITERIA.get(code, code)}"
        for place, code in enumerate(modes.get(rules.mode).chain(rules), start=1)
    )
    return _("Thứ tự xét: %(listed)s.") % {"listed": listed}


def _units(rules: LiveRules) -> list[str]:
    if not rules.units_best_of:
        return []
    return [
        _(
            "Xếp hạng đơn vị: điểm của đơn vị là trung bình của %(count)s người cao điểm nhất; thiếu người hoặc điểm"
            " dưới 0 thì tính 0 điểm; bằng nhau thì xét tổng số câu đúng, rồi tổng thời gian của những người đó."
        )
        % {"count": rules.units_best_of},
        _("Tên đơn vị khác nhau chữ hoa, chữ thường, dấu cách hay cách đặt dấu thanh là cùng một đơn vị."),
    ]


def _timing(rules: LiveRules) -> list[str]:
    found = [_("Giờ tính theo đồng hồ máy chủ, từ lúc hiện phương án đến lúc máy chủ nhận câu trả lời.")]
    if rules.compensate:
        found.append(
            _("Độ trễ đường truyền đo được được trừ khỏi thời gian, nhiều nhất %(most)s mili giây mỗi câu.")
            % {"most": MOST_MS}
        )
        found.append(
            _(
                "Câu trả lời gửi trong giờ mà đến muộn vì đường truyền được nhận thêm nhiều nhất %(grace)s mili giây."
            )
            % {"grace": min(GRACE_MS, MOST_MS)}
        )
    return found
