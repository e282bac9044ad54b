"""Signing in and out for staff."""

from django.contrib.auth.views import LoginView, LogoutView

from frontend.forms.account import SignInForm


class SignIn(LoginView):
    """The sign-in page; goes on to `next` when it is one of ours."""

    template_name = "frontend/account/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """POST only."""

    next_page = "/"
