"""Word files: the text as people see it, and nothing that a hostile file would like us to do."""

import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from question_bank.errors import Refusal
from question_bank.formats import package, word
from question_bank.rules import outline
from tests.question_bank.rules.outline.checks import assert_same_tree, sample

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(parts: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def bare(body: str, prolog: str = "") -> bytes:
    return zipped({"word/document.xml": f"{prolog}<w:document {W}><w:body>{body}</w:body></w:document>"})


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def test_a_plan_in_word_is_the_same_outline() -> None:
    lines = [line for line in sample().split("\n") if line.strip()]
    document = outline.parse(word.read(bare("".join(paragraph(line) for line in lines))))
    assert_same_tree(document, outline.parse(sample()))


def test_paragraphs_breaks_and_tables_are_read_in_order() -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Ô trái", "Ô phải"))
    body = (
        "<w:p><w:r><w:t>Đoạn một</w:t><w:br/><w:t>xuống dòng</w:t><w:tab/><w:t>cách</w:t></w:r></w:p>"
        f"<w:tbl><w:tr>{cells}</w:tr></w:tbl><w:p/>{paragraph('Đoạn cuối')}<w:sectPr/>"
    )
    assert word.read(bare(body)) == "Đoạn một\nxuống dòng\tcách\n\nÔ trái\n\nÔ phải\n\nĐoạn cuối\n"


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('Trong khung')}</w:txbxContent>"
    alternate = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    body = (
        f'<w:p><w:r><w:t>Ngoài khung</w:t></w:r><w:r><m:AlternateContent xmlns:m="{alternate}">'
        f"<m:Choice>{box}</m:Choice><m:Fallback>{box}</m:Fallback></m:AlternateContent></w:r></w:p>"
    )
    assert word.read(bare(body)) == "Ngoài khung\n\nTrong khung\n"


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>Giữ </w:t></w:r><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>bỏ</w:delText><w:tab/></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>chỗ cũ</w:t></w:r></w:moveFrom>"
        "<w:r><w:noBreakHyphen/><w:t>sách</w:t></w:r></w:p>"
    )
    assert word.read(bare(body)) == "Giữ thêm-sách\n"


LEVELS = [("upperRoman", "%1-"), ("decimal", "%2-"), ("decimal", "%2.%3-"), ("bullet", "•")]


def place(depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="9"/></w:numPr>'


def numbered(body: str) -> bytes:
    """A document with a list of four levels, and styles that have and inherit each of them."""
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (style, text) in enumerate(LEVELS)
    )
    styles = "".join(
        f'<w:style w:styleId="Own{depth}"><w:pPr>{place(depth)}</w:pPr></w:style>'
        f'<w:style w:styleId="Heir{depth}"><w:basedOn w:val="Own{depth}"/></w:style>'
        for depth in range(len(LEVELS))
    )
    circle = (
        '<w:style w:styleId="One"><w:basedOn w:val="Two"/></w:style>'
        '<w:style w:styleId="Two"><w:basedOn w:val="One"/></w:style>'
    )
    return zipped(
        {
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/numbering.xml": (
                f'<w:numbering {W}><w:abstractNum w:abstractNumId="5">{levels}</w:abstractNum>'
                '<w:num w:numId="9"><w:abstractNumId w:val="5"/></w:num></w:numbering>'
            ),
            "word/styles.xml": f"<w:styles {W}>{styles}{circle}</w:styles>",
        }
    )


@pytest.mark.parametrize("by_style", [False, True], ids=["on the paragraph", "on a style it inherits"])
def test_numbers_that_word_draws_itself_are_written_out(by_style: bool) -> None:
    lines = [
        ("MỤC ĐÍCH", 0),
        ("Một ý.", 3),
        ("NỘI DUNG", 0),
        ("Trọng tâm", 1),
        ("Việc một.", 2),
        ("Việc hai.", 2),
    ]
    lines += [("", 2), ("Thường xuyên", 1), ("Việc ba.", 2)]
    body = "".join(
        paragraph(text, f'<w:pStyle w:val="Heir{depth}"/>' if by_style else place(depth))
        for text, depth in lines
    )
    read = word.read(numbered(body))
    assert read.split("\n\n") == [
        "I- MỤC ĐÍCH",
        "- Một ý.",
        "II- NỘI DUNG",
        "1- Trọng tâm",
        "1.1- Việc một.",
        "1.2- Việc hai.",
        "2- Thường xuyên",
        "2.1- Việc ba.\n",
    ]
    keys = "I I/b1 II II.1 II.1.1 II.1.2 II.2 II.2.1"
    assert [node.key for node in outline.parse(read).nodes] == keys.split()


