"""The form of the sign-in page."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

FAILURES = 10
WINDOW_S = 300


class SignInForm(AuthenticationForm):
    """Name and password. After ten failures in five minutes an account waits: a name, never a hall's address."""

    error_messages = {
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu không đúng."),
        "inactive": _("Tài khoản này đã ngừng hoạt động."),
    }
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        widget=forms.TextInput(
            attrs={"class": "input", "autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "current-password"}),
    )

    def clean(self) -> dict[str, object]:
        """Counts failures by name before the password is looked at."""
        slot = f"sign-in:{str(self.cleaned_data.get('username', '')).lower()[:80]}"
        if cache.get(slot, 0) >= FAILURES:
            raise forms.ValidationError(
                _("Nhập sai quá nhiều lần. Xin thử lại sau 5 phút."), code="throttled"
            )
        try:
            return super().clean()
        except forms.ValidationError:
            cache.add(slot, 0, WINDOW_S)
            cache.incr(slot)
            raise
