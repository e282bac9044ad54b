import pytest

from contest.rules.addresses import client_address


@pytest.mark.parametrize(
    ("depth", "forwarded", "expected"),
    [
        (0, "9.9.9.9", "10.0.0.1"),
        (1, "9.9.9.9, 8.8.8.8", "8.8.8.8"),
        (2, "9.9.9.9,8.8.8.8", "9.9.9.9"),
        (3, "9.9.9.9", "9.9.9.9"),
        (1, "", "10.0.0.1"),
    ],
)
def test_a_forwarded_address_is_believed_as_far_as_proxies_are_trusted(depth, forwarded, expected):
    assert client_address("10.0.0.1", forwarded, depth) == expected
