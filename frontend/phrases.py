"""Refusal codes as sentences: the one place where a refusal becomes words for a person."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from frontend import live_phrases
from question_bank.errors import Refusal

SENTENCES: Mapping[str, str | Promise] = {
    **live_phrases.SENTENCES,
    # anywhere
    "not-found": _("Không tìm thấy nội dung bạn cần. Đường dẫn có thể đã thay đổi hoặc bạn chưa đăng nhập."),
    "not-allowed": _("Tài khoản của bạn không có quyền làm việc này."),
    "busy": _("Hệ thống đang bận. Xin thử lại sau ít giây; những gì đã lưu vẫn còn nguyên."),
    "fault": _("Hệ thống gặp trục trặc; lỗi đã được ghi lại. Xin thử lại sau ít phút."),
    "throttled": _("Bạn thao tác quá nhanh. Xin chờ ít giây rồi thử lại."),
    "reason-missing": _("Xin ghi rõ lý do; lý do được lưu vào nhật ký."),
    "malformed": _("Dữ liệu gửi lên không đúng định dạng."),
    "too-large": _("Dữ liệu gửi lên quá lớn."),
    "sign-in-needed": _("Xin đăng nhập để tiếp tục."),
    "method-not-allowed": _("Địa chỉ này không nhận cách gửi như vậy."),
    "wrong-media-type": _("Dữ liệu gửi lên phải là JSON."),
    "not-acceptable": _("Hệ thống chỉ trả lời bằng JSON."),
    "csrf-failed": _("Yêu cầu không đến từ trang của hệ thống. Xin tải lại trang rồi thử lại."),
    "attempt-unfinished": _("Bài thi chưa nộp nên chưa có kết quả."),
    # registration
    "registration-closed": _("Cuộc thi chưa mở hoặc đã ngừng nhận đăng ký."),
    "name-missing": _("Xin nhập họ và tên."),
    "name-too-long": _("Họ và tên dài quá %(most)s ký tự."),
    "birth-year-impossible": _("Năm sinh không hợp lệ."),
    "birth-date-impossible": _("Ngày sinh không hợp lệ."),
    "too-young": _("Theo thể lệ, người dự thi phải đủ %(least)s tuổi."),
    "phone-malformed": _("Số điện thoại không hợp lệ. Ví dụ đúng: 0912 345 678."),
    "unit-missing": _("Xin chọn đơn vị, hoặc ghi tên đơn vị nếu không có trong danh sách."),
    "consent-missing": _("Xin đánh dấu đồng ý tham gia để tiếp tục."),
    "already-registered": _(
        "Số điện thoại này đã đăng ký cuộc thi. Hãy dùng mục “Vào lại” với mã dự thi của bạn."
    ),
    "entrant-unknown": _("Số điện thoại hoặc mã dự thi không đúng."),
    "entrant-barred": _("Theo thể lệ, bạn không thuộc đối tượng dự thi: %(reason)s"),
    "already-excluded": _("Người này đã có trong danh sách loại trừ với tên “%(label)s”."),
    "not-excluded": _("Người này không bị loại trừ."),
    "reason-too-long": _("Lý do dài quá %(most)s ký tự."),
    "entrant-needed": _("Xin đăng ký dự thi trước khi vào thi."),
    "account-registered": _("Tài khoản này đã đăng ký cuộc thi."),
    # attempts
    "round-upcoming": _("Vòng thi chưa mở. Giờ mở: %(opens_at)s."),
    "round-paused": _("Ngoài giờ thi. Vòng thi mở lại lúc %(opens_at)s."),
    "round-closed": _("Vòng thi đã kết thúc lúc %(closed_at)s."),
    "no-attempts-left": _("Bạn đã dùng hết %(limit)s lượt thi của vòng này."),
    "opened-elsewhere": _("Bài thi đang mở trên thiết bị hoặc thẻ khác. Tải lại trang để tiếp tục tại đây."),
    "attempt-finished": _("Bài thi đã nộp nên không thay đổi được nữa."),
    "attempt-voided": _("Lượt thi này đã bị hủy."),
    "attempt-late": _(
        "Đã hết giờ làm bài. Câu trả lời đến sau giờ không được tính; những gì đã lưu trước đó vẫn còn."
    ),
    "attempt-open": _("Bài thi này đang làm dở, chưa hết giờ. Hãy thêm giờ thay vì mở lại."),
    "attempt-not-latest": _("Thí sinh đã vào một lượt thi khác sau lượt này nên không mở lại được."),
    "answers-were-shown": _(
        "Vòng này cho xem đáp án ngay sau khi nộp bài, nên bài đã khép lại thì không mở lại được."
    ),
    "adjustment-out-of-range": _("Số phút thêm hoặc bớt phải khác 0 và không quá %(most)s phút."),
    "adjustment-no-effect": _(
        "Giờ nộp bài vẫn là %(deadline)s: giờ không thêm được quá giờ kết thúc hoặc khung giờ thi, và không bớt được "
        "phút cuối cùng."
    ),
    "token-invalid": _("Phiên làm bài không hợp lệ. Xin mở lại bài thi từ trang cuộc thi."),
    "unknown-question": _("Câu hỏi số %(number)s không có trong đề."),
    "response-malformed": _("Câu trả lời không đúng dạng của câu hỏi."),
    "too-many-answers": _("Gửi quá nhiều câu trả lời trong một lần."),
    "prediction-missing": _("Xin nhập số dự đoán."),
    "prediction-malformed": _("Số dự đoán không hợp lệ. Ví dụ đúng: 1.234"),
    "prediction-out-of-range": _("Số dự đoán phải từ 0 đến %(most)s."),
    "prediction-too-precise": _("Số dự đoán có nhiều nhất %(decimals)s chữ số sau dấu phẩy."),
    "receipt-malformed": _("Mã biên nhận không đúng. Mã gồm 17 ký tự, in trên trang kết quả."),
    "receipt-unknown": _("Không tìm thấy bài thi nào có mã biên nhận này."),
    # rounds
    "round-announced": _("Vòng thi đã công bố nên không sửa được phần này nữa."),
    "contest-draft": _("Cuộc thi còn là bản nháp. Hãy công bố cuộc thi trước, rồi công bố vòng thi."),
    "round-over": _("Giờ kết thúc đã qua. Xin chọn giờ kết thúc ở tương lai."),
    "round-not-open": _("Vòng thi không ở trạng thái đang mở."),
    "opening-passed": _("Vòng thi đã mở nên không đổi được giờ mở."),
    "closes-before-opening": _("Giờ kết thúc phải sau giờ mở."),
    "paper-count": _("Số đề phải từ 1 đến %(most)s."),
    "pool-too-small": _("Ngân hàng chưa đủ câu hỏi đã duyệt cho ma trận đề này."),
    "rules-problems": _("Thể lệ chưa hợp lệ."),
    "contest-not-draft": _("Cuộc thi đã công bố rồi."),
    "slug-taken": _("Địa chỉ “%(slug)s” đã có cuộc thi khác dùng."),
    "round-not-closed": _("Vòng thi chưa kết thúc nên chưa tổng kết được."),
    "round-not-swept": _("Còn %(attempts)s bài thi chưa khép lại. Xin thử lại sau ít giây."),
    "round-not-settled": _("Vòng thi chưa tổng kết."),
    "prizes-out-of-date": _(
        "Từ lúc chốt, vòng khác đã công bố giải; mỗi người chỉ nhận một giải nên danh sách giải đã khác. Hãy chốt lại."
    ),
    "round-published": _("Kết quả đã công bố rồi."),
    "ranking-undecided": _(
        "Còn thí sinh ngang nhau ở mọi tiêu chí. Cần bốc thăm và ghi kết quả trước khi tổng kết."
    ),
    "lots-malformed": _(
        "Dòng %(line)s của kết quả bốc thăm không phải mã biên nhận của vòng này, hoặc bị lặp lại."
    ),
    "round-settled": _("Vòng thi đã tổng kết nên không ghi thêm kết quả bốc thăm được."),
    "criterion-unknown": _("Tiêu chí xếp hạng “%(criterion)s” không có trong hệ thống."),
    "overall-unplanned": _("Cuộc thi chưa đặt giải chung cuộc."),
    "rounds-unpublished": _("Chưa tổng kết chung cuộc được: còn %(rounds)s vòng thi chưa công bố kết quả."),
    "overall-not-settled": _("Kết quả chung cuộc chưa tổng kết."),
    "overall-published": _("Kết quả chung cuộc đã công bố rồi."),
    "overall-out-of-date": _("Từ lúc chốt, kết quả một vòng hoặc cơ cấu giải đã thay đổi. Hãy chốt lại."),
    "results-not-public": _("Kết quả chưa được công bố."),
    "version-not-asked": _("Câu hỏi này không có trong đề của vòng thi."),
    # units
    "unit-name-empty": _("Xin nhập tên đơn vị."),
    "unit-exists": _("Đã có đơn vị “%(name)s” ở cấp này."),
    "unit-outside": _("Đơn vị này không thuộc cây đơn vị của cuộc thi."),
    "unit-root-set": _("Đây là đơn vị gốc của cuộc thi; mỗi cuộc thi có một đơn vị gốc."),
    "unit-below-itself": _("Không chuyển được đơn vị vào chính nó hoặc đơn vị cấp dưới của nó."),
    "units-too-many": _("Mỗi lần dán được nhiều nhất %(most)s dòng. Hãy chia danh sách thành nhiều phần."),
    "units-malformed": _("Dòng %(line)s chưa đúng nên chưa đơn vị nào được thêm. Hãy sửa rồi gửi lại."),
    "units-empty": _("Chưa có dòng nào để thêm."),
    "unit-too-deep": _("Cây đơn vị sâu nhất %(most)s cấp."),
    # question bank
    "code-taken": _("Mã câu hỏi “%(taken)s” đã được dùng."),
    "version-immutable": _("Phiên bản này không còn là bản nháp nên không sửa được. Hãy tạo phiên bản mới."),
    "draft-exists": _("Câu hỏi này đang có một bản nháp hoặc bản chờ duyệt."),
    "move-not-allowed": _("Không thực hiện được bước này ở trạng thái hiện tại của câu hỏi."),
    "author-cannot-approve": _("Người viết không được tự duyệt câu hỏi của mình."),
    "not-the-author": _("Chỉ người viết mới làm được bước này."),
    "remark-missing": _("Xin ghi nhận xét để người viết biết cần sửa gì."),
    "question-not-ready": _("Câu hỏi chưa đủ điều kiện gửi duyệt."),
    "unknown-topic": _("Không có mục “%(key)s” trong đề cương."),
    "not-an-outline": _("Tệp này không phải đề cương: dòng %(line)s không có mục lớn dạng “I- …”."),
    "topics-in-use": _(
        "Đề cương mới bỏ những mục đang có câu hỏi. Các mục này được giữ lại ở dạng ngừng dùng."
    ),
    "kind-unknown": _("Dạng câu hỏi “%(kind)s” không có trong hệ thống."),
    # pictures and sounds
    "alt-missing": _("Xin ghi lời thay thế, cho người không xem hoặc không nghe được."),
    "alt-too-long": _("Lời thay thế dài quá %(most)s ký tự."),
    "media-missing": _("Xin chọn tệp."),
    "media-too-large": _("Tệp lớn quá 12 MB."),
    "picture-unknown": _("Chỉ nhận hình PNG, JPEG hoặc WebP."),
    "picture-damaged": _("Hình bị hỏng nên không đọc được. Hãy mở ra, lưu thành tệp mới rồi thử lại."),
    "picture-dimensions": _("Hình quá lớn: mỗi cạnh nhiều nhất %(most)s điểm ảnh."),
    "picture-animated": _("Không nhận hình động. Hãy chọn hình tĩnh."),
    "picture-too-heavy": _("Hình nặng quá 1 MB dù đã thu nhỏ. Hãy lưu lại ở dạng JPEG."),
    "sound-unknown": _("Chỉ nhận âm thanh MP3, OGG (Opus, Vorbis) hoặc WAV."),
    "sound-damaged": _("Tệp âm thanh bị hỏng nên không nhận được. Hãy xuất lại thành tệp MP3 mới."),
    "sound-too-heavy": _("Âm thanh nặng quá 3 MB. Hãy cắt ngắn, hoặc lưu lại ở dạng MP3."),
    # files
    "file-kind-unknown": _("Chỉ nhận tệp có đuôi %(known)s."),
    "file-empty": _("Tệp không có nội dung."),
    "file-too-large": _("Tệp quá lớn. Hãy bỏ bớt hình ảnh hoặc chia thành nhiều tệp."),
    "file-not-text": _(
        "Tệp này không phải văn bản thường. Hãy lưu lại dạng .docx hoặc .txt rồi chọn tệp mới."
    ),
    "word-binary": _(
        "Đây là tệp Word kiểu cũ (.doc). Hãy mở bằng Word, lưu lại dạng .docx rồi chọn tệp mới."
    ),
    "legacy-encoding": _(
        "Tệp dùng phông chữ cũ (%(encoding)s). Hãy chuyển sang Unicode, chẳng hạn bằng công cụ của Unikey, "
        "rồi chọn tệp mới."
    ),
    "encoding-unknown": _("Không đọc được bảng mã của tệp. Hãy lưu lại ở dạng UTF-8 rồi chọn tệp mới."),
    "package-damaged": _(
        "Tệp Word bị hỏng nên không đọc được. Hãy mở bằng Word, lưu thành tệp mới rồi thử lại."
    ),
    "package-encrypted": _("Tệp Word có đặt mật khẩu. Hãy bỏ mật khẩu rồi chọn lại."),
    "package-doctype": _(
        "Tệp Word chứa khai báo lạ nên không được nhận. Hãy mở bằng Word và lưu thành tệp mới."
    ),
    "package-bomb": _("Tệp Word giải nén ra quá lớn nên không được nhận. Hãy bỏ bớt nội dung hoặc hình ảnh."),
}
UNKNOWN = _("Không thực hiện được yêu cầu này.")


def sentence(refusal: Refusal) -> str:
    """The refusal in the reader's language, with its facts in Vietnamese notation."""
    template = str(SENTENCES.get(refusal.code, UNKNOWN))
    try:
        return template % {name: _shown(value) for name, value in refusal.facts.items()}
    except (KeyError, TypeError, ValueError):
        return template.split(" %(", maxsplit=1)[0]


def _shown(value: object) -> object:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%H:%M, %d/%m/%Y")
    return value
