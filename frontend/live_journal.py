"""What happened in a live round, in words: for its minutes, its Excel file and its replay."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contest.live.rules import LiveRules
from contest.live.story import Told
from contest.queries.live_story import Words
from frontend import live_phrases, live_regulations
from frontend.templatetags.vietnamese import number

NAMES_SHOWN = 5

DEEDS: Mapping[str, str | Promise] = {
    "lobby-opened": lazy("Mở phòng chờ"),
    "joined": lazy("%(count)s người vào phòng: %(names)s"),
    "teams-formed": lazy("Chia %(count)s đội"),
    "announced": lazy("Giới thiệu %(question)s"),
    "shown": lazy("Hiện %(question)s"),
    "opened": lazy("Mở trả lời %(question)s trong %(seconds)s giây"),
    "time-added": lazy("Thêm %(seconds)s giây cho %(question)s"),
    "closed-early": lazy("Đóng %(question)s trước giờ"),
    "closed": lazy("Đóng %(question)s: %(answered)s lượt trả lời, %(right)s đúng"),
    "closed-teams": lazy("Đóng %(question)s: %(answered)s lượt trả lời, %(right)s đội đúng"),
    "revealed": lazy("Công bố đáp án %(question)s"),
    "remarked": lazy("Chấm lại %(question)s, nhận thêm đáp án"),
    "fell": lazy("%(fell)s người rời sàn hoặc chờ giám khảo"),
    "passed-over": lazy("%(waits)s người chưa được hỏi câu rung chuông, chờ giám khảo"),
    "remarked-all": lazy("Chấm lại %(question)s: mọi câu trả lời đều đúng"),
    "remarked-back": lazy("Bỏ việc chấm lại %(question)s"),
    "voided": lazy("Hủy %(question)s"),
    "unvoided": lazy("Bỏ việc hủy %(question)s"),
    "replaced": lazy("Hỏi lại %(question)s; lần trước không tính"),
    "board-shown": lazy("Hiện bảng xếp hạng"),
    "slide-shown": lazy("Hiện trang thông tin “%(title)s”"),
    "podium-stepped": lazy("Trao giải, bước %(step)s"),
    "ended": lazy("Kết thúc vòng thi"),
    "ended-early": lazy("Kết thúc vòng thi trước khi hết kịch bản"),
    "paused": lazy("Tạm dừng"),
    "resumed": lazy("Tiếp tục sau khi dừng %(seconds)s giây"),
    "locked": lazy("Khóa phòng"),
    "unlocked": lazy("Mở khóa phòng"),
    "blanked": lazy("Tắt màn chiếu"),
    "unblanked": lazy("Bật màn chiếu"),
    "board-hidden": lazy("Ẩn thứ hạng"),
    "stayed": lazy("Dừng tự chuyển bước"),
    "board-unhidden": lazy("Hiện lại thứ hạng"),
    "kicked": lazy("Mời %(names)s ra khỏi phòng"),
    "banned": lazy("Cấm %(names)s vào lại phòng"),
    "readmitted": lazy("Cho %(names)s vào lại phòng"),
    "renamed": lazy("Đổi tên %(names)s thành %(name)s"),
    "loss-marked": lazy("Ghi nhận sự cố kỹ thuật cho %(names)s ở %(question)s"),
    "loss-unmarked": lazy("Bỏ ghi nhận sự cố kỹ thuật cho %(names)s ở %(question)s"),
    "line-lost": lazy("%(count)s người mất kết nối, chưa trả lời %(question)s: %(names)s"),
    "left-floor": lazy("%(count)s người rời sàn ở %(question)s: %(names)s"),
    "stayed-on-floor": lazy("Không ai đúng %(question)s: %(count)s người ở lại sàn"),
    "off-floor": lazy("%(count)s người vào muộn, trả lời ngoài sàn: %(names)s"),
    "left-by-jury": lazy("Giám khảo cho %(names)s rời sàn"),
    "held-for-jury": lazy("%(count)s người chờ giám khảo ở %(question)s: %(names)s"),
    "back-on-floor": lazy("%(names)s trở lại sàn"),
    "rescued": lazy("Cứu trợ %(count)s người: %(names)s"),
    "buzz-won": lazy("Giành quyền trả lời: %(names)s"),
    "buzz-right": lazy("%(names)s trả lời đúng"),
    "buzz-wrong": lazy("%(names)s trả lời sai"),
    "buzz-returned": lazy("Xét lại câu trả lời ở lượt bấm chuông"),
    "adjusted": lazy("Điều chỉnh %(points)s điểm cho %(names)s"),
    "confirmed": lazy("%(by)s xác nhận kết quả, người thứ nhất"),
    "confirmed-whole": lazy("%(by)s xác nhận kết quả, người thứ hai"),
    "published": lazy("%(by)s công bố kết quả"),
    "verdict-reopened": lazy("Kết quả trở lại tạm thời"),
    "undone": lazy("Hoàn tác: %(what)s"),
}
# What an undo takes back, by the event's name in the journal.
UNDONE: Mapping[str, str | Promise] = {
    "teams-formed": lazy("chia đội"),
    "remarked": lazy("chấm lại"),
    "run-voided": lazy("hủy câu"),
    "player-kicked": lazy("mời ra khỏi phòng"),
    "player-renamed": lazy("đổi tên"),
    "loss-marked": lazy("ghi nhận sự cố kỹ thuật"),
    "left-floor": lazy("rời sàn"),
    "back-on-floor": lazy("trở lại sàn"),
    "points-adjusted": lazy("điều chỉnh điểm"),
    "buzz-judged": lazy("phân định lượt bấm chuông"),
}
REMARKS: Mapping[str, str | Promise] = {
    "kicked": lazy("Bị mời ra khỏi phòng"),
    "banned": lazy("Bị cấm vào lại phòng"),
    "late": lazy("Vào muộn, từ %(question)s"),
    "loss": lazy("Sự cố kỹ thuật ở %(question)s"),
    "left-floor": lazy("Rời sàn ở %(question)s"),
    "off-floor": lazy("Vào muộn, trả lời ngoài sàn"),
    "on-floor": lazy("Còn trên sàn"),
    "waiting": lazy("Chờ giám khảo quyết định về %(question)s"),
    "adjusted": lazy("Điều chỉnh %(points)s điểm"),
    "everything": lazy("Mọi câu trả lời đều được tính đúng"),
    "outage": lazy("Máy chủ gián đoạn %(seconds)s giây"),
    "press": lazy("Bấm chuông"),
    "poll": lazy("Thăm dò, không chấm điểm"),
    "voided": lazy("Đã hủy: %(reason)s"),
    "replaced": lazy("Đã hỏi lại, lần này không tính"),
    "remarked": lazy("Đã chấm lại %(count)s lần"),
}
# Reasons that the machine gives by itself.
REASONS: Mapping[str, str | Promise] = {
    "finished": lazy("Vòng thi kết thúc khi câu chưa công bố đáp án"),
    "undo": lazy("Hoàn tác"),
}
ROLES: Mapping[str, str | Promise] = {
    "host": lazy("Người điều hành"),
    "jury": lazy("Giám khảo"),
    "remote": lazy("Điều khiển từ xa"),
    "clock": lazy("Máy chủ"),
    "door": lazy("Máy chủ"),
}


def words(rules: LiveRules) -> Words:
    """The words of a round's documents, in the language of now."""
    return Words(
        mode=str(live_phrases.MODES.get(rules.mode, rules.mode)),
        rules=tuple(live_regulations.clauses(rules)),
        tell=sentence,
        remark=remark,
        role=lambda code: str(ROLES.get(code, code)),
        reason=reason,
    )


