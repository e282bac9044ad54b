"""What the scripts of host, jury and remote say: sentences by the key the client asks for, with {facts} in braces.

The keys are in `frontend/client/src/live/desk` and `src/elements/live-*.ts`; a test holds the two together.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from frontend.live_phrases import PHASES, SENTENCES

_NEXT: dict[str, str | Promise] = {
    "next.start": _("Bắt đầu: câu {no}"),
    "next.start-slide": _("Bắt đầu: {title}"),
    "next.title": _("Sang câu {no}"),
    "next.poll": _("Sang câu thăm dò"),
    "next.bell": _("Sang câu rung chuông"),
    "next.slide": _("Sang trang thông tin: {title}"),
    "next.reading": _("Hiện câu hỏi"),
    "next.open": _("Mở phương án trả lời"),
    "next.reveal": pgettext_lazy("deed", "Công bố đáp án"),
    "next.reveal-poll": _("Công bố kết quả thăm dò"),
    "next.board": _("Chiếu bảng xếp hạng"),
    "next.podium-1": _("Trao giải: hạng ba"),
    "next.podium-2": _("Trao giải: hạng nhì"),
    "next.podium-3": _("Trao giải: hạng nhất"),
    "next.podium-4": _("Chiếu cả bảng xếp hạng"),
    "next.ended": pgettext_lazy("deed", "Kết thúc vòng thi"),
    "next.resume": _("Tiếp tục"),
    "next.wait-open": _("Đang nhận câu trả lời…"),
    "next.wait-judging": _("Chờ chấm người bấm chuông…"),
    "next.wait-ended": _("Vòng thi đã kết thúc"),
    "next.auto": _("Tự chuyển sau {seconds} giây"),
}
_STAGE: dict[str, str | Promise] = {
    "place.lobby": _("{count} người trong phòng"),
    "place.question": _("Câu {no}/{of}"),
    "place.points": _("{points} điểm"),
    "place.double": _("nhân đôi"),
    "place.nothing": _("không tính điểm"),
    "place.bell": _("câu rung chuông"),
    "type.poll": _("Thăm dò"),
    "type.slide": _("Trang thông tin"),
    "key.label": _("Đáp án"),
    "key.source": _("Nguồn: {source}"),
    "key.none-now": _("Không có đáp án cho phần đang chiếu."),
    "key.no-notes": _("Câu này không có lời giải thích."),
    "spread.later": _("Phân bố câu trả lời hiện ra sau khi công bố đáp án."),
    "notes.later": _("Lời giải thích hiện ra sau khi công bố đáp án."),
    "bars.value": _("{count} ({percent}%)"),
    "bars.right": _("{label} (đúng)"),
    "answered.of": _("{count}/{of} đã trả lời"),
    "answered.closed": _("{count} câu trả lời"),
    "following.none": _("Đây là phần cuối của kịch bản."),
    "truth.true": _("Đúng"),
    "truth.false": _("Sai"),
    "buzz.one": _("Giành quyền trả lời"),
    "buzz.tie": _("Bấm cùng lúc: giám khảo chọn"),
    "buzz.right": _("Đúng"),
    "buzz.wrong": _("Sai"),
}
_PEOPLE: dict[str, str | Promise] = {
    "presence.silent": _("im lặng trên 10 giây"),
    "presence.offline": _("mất kết nối"),
    "presence.kicked": _("đã mời ra"),
    "presence.banned": _("đã cấm vào"),
    "floor.out": _("đã rời sàn"),
    "floor.waiting": _("chờ giám khảo"),
    "people.unanswered": _("chưa trả lời"),
    "people.loss": _("sự cố kỹ thuật"),
    "people.score": _("hạng {rank} · {points} điểm"),
    "people.more": _("Xem thêm {count} người"),
    "unit.people": _("{count} người"),
    "people.nobody": _("Chưa có ai vào phòng."),
    "people.not-found": _("Không tìm thấy ai."),
    "person.title": _("{name} · số {seat}"),
    "person.reason-missing": _("Xin ghi lý do."),
    "person.code": _("Vào lại trên máy khác: số {seat}, mã {code}"),
    "teams.name": _("Đội {number}"),
    "teams.bad-line": _("Dòng {line} cần có dạng “Tên đội: số, số, số”."),
    "teams.unknown-seat": _("Không có ai mang số {seat}."),
    "teams.twice": _("Số {seat} được ghi hai lần."),
    "teams.same-name": _("Có hai đội cùng tên “{name}”."),
    "teams.none": _("Chưa có đội nào."),
    "rescue.unknown": _("Không có ai mang số: {seats}"),
}
_DEEDS: dict[str, str | Promise] = {
    "void.title": _("Hủy câu {no}?"),
    "void.title-poll": _("Hủy câu thăm dò này?"),
    "void.text": _("Câu này không tính cho ai."),
    "void.confirm": pgettext_lazy("deed", "Hủy câu hỏi"),
    "replay.title": _("Hỏi lại câu {no}?"),
    "replay.title-poll": _("Hỏi lại câu thăm dò này?"),
    "replay.text": _("Lần hỏi trước không còn được tính; mọi người trả lời lại từ đầu."),
    "replay.confirm": _("Hỏi lại"),
    "finish.title": _("Kết thúc vòng thi ngay?"),
    "finish.text": _("Chỉ những câu đã công bố đáp án được tính. Không thể mở lại vòng thi."),
    "finish.confirm": pgettext_lazy("deed", "Kết thúc vòng thi"),
    "undo.what": _("Hoàn tác: {what}"),
    "undo.nothing": _("Chưa có việc nào để hoàn tác"),
    "undo.title": _("Hoàn tác: {what}?"),
    "undo.confirm": _("Hoàn tác"),
    "undo.jurys": _("Đây là quyết định của ban giám khảo."),
    "undo.fell": _("Những người vừa rời sàn sẽ trở lại sàn."),
    "undo.reopens": _("Kết quả đã được ký sẽ trở lại thành tạm thời và phải được xác nhận lại."),
    "undo.changed": _("Việc gần nhất vừa thay đổi; chưa hoàn tác gì."),
    "undo.buzz-judged": _("chấm người bấm chuông"),
    "undo.teams-formed": _("chia đội"),
    "undo.remarked": _("chấm lại một câu"),
    "undo.run-voided": _("hủy câu hỏi"),
    "undo.player-kicked": _("mời một người ra"),
    "undo.player-renamed": _("đổi tên"),
    "undo.loss-marked": _("ghi nhận sự cố kỹ thuật"),
    "undo.left-floor": _("loại khỏi sàn"),
    "undo.back-on-floor": _("đưa trở lại sàn"),
    "undo.points-adjusted": _("cộng hoặc trừ điểm"),
    "pairing.left": _("Mã dùng một lần, còn {seconds} giây."),
    "pairing.over": _("Mã đã hết hạn."),
    "pairing.revoked": _("Đã ngắt {count} điện thoại."),
}
_ROOM: dict[str, str | Promise] = {
    "health.none": _("–"),
    "health.ms": _("{ms} ms"),
    "health.no-link": _("Máy này mất liên lạc với máy chủ; vòng thi vẫn chạy theo đồng hồ máy chủ."),
    "health.polling": _("Máy này chỉ nhận tin mỗi vài giây."),
    "health.pause": _("Máy chủ ghi nhận chậm. Nên tạm dừng cho đến khi hết đỏ."),
    "health.slow": _("Máy chủ ghi nhận hơi chậm."),
    "health.no-projector": _("Chưa có màn chiếu nào kết nối."),
    "link.open": _("Đã kết nối"),
    "link.connecting": _("Đang kết nối…"),
    "link.polling": _("Kết nối chậm"),
    "link.lost": _("Mất kết nối"),
    "link.replaced": _("Đã mở ở nơi khác"),
    "link.unknown": _("Không còn phòng này"),
    "link.outdated": _("Trang đã cũ, xin tải lại"),
    "link.forbidden": _("Không còn quyền"),
    "verdict.provisional": _("Kết quả tạm thời"),
    "verdict.confirmed": _("Kết quả đã xác nhận"),
    "verdict.published": _("Kết quả đã công bố"),
    "room.sending": _("đang gửi…"),
    "ended.forbidden": _("Phiên đăng nhập đã hết, hoặc bạn không còn vai trò trong vòng thi này."),
    "ended.unknown": _("Không còn phòng này, hoặc trang đã để quá lâu."),
    "ended.replaced": _("Vòng thi đã được mở ở nơi khác."),
    "ended.outdated": _("Hệ thống vừa được cập nhật; xin tải lại trang để tiếp tục."),
    "refused.connection-lost": _("Không tới được máy chủ. Xin thử lại."),
    "refused.unsure": _("Mất liên lạc: chưa rõ đã làm được hay chưa. Xin xem lại trước khi làm lần nữa."),
    "refused.fault": _("Có lỗi xảy ra. Xin thử lại."),
}
_JURY: dict[str, str | Promise] = {
    "verdict.running": _("Vòng thi đang diễn ra"),
    "verdict.one-more": _("Kết quả tạm thời: còn cần một người xác nhận"),
    "verdict.signed": _("{name} xác nhận lúc {time}"),
    "verdict.published-by": _("{name} công bố lúc {time}"),
    "confirm.title": _("Xác nhận kết quả?"),
    "confirm.text": _("Bạn xác nhận kết quả này là đúng. Cần hai người khác nhau trong ban giám khảo."),
    "confirm.confirm": _("Xác nhận"),
    "publish.title": _("Công bố kết quả?"),
    "publish.text": _("Kết quả hiện trên màn chiếu và điện thoại là kết quả chính thức."),
    "publish.confirm": pgettext_lazy("deed", "Công bố"),
    "jury.run": _("Câu {number}: {stem}"),
    "jury.poll": _("Thăm dò: {stem}"),
    "jury.answered": _("{count} câu trả lời"),
    "jury.right": _("{count} đúng"),
    "jury.secret": _("chưa công bố đáp án"),
    "jury.voided": _("đã hủy: {reason}"),
    "jury.replaced": _("đã hỏi lại, không tính"),
    "jury.remarked": _("đã chấm lại {count} lần"),
    "jury.correct": _("Điều chỉnh"),
    "jury.again": _("lần hỏi {time}"),
    "jury.question": _("Câu {number}"),
    "jury.a-poll": _("Câu thăm dò"),
    "jury.key": _("Đáp án: {key}"),
    "jury.answer": _("{count} người trả lời như vậy"),
    "jury.answer-right": _("{count} người, đã được tính đúng"),
    "jury.no-answers": _("Không ai trả lời câu này."),
    "jury.seat": _("Số {seat} · {name}"),
    "jury.person": _("{name} (số {seat})"),
    "jury.team-member": _("{team} · {name} (số {seat})"),
    "adjust.person": _("Cộng, trừ điểm"),
    "adjust.team": _("Cộng, trừ điểm của đội: {team}"),
    "held.rescue": _("Cho ở lại sàn"),
    "held.eliminate": _("Loại"),
    "held.rescue-title": _("Cho {name} ở lại sàn"),
    "held.eliminate-title": _("Loại {name} khỏi sàn"),
    "preview.same": _("Thứ hạng và điểm không thay đổi."),
    "preview.changed": _("{count} trên {of} dòng thay đổi:"),
    "preview.back": _("{count} người trở lại sàn."),
    "preview.off": _("{count} người rời sàn hoặc chờ giám khảo."),
    "preview.units-same": _("Thứ hạng và điểm của các đơn vị không thay đổi."),
    "preview.units-changed": _("{count} trên {of} đơn vị thay đổi:"),
    "preview.units-table": _("Thứ hạng của đơn vị trước và sau"),
    "preview.unit": _("Đơn vị"),
    "preview.reopens": _("Kết quả đã ký trở lại thành tạm thời và phải được xác nhận lại."),
    "preview.table": _("Thứ hạng trước và sau"),
    "preview.name": _("Thí sinh"),
    "preview.rank-before": _("Hạng trước"),
    "preview.rank-after": _("Hạng sau"),
    "preview.points-before": _("Điểm trước"),
    "preview.points-after": _("Điểm sau"),
    "appeals.open": _("{count} khiếu nại chưa giải quyết"),
    "appeals.who": _("{name} (số {seat}) · {question} · {time}"),
    "appeals.granted": pgettext_lazy("deed", "Chấp nhận"),
    "appeals.rejected": pgettext_lazy("deed", "Bác"),
    "appeals.granted-title": _("Chấp nhận khiếu nại của {name}"),
    "appeals.rejected-title": _("Bác khiếu nại của {name}"),
    "appeals.was-granted": _("Đã chấp nhận: {remark}"),
    "appeals.was-rejected": _("Đã bác: {remark}"),
    "receipts.line": _("{name} (số {seat}) · {question}"),
    "receipts.time": _("ghi nhận lúc {time}, sau {seconds} giây"),
    "receipts.none": _("Không có câu trả lời nào khớp với “{query}”."),
}
_SHARED: dict[str, str | Promise] = {
    **{f"phase.{code}": name for code, name in PHASES.items() if code},
    **{f"refused.{code}": SENTENCES[code] for code in ("not-now", "live-paused", "live-moved-on")},
    **_NEXT,
    **_STAGE,
    **_ROOM,
}


# Where there is a floor.
_BELL: dict[str, str | Promise] = {
    "void.text": _("Câu này không tính cho ai; ai bị loại vì câu này được trở lại sàn."),
}


def host(mode: str = "") -> dict[str, str]:
    """The operator's words for a round of the mode, in the language of now."""
    return _written({**_SHARED, **_PEOPLE, **_DEEDS, **(_BELL if mode == "bell" else {})})


def jury() -> dict[str, str]:
    """The jury's."""
    return _written({**_SHARED, **_PEOPLE, **_JURY})


def remote() -> dict[str, str]:
    """The remote's."""
    return _written({**_SHARED, "ended.forbidden": _("Điện thoại này đã bị ngắt. Xin ghép lại bằng mã mới.")})


def _written(words: dict[str, str | Promise]) -> dict[str, str]:
    return {key: str(text) for key, text in words.items()}
