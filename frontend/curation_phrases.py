"""The bank's words: names of kinds, levels and moves, and what may be wrong with a question, as sentences."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from question_bank.rules.problems import Problem

Words = Mapping[str, str | Promise]

KINDS: Words = {
    "single": _("Một lựa chọn"),
    "multi": _("Nhiều lựa chọn"),
    "truefalse": _("Đúng/sai"),
    "fill": _("Điền khuyết"),
    "order": _("Sắp xếp"),
    "match": _("Ghép đôi"),
}
LEVELS: Words = {
    "NB": _("Nhận biết"),
    "TH": _("Thông hiểu"),
    "VD": _("Vận dụng"),
    "VDC": _("Vận dụng cao"),
}
STATES: Words = {
    "draft": _("Nháp"),
    "in_review": _("Chờ duyệt"),
    "approved": _("Đã duyệt"),
    "retired": _("Ngừng dùng"),
}
AXES: Words = {"level": _("Mức độ"), "kind": _("Dạng câu hỏi"), "state": _("Trạng thái")}
NAMES: Mapping[str, Words] = {"level": LEVELS, "kind": KINDS, "state": STATES}
# Heads of narrow columns; levels go by their codes.
HEADS: Words = {
    "single": _("Một"),
    "multi": _("Nhiều"),
    "truefalse": _("Đ/S"),
    "fill": _("Điền"),
    "order": _("Xếp"),
    "match": _("Ghép"),
    "draft": _("Nháp"),
    "in_review": _("Chờ"),
    "approved": _("Duyệt"),
    "retired": _("Ngừng"),
}
MOVES: Words = {
    "submit": _("Gửi duyệt"),
    "withdraw": _("Rút về sửa"),
    "approve": _("Duyệt câu hỏi"),
    "return": _("Trả lại người viết"),
    "retire": _("Ngừng dùng"),
}
MOVED: Words = {
    "submit": _("Đã gửi câu hỏi đi duyệt."),
    "withdraw": _("Đã rút câu hỏi về để sửa."),
    "approve": _("Đã duyệt. Câu hỏi có thể được rút vào đề."),
    "return": _("Đã trả câu hỏi lại người viết kèm nhận xét."),
    "retire": _("Câu hỏi đã ngừng dùng; các đề đã có câu này giữ nguyên."),
}
PARTS: Words = {
    "options": _("phương án"),
    "items": _("mục cần sắp xếp"),
    "left": _("vế trái"),
    "right": _("vế phải"),
}
PROBLEMS: Words = {
    "stem-too-short": _("Nội dung câu hỏi quá ngắn: cần ít nhất %(least)s ký tự."),
    "stem-too-long": _("Nội dung câu hỏi dài quá %(most)s ký tự."),
    "explanation-missing": _("Chưa có lời giải thích đáp án."),
    "explanation-too-long": _("Lời giải thích dài quá %(most)s ký tự."),
    "citation-missing": _("Chưa dẫn nguồn: cần ít nhất một câu trích trong đề cương."),
    "citation-topic-malformed": _(
        "Nguồn %(citation)s: mã mục “%(topic)s” không đúng dạng. Ví dụ đúng: II.1.3"
    ),
    "citation-topic-unknown": _("Nguồn %(citation)s: không có mục “%(topic)s” trong đề cương."),
    "citation-quote-missing": _("Nguồn %(citation)s: chưa ghi câu trích."),
    "citation-quote-too-long": _("Nguồn %(citation)s: câu trích dài quá %(most)s ký tự."),
    "citation-quote-not-found": _("Nguồn %(citation)s: câu trích không có trong mục %(topic)s của đề cương."),
    "level-unknown": _("Mức độ “%(level)s” không có trong hệ thống."),
    "kind-unknown": _("Dạng câu hỏi “%(kind)s” không có trong hệ thống."),
    "body-unknown-field": _("Phần hiển thị có dữ liệu lạ: “%(field)s”."),
    "key-unknown-field": _("Phần đáp án có dữ liệu lạ: “%(field)s”."),
    "entry-malformed": _("Một %(part)s không đúng dạng."),
    "entry-count": _("Số %(part)s phải từ %(least)s đến %(most)s; hiện có %(count)s."),
    "entry-key-repeated": _("Hai %(part)s trùng ký hiệu “%(key)s”."),
    "entry-empty": _("Có %(part)s để trống."),
    "entry-too-long": _("Có %(part)s dài quá %(limit)s ký tự."),
    "entry-not-clean": _("Có %(part)s thừa khoảng trắng hoặc chứa ký tự lạ."),
    "entries-alike": _("Có hai %(part)s giống nhau."),
    "entries-differ-by-accents": _("Có hai %(part)s chỉ khác nhau ở dấu."),
    "answer-missing": _("Chưa có đáp án."),
    "answer-empty": _("Đáp án chấp nhận số %(answer)s để trống."),
    "answer-malformed": _("Đáp án không đúng dạng của câu hỏi."),
    "answer-incomplete": _("Đáp án chưa đủ các mục."),
    "answer-unknown-option": _("Đáp án nhắc đến một phương án không có."),
    "answer-repeated": _("Đáp án chấp nhận số %(answer)s trùng với đáp án trước."),
    "accents-unknown": _("Cách so dấu tiếng Việt không hợp lệ."),
    "multi-one-right": _("Câu nhiều lựa chọn chỉ có một phương án đúng: nên đổi sang dạng một lựa chọn."),
    "multi-all-right": _("Mọi phương án đều đúng: nên thêm phương án nhiễu."),
    "order-gives-answer-away": _("Thứ tự hiển thị trùng với đáp án nên làm lộ đáp án."),
    "match-gives-answer-away": _("Hai vế đang xếp thẳng hàng theo đáp án nên làm lộ đáp án."),
    "match-keys-shared": _("Hai vế dùng chung ký hiệu."),
    "option-names-letters": _(
        "Phương án %(key)s nhắc đến chữ cái của phương án khác; khi xáo trộn sẽ sai nghĩa."
    ),
    "option-not-fixed": _("Phương án %(key)s nói về các phương án khác: nên đánh dấu “giữ nguyên chỗ”."),
    "right-option-longest": _("Phương án đúng dài hơn hẳn các phương án khác nên dễ đoán."),
}
UNKNOWN_PROBLEM = _("Câu hỏi còn một lỗi: %(code)s.")


def sentence(problem: Problem) -> str:
    """The problem in the reader's language."""
    facts = {name: _fact(name, value) for name, value in problem.facts.items()}
    template = str(PROBLEMS.get(problem.code, UNKNOWN_PROBLEM))
    try:
        return template % {"code": problem.code, **facts}
    except (KeyError, TypeError, ValueError):
        return template.split(" %(", maxsplit=1)[0]


def _fact(name: str, value: object) -> object:
    return str(PARTS.get(str(value), value)) if name == "part" else value
