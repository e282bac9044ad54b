"""The minutes of a live round, read back from the PDF."""

import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from contest.documents.minutes import Incident, Participant, Place, Step, UnitPlace
from contest.documents.minutes_pdf import GAME, PROVISIONAL, pdf
from tests.contest.documents.rounds import EMPTY, HASH, SHORT, at, crowd, question

ROOT = Path(__file__).resolve().parents[3]
HOSTILE = (
    '#set text(size: 99pt); #image("/etc/passwd")',
    "<script>alert(1)</script>",
    "**đậm** __gạch__ --ngang-- [nối](https://example.vn)",
    "{nb}",
    "(a) Tj ET Q \\) endstream endobj %",
    "$x^2$ \\input{/etc/passwd} `id`",
    "=HYPERLINK(1)",
    "Robert'); DROP TABLE người;--",
)


def pages(file):
    """The text of each page, every white space one space."""
    document = pypdfium2.PdfDocument(file)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def text(file):
    return " ".join(pages(file))


def boxes(file):
    """(left, bottom, right, top) of every sign on every page, and the page's size."""
    for page in pypdfium2.PdfDocument(file):
        signs = page.get_textpage()
        yield page.get_size(), [signs.get_charbox(index) for index in range(signs.count_chars())]


def test_everything_told_stands_in_it():
    read = text(pdf(SHORT))

    for told in (
        "ĐẢNG UỶ PHƯỜNG BẾN NGHÉ",
        "Thành phố Hồ Chí Minh, ngày 20 tháng 11 năm 2026",
        "BIÊN BẢN",
        "Tìm hiểu 96 năm truyền thống vẻ vang của Đảng",
        "từ 20/11/2026 08:12 đến 20/11/2026 09:12",
        "đã công bố",
        "nhiều nhất 500 mili giây mỗi câu",
        "Số người đã vào phòng thi: 4.",
        "Mất kết nối 30 giây ở câu 2",
        "Câu 2 – Lịch sử Đảng (10 điểm, 20 giây, đáp án phiên bản 2)",
        "Đáp án đúng: A. 03/02/1930",
        "Mở lúc 20/11/2026 08:13:03, đóng lúc 20/11/2026 08:13:23. 4 lượt trả lời, 3 đúng (75,0 %).",
        "Chấm lại (20/11/2026 09:18, Bà Võ Thị Sáu): Nhận thêm đáp án B.",
        "Huỷ câu (20/11/2026 09:20, Ông Phan Đình Phùng): Đề in sai năm.",
        "Sự cố Máy chủ",
        "Thêm 10 giây cho câu 2 Bù thời gian mất mạng",
        "1 Lê Hoàng Yến Chi bộ Quân sự 2 20 12,345 Đồng hạng",
        "3 Trần Văn Dũng Chi bộ Khu phố 2 1 12,5 1.083,045 Xét lại câu 2",
        "Xác nhận, người thứ hai Ông Phan Đình Phùng 20/11/2026 09:37",
        "Máy chủ đã xác nhận 11 câu trả lời",
        HASH,
        "THƯ KÝ",
        "TRƯỞNG BAN GIÁM KHẢO",
        "TRƯỞNG BAN TỔ CHỨC",
    ):
        assert told in read
    assert PROVISIONAL not in read
    assert GAME not in read


def test_units_stand_below_the_people_with_shared_ranks():
    units = (
        UnitPlace(1, "Chi bộ Quân sự", 3, 16.67, 4, 12_345),
        UnitPlace(2, "Chi bộ Khu phố 2", 1, 10, 2, 9_000),
        UnitPlace(2, "Chi bộ Khu phố 3", 12, 10, 2, 9_000),
    )
    read = text(pdf(replace(SHORT, unit_places=units)))

    assert "Kết quả đơn vị Hạng Đơn vị Số người Điểm trung bình" in read
    assert "1 Chi bộ Quân sự 3 16,67 4 12,345" in read
    assert "2 Chi bộ Khu phố 3 12 10 2 9,000 Đồng hạng" in read
    assert "Kết quả đơn vị" not in text(pdf(SHORT))


def test_an_empty_round_says_so():
    read = text(pdf(EMPTY))

    assert "Số người đã vào phòng thi: 0." in read
    assert "Chưa có câu hỏi nào được mở." in read
    assert "Không có can thiệp hay sự cố nào được ghi lại." in read
    assert "Chưa có kết quả." in read
    assert "Trang 1/1" in read


def test_a_place_that_is_not_told_leaves_room_for_a_hand():
    read = text(pdf(replace(SHORT, place="")))

    assert "Ngày 20 tháng 11 năm 2026" in read
    assert "Địa điểm: … Thể thức" in read


def test_a_provisional_result_and_a_game_are_marked_on_every_page():
    marked = pages(pdf(replace(SHORT, status="provisional", game=True)))

    assert len(marked) > 1
    for page in marked:
        assert PROVISIONAL in page
        assert GAME in page


def test_the_pages_are_numbered_and_the_heads_of_tables_stand_again():
    read = pages(pdf(crowd(100, questions=2)))

    for number, page in enumerate(read, start=1):
        assert f"Trang {number}/{len(read)}" in page
    annex = next(index for index, page in enumerate(read) if "PHỤ LỤC 1" in page)
    result = next(index for index, page in enumerate(read) if "PHỤ LỤC 2" in page)
    assert result - annex > 1
    assert all("STT Số báo danh Họ và tên Đơn vị Vào phòng lúc" in page for page in read[annex:result])
    assert all("Hạng Họ và tên Đơn vị Câu đúng Điểm" in page for page in read[result:])


