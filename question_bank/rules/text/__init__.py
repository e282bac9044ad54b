"""Vietnamese text: one clean form to store, and the folds to compare, search and sort by."""

from question_bank.rules.text.answers import answer_fold
from question_bank.rules.text.digits import whole_number
from question_bank.rules.text.normal import clean_line, fold, nfc, quote_fold, strip_marks, tone_fold
from question_bank.rules.text.phones import phone_e164
from question_bank.rules.text.sorting import given_name, name_sort_key, sort_key

__all__ = [
    "answer_fold",
    "clean_line",
    "fold",
    "given_name",
    "name_sort_key",
    "nfc",
    "phone_e164",
    "quote_fold",
    "sort_key",
    "strip_marks",
    "tone_fold",
    "whole_number",
]
