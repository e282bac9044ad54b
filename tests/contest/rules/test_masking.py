import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.rules.masking import public_name


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Nguyễn Thị Phương Thảo", "Nguyễn T. P. T."),
        ("Trần Văn An", "Trần V. A."),
        ("đỗ đạt", "đỗ Đ."),
        ("Hồ Ánh", "Hồ Á."),
        ("H'Hen Niê", "H. N."),
        ("H’Bia Ênuôl", "H. Ê."),
        ("Y Moan Ênuôl", "Y M. Ê."),
        ("Hoà", "H."),
        ("  Lê   Lợi ", "Lê L."),
        ("", ""),
    ],
)
def test_masked_names(name, masked):
    assert public_name(name, consented=False) == masked


def test_who_agreed_is_named():
    assert public_name("Nguyễn Thị Phương Thảo", consented=True) == "Nguyễn Thị Phương Thảo"


@given(st.lists(st.sampled_from(["Nguyễn", "Thị", "H'Hen", "Ê", "An"]), min_size=1, max_size=5))
def test_a_given_name_never_stands_in_a_masked_name(words):
    shown = public_name(" ".join(words), consented=False).split()

    assert len(shown) == len(words)
    assert all(len(word) == 2 and word.endswith(".") for word in shown[1:])