def test_a_long_list_is_an_annex_behind_the_signatures_and_complete():
    read = text(pdf(crowd(100, questions=1)))
    body, annexes = read.split("PHỤ LỤC 1")

    assert "Danh sách dự thi: xem Phụ lục 1." in body
    assert "Kèm theo: Phụ lục 2. Bảng kết quả (100 dòng)." in body
    assert "TRƯỞNG BAN TỔ CHỨC" in body
    assert all(f" {place} " in annexes for place in range(1, 101))


def test_two_thousand_people_stay_within_a_few_hundred_pages():
    document = pypdfium2.PdfDocument(pdf(crowd(2000)))

    assert 100 < len(document) < 250
    assert "2000" in document[len(document) - 1].get_textpage().get_text_range()


@pytest.mark.parametrize("minutes", [EMPTY, SHORT, crowd(60, 3)], ids=["empty", "short", "crowd"])
def test_the_same_round_gives_the_same_bytes(minutes):
    assert pdf(minutes) == pdf(minutes)


def test_another_process_gives_the_same_bytes():
    command = (
        "import sys; sys.path.insert(0, '.')\n"
        "from contest.documents.minutes_pdf import pdf\n"
        "from tests.contest.documents.rounds import SHORT\n"
        "sys.stdout.buffer.write(pdf(SHORT))"
    )
    seeded = {"PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, env=seeded, capture_output=True, check=True
    )

    assert done.stdout == pdf(SHORT)
    # No date but that of the paper itself.
    assert re.findall(rb"D:(\d{14})", done.stdout) == [b"20261120031203"]


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_typed_is_shown_and_not_obeyed(typed):
    told = replace(
        SHORT,
        contest=typed,
        round=typed,
        organiser=typed,
        place=typed,
        mode=typed,
        rules=(typed,),
        participants=(Participant(1, typed, at(0), typed, typed, typed),),
        questions=(question(1, stem=typed, topic=typed, options=(typed,), answers=(typed,)),),
        incidents=(Incident(at(0), "override", typed, typed, typed),),
        places=(Place(1, typed, 1, 1, 1, typed, typed),),
        steps=(Step("confirmed", typed, at(0), typed),),
        signers=(typed, typed, typed),
    )

    file = pdf(told)
    squeezed = text(file).replace(" ", "")
    assert squeezed.count(typed.replace(" ", "")) >= 20
    # Marked text would be bold, links would be annotations.
    assert b"/Annot" not in file
    assert b"/JavaScript" not in file


def test_signs_that_turn_or_hide_text_are_gone():
    read = text(pdf(replace(SHORT, round="Vòng\u202e gnuhc\u200b\x00\ufeff kết\u2028 1", organiser="  ")))

    assert "Vòng gnuhc kết 1" in read


def test_letters_of_other_alphabets_come_from_the_font_of_signs_and_the_rest_is_a_box():
    read = text(pdf(replace(SHORT, round="x ≥ 5 → Ωмир ☺ 中")))

    assert "x ≥ 5 → Ωмир ☺ □" in read


def test_vietnamese_is_set_in_one_typeface():
    every = (
        "ăâđêôơư ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
    )
    file = pdf(replace(SHORT, round=every))

    assert every in text(file)
    assert b"DejaVu" not in file
    assert b"BeVietnamPro" in file


def test_letters_written_with_loose_marks_are_the_same():
    assert pdf(replace(SHORT, round="Vo\u0300ng chu\u0300ng")) == pdf(replace(SHORT, round="Vòng chùng"))


def test_long_names_stay_in_their_columns_and_on_the_page():
    wide = "W" * 300
    told = replace(
        crowd(3, 1),
        round=wide,
        contest=wide,
        organiser=wide,
        participants=(Participant(1, wide, at(0), wide, wide, wide),),
        places=(Place(1, wide, 1, 1, 1, wide, wide),),
    )

    for (width, height), signs in boxes(pdf(told)):
        assert all(
            left > 0 and right < width - 40 and bottom > 0 and top < height
            for left, bottom, right, top in signs
        )


def test_signs_of_a_line_follow_each_other_and_do_not_overlap():
    wide = Participant(1, "Nguyễn Thị " + "Ánh" * 30, at(0), "Chi bộ " + "Đông" * 30, "Đội", "x" * 90)
    file = pdf(replace(SHORT, participants=(wide,) * 5))

    for _, signs in boxes(file):
        for (_, low, right, high), (left, bottom, _, top) in pairwise(signs):
            same_line = low < (bottom + top) / 2 < high
            assert not same_line or left > right - 2


def test_a_remark_longer_than_a_page_flows_on():
    remark = " ".join(f"lý-do-{number}" for number in range(1500))
    read = pages(pdf(replace(SHORT, incidents=(Incident(at(0), "outage", "Máy chủ", "Mất điện", remark),))))

    whole = " ".join(read)
    assert all(f"lý-do-{number}" in whole for number in (0, 700, 1499))
    assert len(read) > 3


def test_missing_fonts_are_told(monkeypatch, tmp_path):
    monkeypatch.setattr("contest.documents.lettering.FONTS", tmp_path)

    with pytest.raises(FileNotFoundError, match="make setup"):
        pdf(EMPTY)
