"""Giving a draft a picture or a sound. The file is decoded before anything is locked."""

import hashlib
from typing import Any

from django.db import transaction

from question_bank.actions import questions
from question_bank.errors import Refusal
from question_bank.formats import pictures, sounds
from question_bank.models import Media, QuestionVersion
from question_bank.rules.media import MediaKind, alternative


def attach(version: QuestionVersion, *, kind: MediaKind, data: bytes, alt: str, actor: Any) -> Media:
    """The file becomes the draft's picture or sound, in place of a former one.

    Refusals: those of `questions.own_draft`, `rules.media.alternative`, `formats.pictures` and `formats.sounds`.
    """
    text = alternative(kind, alt)
    fields = _picture(data) if kind is MediaKind.PICTURE else _sound(data)
    fields["digest"] = hashlib.sha256(fields["content"]).hexdigest()
    fields["size"] = len(fields["content"])
    with transaction.atomic():
        draft = questions.own_draft(version, actor)
        made, _ = Media.objects.update_or_create(version=draft, kind=kind, defaults=fields | {"alt": text})
        questions.hash_anew(draft)
    return made


@transaction.atomic
def describe(version: QuestionVersion, *, kind: MediaKind, alt: str, actor: Any) -> None:
    """Another text for the file that is there. Refusals as for `attach`; "media-missing" when there is none."""
    draft = questions.own_draft(version, actor)
    text = alternative(kind, alt)
    if not Media.objects.filter(version=draft, kind=kind).update(alt=text):
        raise Refusal("media-missing", field="file")
    questions.hash_anew(draft)


@transaction.atomic
def detach(version: QuestionVersion, *, kind: MediaKind, actor: Any) -> None:
    """The draft has no file of the kind any more; the same when there was none."""
    draft = questions.own_draft(version, actor)
    Media.objects.filter(version=draft, kind=kind).delete()
    questions.hash_anew(draft)


def _picture(data: bytes) -> dict[str, Any]:
    picture = pictures.read(data)
    return {
        "content": picture.content,
        "content_type": picture.content_type,
        "width": picture.width,
        "height": picture.height,
    }


def _sound(data: bytes) -> dict[str, Any]:
    sound = sounds.read(data)
    return {"content": sound.content, "content_type": sound.content_type, "width": None, "height": None}
