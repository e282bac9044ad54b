"""Words of live rounds: refusals as sentences, names of modes, phases and criteria."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

MODES: Words = {
    "official": _("Chính thức"),
    "game": _("Trò chơi"),
    "teams": _("Đội thi"),
    "bell": _("Rung chuông vàng"),
    "buzzer": _("Bấm chuông"),
}
CRITERIA: Words = {
    "points": _("nhiều điểm hơn"),
    "right": _("nhiều câu đúng hơn"),
    "time": _("ít thời gian hơn ở các câu đúng"),
    "floor": _("ở lại sàn thi đấu lâu hơn"),
}
PHASES: Words = {
    "": _("Nháp"),
    "lobby": _("Phòng chờ"),
    "title": _("Giới thiệu câu"),
    "reading": _("Đọc câu hỏi"),
    "open": _("Đang trả lời"),
    "judging": _("Chờ giám khảo"),
    "closed": _("Đã đóng câu hỏi"),
    "reveal": _("Công bố đáp án"),
    "board": _("Bảng xếp hạng"),
    "slide": _("Trang thông tin"),
    "podium": _("Trao giải"),
    "ended": _("Kết thúc"),
}
VERDICTS: Words = {
    "provisional": _("Tạm thời"),
    "confirmed": _("Đã xác nhận"),
    "published": _("Đã công bố"),
}
SENTENCES: Words = {
    # joining
    "no-such-pin": _("Không có phòng thi nào đang mở với mã này. Xin xem lại mã trên màn chiếu."),
    "name-empty": _("Xin nhập tên của bạn; tên cần có chữ cái hoặc chữ số."),
    "unit-too-long": _("Tên đơn vị dài quá %(limit)s ký tự."),
    "lobby-locked": _("Phòng thi đang khóa. Xin hỏi ban tổ chức."),
    "joining-over": _("Vòng thi đã bắt đầu và không nhận thêm người."),
    "round-full": _("Phòng thi đã đủ %(capacity)s người."),
    "banned": _("Ban tổ chức không cho thiết bị này vào lại phòng thi."),
    "code-wrong": _("Số ghế hoặc mã vào lại không đúng."),
    "pairing-over": _("Mã ghép đã dùng hoặc đã quá hai phút. Xin tạo mã mới trên máy điều khiển."),
    # answering
    "not-a-player": _("Bạn không còn trong phòng thi này."),
    "question-closed": _("Đã hết giờ trả lời câu này."),
    "question-not-open": _("Câu hỏi chưa mở."),
    "live-paused": _("Vòng thi đang tạm dừng."),
    "not-asked": _("Câu này không dành cho bạn."),
    "no-team": _("Bạn chưa ở đội nào nên chỉ theo dõi."),
    "captain-answers": _("Đội trưởng trả lời thay cả đội."),
    "buzzer-taken": _("Đã có người giành quyền trả lời."),
    "buzzer-locked": _("Bạn chưa được bấm chuông ở câu này."),
    "answer-empty": _("Xin chọn hoặc nhập câu trả lời."),
    "already-answered": _("Bạn đã trả lời câu này; câu trả lời đầu tiên được tính."),
    "answer-overtaken": _("Bạn đã gửi câu trả lời khác sau câu này."),
    # leading the round
    "not-now": _("Lúc này chưa làm được việc đó."),
    "live-moved-on": _("Vòng thi vừa chuyển sang bước khác. Xin thử lại."),
    "live-already-open": _("Phòng thi đã mở nên không sửa được nữa."),
    "live-out-of-range": _("Giá trị của mục “%(field)s” nằm ngoài giới hạn."),
    "live-chain-wrong": _(
        "Thứ tự xếp hạng không hợp lệ: mỗi tiêu chí đứng một lần, và thời gian chỉ đứng sau điểm hoặc số câu đúng."
    ),
    "live-units-of-teams": _("Thể thức đội thi không xếp hạng đơn vị; xin để 0."),
    "live-units-not-asked": _("Muốn xếp hạng đơn vị thì cần hỏi đơn vị khi vào phòng."),
    "live-rules-malformed": _("Thể lệ của vòng thi trực tiếp không đúng định dạng."),
    "live-plan-empty": _("Vòng thi chưa có câu hỏi nào."),
    "plan-malformed": _("Dòng %(line)s của kịch bản không hợp lệ."),
    "plan-too-long": _("Kịch bản dài quá %(limit)s dòng."),
    "plan-question-gone": _("Câu hỏi ở dòng %(line)s không còn được duyệt trong ngân hàng."),
    "title-empty": _("Xin nhập tên vòng thi."),
    "text-too-long": _("Nội dung dài quá %(limit)s ký tự."),
    "no-such-account": _("Không có tài khoản nào với tên này."),
    "teams-malformed": _("Danh sách đội không hợp lệ: mỗi đội cần một tên, mỗi người chỉ ở một đội."),
    "team-name-too-long": _("Tên đội dài quá %(most)s ký tự."),
    "teams-same-name": _("Có hai đội cùng tên “%(name)s”."),
    "no-teams": _("Chỉ thể thức đồng đội mới chia đội."),
    "teams-missing": _("Cần ít nhất hai đội có người trước khi bắt đầu."),
    "added-time-out-of-range": _("Mỗi lần chỉ thêm được từ 1 giây đến 5 phút."),
    "no-such-player": _("Không có người này trong phòng thi."),
    "no-such-run": _("Không có câu này, hoặc câu này chưa kết thúc."),
    "not-marked": _("Câu thăm dò và câu bấm chuông không chấm lại theo đáp án."),
    "points-out-of-range": _("Số điểm cộng hoặc trừ nằm ngoài giới hạn."),
    "nothing-to-undo": _("Không có việc nào để hoàn tác."),
    "undo-overtaken": _("Vừa có việc khác được làm: hãy xem lại trước khi hoàn tác."),
    "no-floor": _("Chỉ thể thức Rung chuông vàng có sàn thi đấu."),
    "nobody-to-rescue": _("Không có ai để cứu trợ."),
    "nobody-waiting": _("Không có ai đang chờ giám khảo."),
    "not-at-the-buzzer": _("Người này không giành được quyền trả lời."),
    "floor-undecided": _("Còn người đang chờ giám khảo quyết định ở lại hay rời sàn."),
    # the result
    "confirmed-by-you": _("Bạn đã xác nhận; cần thêm một người khác trong ban giám khảo."),
    "not-settled": _("Vòng thi chưa kết thúc nên chưa có kết quả."),
    "rehearsal-size": _("Số người diễn tập từ %(least)s đến %(most)s."),
    "rehearsal-of-rehearsal": _("Đây đã là phòng diễn tập."),
    "not-a-rehearsal": _("Chỉ xóa được dữ liệu của phòng diễn tập."),
    "rehearsal-only": _("Đây là diễn tập: không có biên bản và không công bố kết quả."),
    "not-confirmed": _("Kết quả cần hai người trong ban giám khảo xác nhận trước khi công bố."),
    "appeal-empty": _("Xin ghi nội dung khiếu nại."),
    "appeal-decided": _("Khiếu nại này đã được giải quyết."),
    "result-published": _("Kết quả đã công bố nên không nhận khiếu nại tại đây nữa."),
    "decision-unknown": _("Xin chọn chấp nhận hoặc bác khiếu nại."),
}
