"""Whether a question may go to review: the rules of its content, and whether its quotations stand in the outline."""

from collections.abc import Mapping

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
    """Everything wrong with a question, errors first; one query.

    A quotation is looked for in its node and below. An outline without text (the shipped one) has no bullets or
    paragraphs either: there only the topic they belong to must exist, and no quotation is looked for.
    """
    rows = Topic.objects.filter(outline_id=outline_id).order_by("order")
    texts = dict(rows.values_list("key", "text"))
    places: list[Problem] = []
    for place, (key, quote) in enumerate(draft.citations, start=1):
        if is_topic_key(key) and quote.strip():
            places += _citation_problems(texts, place, key, quote)
    return [*places, *content.problems(draft, approving=approving)]


def _citation_problems(texts: Mapping[str, str], place: int, key: str, quote: str) -> list[Problem]:
    bare = not any(texts.values())
    if (key.partition("/")[0] if bare else key) not in texts:
        return [error("citation-topic-unknown", citation=place, topic=key)]
    below = [text for name, text in texts.items() if name == key or name.startswith((f"{key}.", f"{key}/"))]
    if not bare and not quote_found(quote, "\n".join(below)):
        return [error("citation-quote-not-found", citation=place, topic=key)]
    return []
