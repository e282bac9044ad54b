"""Tables of the bank."""

from question_bank.models.media import Media
from question_bank.models.question import Question
from question_bank.models.review import ReviewDecision
from question_bank.models.statistic import ItemStatistic
from question_bank.models.topic import Outline, Topic
from question_bank.models.version import Citation, QuestionVersion

__all__ = [
    "Citation",
    "ItemStatistic",
    "Media",
    "Outline",
    "Question",
    "QuestionVersion",
    "ReviewDecision",
    "Topic",
]
