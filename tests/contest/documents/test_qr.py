"""The QR code of a contest's address."""

import re

import pytest
import qrcode
from defusedxml.ElementTree import fromstring
from qrcode.constants import ERROR_CORRECT_M

from contest.documents.qr import QUIET, svg

ADDRESS = "https://thi.example.vn/cuoc-thi/xay-dung-dang-2026/"


def drawn(image):
    """The dark modules of an image, read back from its rectangles."""
    root = fromstring(image)
    side = int(root.attrib["viewBox"].split()[2])
    path = root[1].attrib["d"]
    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path):
        dark |= {(int(y), int(x) + step) for step in range(int(length))}
    return side, dark


def test_the_squares_are_those_of_the_standard():
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(ADDRESS)
    matrix = code.get_matrix()

    side, dark = drawn(svg(ADDRESS))

    assert side == len(matrix)
    assert dark == {(y, x) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}


def test_the_same_address_gives_the_same_bytes_and_another_address_others():
    assert svg(ADDRESS) == svg(ADDRESS)
    assert svg(ADDRESS) != svg(ADDRESS + "a")


def test_nothing_in_it_needs_a_style_or_a_script():
    image = svg("javascript:alert('<script>')").decode()

    assert "style" not in image
    assert "script>" not in image


@pytest.mark.parametrize("text", ["", "a" * 1001])
def test_a_text_that_is_no_address_is_refused(text):
    with pytest.raises(ValueError, match="characters"):
        svg(text)
