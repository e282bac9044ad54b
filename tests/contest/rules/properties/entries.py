"""What people type: predictions and receipt codes."""

from hypothesis import assume, given
from hypothesis import strategies as st

from contest.rules.prediction import ErrorRule, Kind
from contest.rules.receipts import ALPHABET, RECEIPT_BYTES
from tests.contest.rules.judging import judge, refused


@judge("error")
def missing_prediction_is_worst(engine):
    @given(st.integers(0, 50), st.integers(0, 50), st.sampled_from(ErrorRule))
    def check(prediction, truth, rule):
        assert engine.error(None, truth, rule) is None
        expected = None if rule is ErrorRule.NOT_ABOVE and prediction > truth else abs(prediction - truth)
        assert engine.error(prediction, truth, rule) == expected

    return check


@judge("parse")
def predictions_are_read_as_written(engine):
    @given(st.integers(0, 999_999_999), st.sampled_from([".", ",", " ", "\u00a0"]))
    def check(number, mark):
        for kind in (Kind.ATTEMPTS, Kind.PEOPLE_ALL_CORRECT, Kind.PEOPLE_PARTICIPATING):
            assert engine.parse(f"{number:,}".replace(",", mark), kind) == number
            assert engine.parse(f"  {number} ", kind) == number

    return check


@judge("parse")
def percentages_are_read_with_comma_and_point(engine):
    @given(st.integers(0, 100 * 10**5), st.sampled_from([".", ","]))
    def check(value, mark):
        whole, fraction = divmod(value, 10**5)

        assert engine.parse(f"{whole}{mark}{fraction:05d}", Kind.PERCENT_ALL_CORRECT, 5) == value

    return check


@judge("read_receipt", "receipt")
def receipts_can_be_typed_in_again(engine):
    @given(st.binary(min_size=RECEIPT_BYTES, max_size=RECEIPT_BYTES), st.randoms(use_true_random=False))
    def check(secret, random):
        code = engine.receipt(secret)
        typed = "".join(random.choice([sign, sign.lower(), f" {sign}", f"{sign}-"]) for sign in code)

        assert engine.read_receipt(code) == code
        assert engine.read_receipt(typed.replace("0", "o").replace("1", random.choice("iIlL"))) == code

    return check


@judge("read_receipt", "receipt")
def receipts_notice_one_wrong_character(engine):
    @given(
        st.binary(min_size=RECEIPT_BYTES, max_size=RECEIPT_BYTES),
        st.integers(0, 16),
        st.sampled_from(ALPHABET),
    )
    def check(secret, place, wrong):
        signs = list(engine.receipt(secret).replace("-", ""))
        assume(signs[place] != wrong)
        signs[place] = wrong

        assert refused(engine.read_receipt, "".join(signs)) == "receipt-malformed"

    return check


@judge("read_receipt", "receipt")
def receipts_notice_two_exchanged_characters(engine):
    @given(st.binary(min_size=RECEIPT_BYTES, max_size=RECEIPT_BYTES), st.integers(0, 16), st.integers(0, 16))
    def check(secret, one, other):
        signs = list(engine.receipt(secret).replace("-", ""))
        assume(signs[one] != signs[other])
        signs[one], signs[other] = signs[other], signs[one]

        assert refused(engine.read_receipt, "".join(signs)) == "receipt-malformed"

    return check
