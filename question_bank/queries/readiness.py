"""Whether a question may go to review: the rules of its content, and whether its quotations stand in the outline."""

from django.db.models import Q

from question_bank.models import Topic
from question_bank.rules import content
from question_bank.rules.citations import is_topic_key, quote_found
from question_bank.rules.problems import Problem, error


def subtree(key: str, *, prefix: str = "") -> Q:
    """Topics at or below the node `key`; `prefix` leads to the topic (`question__topic__`)."""
    name = f"{prefix}key"
    return (
        Q(**{name: key}) | Q(**{f"{name}__startswith": f"{key}."}) | Q(**{f"{name}__startswith": f"{key}/"})
    )


def problems(draft: content.QuestionDraft, *, outline_id: int, approving: bool = True) -> list[Problem]:
    """Everything wrong with a question, errors first.

    A quotation is looked for in its node and below; an outline without text (the shipped one) checks no quotations.
    """
    found = content.problems(draft, approving=approving)
    places: list[Problem] = []
    for place, (key, quote) in enumerate(draft.citations, start=1):
        if is_topic_key(key) and quote.strip():
            places += _citation_problems(outline_id, place, key, quote)
    return [*places, *found]


def _citation_problems(outline_id: int, place: int, key: str, quote: str) -> list[Problem]:
    topics = Topic.objects.filter(subtree(key), outline_id=outline_id).order_by("order")
    texts = dict(topics.values_list("key", "text"))
    if key not in texts:
        return [error("citation-topic-unknown", citation=place, topic=key)]
    text = "\n".join(text for text in texts.values() if text)
    if text and not quote_found(quote, text):
        return [error("citation-quote-not-found", citation=place, topic=key)]
    return []