@pytest.mark.parametrize("value", ["²", "9" * 5000, "-1", "x"])
def test_numbers_out_of_range_count_as_none(value: str) -> None:
    body = paragraph("Chữ", f'<w:numPr><w:ilvl w:val="{value}"/><w:numId w:val="9"/></w:numPr>')
    assert word.read(numbered(body)) == "I- Chữ\n"


def test_numbering_can_be_switched_off_and_styles_may_run_in_a_circle() -> None:
    off = '<w:pStyle w:val="Own0"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        paragraph("Có số", place(0))
        + paragraph("Không số", off)
        + paragraph("Vòng", '<w:pStyle w:val="One"/>')
    )
    assert word.read(numbered(body)) == "I- Có số\n\nKhông số\n\nVòng\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"\xd0\xcf\x11\xe0 old", "word-binary"),
        (b"no zip at all", "package-damaged"),
        (bare("<w:p/>")[:-40], "package-damaged"),
        (zipped({"other.xml": "<a/>"}), "package-damaged"),
        (zipped({"word/document.xml": "<a><b></a>"}), "package-damaged"),
        (zipped({"word/document.xml": "<a/>"}), "package-damaged"),
        (bare("<w:p/>"), "file-empty"),
        (bare("<w:p><w:r><w:t>C¸c chi ®oµn gãp s¸ch, gi÷ s¹ch ®Ñp</w:t></w:r></w:p>"), "legacy-encoding"),
        (bare("<w:p/>", '<!DOCTYPE w [<!ENTITY a "b">]>'), "package-doctype"),
        (bare("<w:p/>", "<!DOCTYPE w>"), "package-doctype"),
        (bare("<w:sdt>" * 150 + "</w:sdt>" * 150), "package-damaged"),
        (bare(f"<w:p>{'<w:r>' * 5000}{'</w:r>' * 5000}</w:p>"), "package-damaged"),
    ],
)
def test_files_that_are_no_word_text(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        word.read(data)
    assert refused.value.code == code


def test_an_external_entity_is_never_fetched() -> None:
    prolog = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(Refusal, match="package-doctype"):
        word.read(bare("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", prolog))


def test_a_file_too_large_is_refused_before_it_is_opened() -> None:
    with pytest.raises(Refusal, match="file-too-large"):
        word.read(b"PK\x03\x04" + bytes(package.MAX_BYTES))


def test_too_much_text_is_refused() -> None:
    noise = "".join(f"{number:06d}" for number in range(350_000))
    with pytest.raises(Refusal, match="file-too-large") as refused:
        word.read(bare(paragraph(noise)))
    assert refused.value.facts == {"limit": 2_000_000}


def test_a_part_too_large_to_parse_is_refused_unread() -> None:
    noise = "".join(f"{number:06d}" for number in range(350_000)).encode()
    data = with_sizes(zipped({"word/document.xml": noise}), package.MAX_PART + 1)
    with pytest.raises(Refusal, match="file-too-large") as refused:
        word.read(data)
    assert refused.value.facts == {"part": "word/document.xml", "limit": package.MAX_PART}


def test_too_many_parts_are_refused() -> None:
    with pytest.raises(Refusal, match="package-bomb") as refused:
        word.read(zipped({f"part{number}": "" for number in range(package.MAX_ENTRIES + 1)}))
    assert refused.value.facts == {"entries": 2001, "limit": 2000}


def test_a_part_that_unpacks_to_very_much_is_refused() -> None:
    with pytest.raises(Refusal, match="package-bomb"):
        word.read(zipped({"word/document.xml": b" " * 3_000_000}))


def with_sizes(data: bytes, unpacked: int) -> bytes:
    """Return a zip of one part whose directory and header lie about its size."""
    size = unpacked.to_bytes(4, "little")
    central = data.index(b"PK\x01\x02")
    return data[:22] + size + data[26 : central + 24] + size + data[central + 28 :]


def test_a_directory_that_announces_too_much_is_refused() -> None:
    with pytest.raises(Refusal, match="package-bomb"):
        word.read(with_sizes(bare("<w:p/>"), package.MAX_UNPACKED + 1))


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    with pytest.raises(Refusal, match="package-damaged"):
        word.read(with_sizes(zipped({"word/document.xml": b" " * 3_000_000}), 100))


@pytest.mark.parametrize("place", range(0, 2000, 37))
def test_a_damaged_file_is_refused_or_read(place: int) -> None:
    data = bytearray(bare("<w:p><w:r><w:t>Một đoạn văn để thử</w:t></w:r></w:p>"))
    data[place % len(data)] ^= 0x5A
    try:
        read = word.read(bytes(data))
    except Refusal:
        return
    assert read
