"""The form by which a draft gets a picture or a sound."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from question_bank.formats import pictures, sounds
from question_bank.rules.media import ALT_MOST, MediaKind

ACCEPTED = {
    MediaKind.PICTURE: "image/png,image/jpeg,image/webp",
    MediaKind.SOUND: "audio/mpeg,audio/ogg,audio/wav,.mp3,.ogg,.opus,.wav",
}
FILE_HINTS: Mapping[MediaKind, Any] = {
    MediaKind.PICTURE: _(
        "PNG, JPEG hoặc WebP, mỗi cạnh nhiều nhất 4096 điểm ảnh. Vị trí chụp được xóa khỏi ảnh."
    ),
    MediaKind.SOUND: _("MP3 (máy nào cũng phát được), OGG/Opus hoặc WAV, nhiều nhất 3 MB."),
}
ALT_LABELS: Mapping[MediaKind, Any] = {
    MediaKind.PICTURE: _("Mô tả hình ảnh"),
    MediaKind.SOUND: _("Lời của đoạn âm thanh"),
}
ALT_HINTS: Mapping[MediaKind, Any] = {
    MediaKind.PICTURE: _("Dành cho người không nhìn thấy hình. Đừng để lộ đáp án."),
    MediaKind.SOUND: _("Dành cho người không nghe được: ghi lại lời nói, hoặc tả tiếng nghe thấy."),
}
MOST_READ = max(pictures.MOST_READ, sounds.MOST_READ)


class MediaForm(forms.Form):
    """A file of one kind and its text; whether the file is good is for the action to say."""

    file = forms.FileField(label=_("Chọn tệp"), required=False, allow_empty_file=True)
    alt = forms.CharField(required=False, strip=False)

    def __init__(self, kind: MediaKind, data: Any = None, files: Any = None, *, alt: str = "") -> None:
        super().__init__(data, files, auto_id=f"{kind}_%s", initial={"alt": alt})
        self.kind = kind
        self.fields["file"].help_text = FILE_HINTS[kind]
        self.fields["file"].widget.attrs["accept"] = ACCEPTED[kind]
        self.fields["alt"].label = ALT_LABELS[kind]
        self.fields["alt"].help_text = ALT_HINTS[kind]
        rows = 3 if kind is MediaKind.PICTURE else 5
        self.fields["alt"].widget = forms.Textarea(
            attrs={"class": "input", "rows": rows, "maxlength": ALT_MOST[kind], "required": True}
        )

    def content(self) -> bytes | None:
        """The bytes of a valid form's file, one more than any reader takes at most; None without a file."""
        upload: UploadedFile[Any] | None = self.cleaned_data["file"]
        return None if upload is None else bytes(upload.read(MOST_READ + 1))
