"""Merge patches (RFC 7396) between documents without null."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.live.patch import apply, between

leaves = st.one_of(
    st.booleans(), st.integers(-3, 3), st.text("ab", max_size=2), st.lists(st.integers(0, 2), max_size=3)
)
documents = st.recursive(
    st.dictionaries(st.sampled_from("abcd"), leaves, max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("abcd"), st.one_of(leaves, inner), max_size=4),
    max_leaves=12,
)


@given(documents, documents)
def test_the_patch_leads_from_the_old_document_to_the_new_one(old, new):
    before = copy.deepcopy((old, new))
    change = between(old, new)
    assert same(apply(old, change), new)
    assert (old, new) == before


@given(documents)
def test_nothing_changed_is_an_empty_patch(document):
    assert between(document, copy.deepcopy(document)) == {}
    assert between(document, document) == {}


@given(documents, documents, documents)
def test_patches_follow_one_another(first, second, third):
    followed = apply(apply(first, between(first, second)), between(second, third))
    assert same(followed, third)


@given(documents, documents)
def test_a_patch_applied_twice_is_applied_once(old, new):
    change = between(old, new)
    once = apply(old, change)
    assert same(apply(once, change), once)


def same(one, other):
    """Equal, and of the same kinds: True is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    return type(one) is type(other) and one == other


@pytest.mark.parametrize(
    ("target", "change", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"a": "foo"}, {"a": {"b": 1}}, {"a": {"b": 1}}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_the_cases_of_the_rfc_that_concern_objects(target, change, result):
    assert apply(target, change) == result
