"""Addresses of the site."""

from django.urls import URLPattern, URLResolver, path

from web.account import account, account_password
from web.account_minutes import account_minutes
from web.account_sessions import account_session_end, account_sessions, account_sessions_end_others
from web.account_tokens import account_token_revoke, account_tokens
from web.appearance import set_language, set_theme
from web.files import file
from web.home import home
from web.library import library
from web.password_reset import PasswordReset, PasswordResetConfirm, PasswordResetSent
from web.projects import projects
from web.report_urls import report_urlpatterns
from web.signing import SignIn, SignOut, SignUp

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("files/<str:token>", file, name="file"),
    path("language/", set_language, name="set-language"),
    path("theme/", set_theme, name="set-theme"),
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-up/", SignUp.as_view(), name="sign-up"),
    path("sign-out/", SignOut.as_view(), name="sign-out"),
    path("password/", PasswordReset.as_view(), name="password-reset"),
    path("password/sent/", PasswordResetSent.as_view(), name="password-reset-sent"),
    path("password/<uidb64>/<token>/", PasswordResetConfirm.as_view(), name="password-reset-confirm"),
    path("account/", account, name="account"),
    path("account/password/", account_password, name="account-password"),
    path("account/sessions/", account_sessions, name="account-sessions"),
    path("account/sessions/others/end/", account_sessions_end_others, name="account-sessions-end-others"),
    path("account/sessions/<slug:session_id>/end/", account_session_end, name="account-session-end"),
    path("account/tokens/", account_tokens, name="account-tokens"),
    path("account/tokens/<slug:digest>/revoke/", account_token_revoke, name="account-token-revoke"),
    path("account/minutes/", account_minutes, name="account-minutes"),
    path("videos/", library, name="library"),
    path("projects/", projects, name="projects"),
    *report_urlpatterns,
]
