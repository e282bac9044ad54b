"""Refusals of the competition: the same Refusal as the bank's, so that one door handles both."""

from question_bank.errors import Refusal

__all__ = ["Refusal"]
