"""What holds for every parsed outline."""

from itertools import pairwise
from pathlib import Path

from question_bank.rules import outline

SAMPLES = Path(__file__).parents[3] / "samples"


def sample(name: str = "reading_plan.txt") -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def assert_invariants(document: outline.Document) -> None:
    nodes = document.nodes
    keys = {node.key for node in nodes}
    assert len(keys) == len(nodes)
    assert [node.order for node in nodes] == list(range(1, len(nodes) + 1))
    by_key = {node.key: node for node in nodes}
    for node in nodes:
        assert " ".join(document.source[node.start : node.end].split()) == node.text
        assert node.text
        assert document.source[node.start : node.end].strip() == document.source[node.start : node.end]
        assert node.start < node.end <= node.subtree_end
        assert len(node.title) <= 120
        assert document.source.count("\n", 0, node.start) + 1 == node.line_first
        assert document.source.count("\n", 0, node.end) + 1 == node.line_last
        if node.parent:
            parent = by_key[node.parent]
            assert (parent.order < node.order, parent.depth + 1) == (True, node.depth)
            assert parent.start < node.start
            assert node.subtree_end <= parent.subtree_end
        else:
            assert node.depth == 1
    for before, after in pairwise(nodes):
        assert before.end <= after.start


def assert_same_tree(one: outline.Document, other: outline.Document) -> None:
    """The same topics in the same words, wherever they stand."""
    assert [(node.key, node.text) for node in one.nodes] == [(node.key, node.text) for node in other.nodes]
