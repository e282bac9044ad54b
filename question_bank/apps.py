"""The question bank as a Django app."""

from django.apps import AppConfig


class QuestionBankConfig(AppConfig):
    """Tables of what may be asked."""

    name = "question_bank"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Ngân hàng câu hỏi"