def reason(text: str) -> str:
    """A reason as a person gave it, or the machine's in words."""
    return str(REASONS.get(text, text))


def sentence(told: Told) -> str:
    """What happened, as a sentence without its full stop."""
    code = told.code
    if code == "remarked" and told.facts.get("everything"):
        code = "remarked-all"
    found = DEEDS.get(code)
    if found is None:
        return code
    more = [DEEDS["fell"]] if told.facts.get("fell") else []
    more += [DEEDS["passed-over"]] if told.facts.get("waits") else []
    return "; ".join(str(part) % _facts(told.facts) for part in (found, *more))


def remark(code: str, facts: Mapping[str, object]) -> str:
    """A remark about a participant or a question."""
    return str(REMARKS[code]) % _facts(facts)


def _facts(facts: Mapping[str, object]) -> dict[str, object]:
    found = dict(facts)
    if "question" in facts:
        found["question"] = _question(facts)
    if isinstance(facts.get("names"), tuple):
        found["names"] = names(facts["names"])  # type: ignore[arg-type]
    if isinstance(facts.get("seconds"), float):
        found["seconds"] = number(facts["seconds"], 1).removesuffix(_tenth())  # type: ignore[arg-type]
    if isinstance(facts.get("points"), int):
        found["points"] = f"{facts['points']:+d}"
    if "what" in facts:
        found["what"] = UNDONE.get(str(facts["what"]), facts["what"])
    return found


def _tenth() -> str:
    """What a whole number of seconds ends with when it is written with one decimal."""
    return number(0, 1)[1:]


def _question(facts: Mapping[str, object]) -> str:
    if facts["question"]:
        return _("câu %(number)s") % {"number": facts["question"]}
    if facts.get("title"):
        return _("mục “%(title)s”") % {"title": facts["title"]}
    return _("cuối vòng")


def names(found: tuple[str, ...]) -> str:
    """At most five names; the others are counted."""
    shown = ", ".join(found[:NAMES_SHOWN])
    more = len(found) - NAMES_SHOWN
    return _("%(names)s và %(more)s người khác") % {"names": shown, "more": more} if more > 0 else shown
