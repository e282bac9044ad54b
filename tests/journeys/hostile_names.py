"""Sixty names that somebody might type to break, deceive or deface a projector; what each tries stands beside it."""

ZERO, JOIN, BOM, RIGHT, LEFT, POP = "\u200b", "\u200d", "\ufeff", "\u202e", "\u202d", "\u202c"
ISOLATE, CLOSED, SOFT, FILLER, BRAILLE = "\u2067", "\u2069", "\u00ad", "\u3164", "\u2800"
TOWER = "".join(chr(0x0300 + number) for number in range(40))

NAMES = [
    # Markup and script.
    "<b>An</b>",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "<x-ten>Bình</x-ten>",
    "</li><li>Chi",
    "<!-- Dung",
    "<style>*{display:none}",
    "<iframe src=//a.vn>",
    "<a href=javascript:alert(1)>Giang</a>",
    "\"><img src=x onerror='hong()'>",
    "&lt;b&gt;Hoa",
    "&#60;i&#62;Khang",
    "{{ 7*7 }} Lan",
    "{% now 'Y' %} Mai",
    "${alert(1)} Nam",
    "<%= 1 %> Oanh",
    "javascript:alert(1)",
    "' OR 1=1 --",
    '=HYPERLINK("a";"b")',
    "=1+1 Phúc",
    "+84 912 345 678",
    "@SUM(A1) Quân",
    "-2+3 Sơn",
    "../../etc/passwd",
    "%3Cscript%3E Thu",
    "\\u003cb\\u003e Uyên",
    "null",
    "undefined",
    "[object Object]",
    "__proto__",
    "constructor",
    "NaN",
    # Turned round.
    f"{RIGHT}gnaH gnauQ",
    f"Vân{RIGHT} nêyugN{POP}",
    f"{LEFT}Xuân{POP}",
    f"{ISOLATE}Yến{CLOSED}",
    "\u200fÁi\u200e",
    "العربية محمد",
    "שלום דנה",
    # Not to be seen.
    f"B{ZERO}ả{ZERO}o",
    f"{BOM}Cường",
    f"Đ{SOFT}ạ{SOFT}t",
    f"{FILLER}Hiếu{FILLER}",
    f"{BRAILLE}Huy",
    f"Kh{JOIN}ánh",
    "Linh\x00\x07\x1b[31m",
    "My\r\nMy",
    "Nga\t\tNga",
    "Nhung\u2028Nhung",
    f"{ZERO}{BOM}{RIGHT}",
    "   ",
    # Towers, and too much.
    f"Z{TOWER}alo",
    "ỵ̣̣̣̣̣̣̣̣̣̣̣̣̣̣̣",
    "ﷺﷺﷺ ﷽",
    "W" * 40,
    "x" * 41,
    "Nguyễn " * 300,
    # Look-alikes of somebody who is there, and pictures.
    "Аn Вình",
    "👨‍👩‍👧‍👦🏳️‍🌈 Vy 🇻🇳",
]
# What they would look like; the second comes to a hall where the first is.
ALIKE = [("Trần Thị Bình", "TRAN THI BINH"), ("Lê Hòa", "Lê Hoà"), ("Minh 1", "Ｍｉｎｈ　１")]
