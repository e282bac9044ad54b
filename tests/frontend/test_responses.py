"""What a form without script says of the answers."""

import pytest
from django.http import QueryDict

from frontend import responses

ORDER = {"no": 1, "kind": "order", "body": {"items": [{"key": key, "text": key} for key in "abc"]}}


def given(*places):
    fields = "&".join(f"q1_{key}={place}" for key, place in zip("abc", places, strict=True))
    return responses.from_form(QueryDict(fields), [ORDER])["1"]


def test_an_ordering_is_read_by_its_places():
    assert given(2, 3, 1) == ["c", "a", "b"]


@pytest.mark.parametrize("odd", ["", "²", "%00", "9" * 5000])
def test_an_ordering_without_its_places_is_no_answer(odd):
    assert given(odd, 2, 1) == []
