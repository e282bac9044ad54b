"""A refusal is a code and facts, and survives a trip between processes."""

import pickle

from question_bank.errors import Refusal


def test_a_refusal_reads_as_its_code() -> None:
    refusal = Refusal("stem-too-short", least=10)
    assert (str(refusal), refusal.code, refusal.facts) == ("stem-too-short", "stem-too-short", {"least": 10})
    assert repr(refusal) == "Refusal('stem-too-short', least=10)"


def test_a_refusal_survives_pickling() -> None:
    again = pickle.loads(pickle.dumps(Refusal("not-an-outline", line=3)))  # noqa: S301  Our own bytes.
    assert (again.code, again.facts) == ("not-an-outline", {"line": 3})
