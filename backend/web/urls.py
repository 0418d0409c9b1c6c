"""Addresses of the site."""

from django.urls import URLPattern, URLResolver, path

from web.account import account, account_password
from web.account_minutes import account_minutes
from web.account_sessions import account_session_end, account_sessions, account_sessions_end_others
from web.account_tokens import account_token_revoke, account_tokens
from web.addresses import upload_address, upload_address_end, upload_addresses
from web.appearance import set_language, set_theme
from web.files import file
from web.home import home
from web.library import library, library_bulk, library_restore, library_rows
from web.password_reset import PasswordReset, PasswordResetConfirm, PasswordResetSent
from web.project import project, project_delete, project_rename, project_restore
from web.project_settings import project_settings, project_settings_version
from web.projects import projects
from web.report_urls import report_urlpatterns
from web.signing import SignIn, SignOut, SignUp
from web.upload import upload
from web.video import video, video_cancel, video_check, video_delete, video_progress
from web.webhook_deliveries import webhook, webhook_replay
from web.webhooks import project_webhooks, webhook_delete, webhook_secret, webhook_switch, webhook_test

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
    path("videos/bulk/", library_bulk, name="library-bulk"),
    path("videos/restore/", library_restore, name="library-restore"),
    path("videos/rows/", library_rows, name="library-rows"),
    path("videos/upload/", upload, name="upload"),
    path("videos/address/", upload_address, name="upload-address"),
    path("videos/addresses/", upload_addresses, name="upload-addresses"),
    path("videos/addresses/<uuid:upload_id>/end/", upload_address_end, name="upload-address-end"),
    path("videos/<uuid:video_id>/", video, name="video"),
    path("videos/<uuid:video_id>/progress/", video_progress, name="video-progress"),
    path("videos/<uuid:video_id>/check/", video_check, name="video-check"),
    path("videos/<uuid:video_id>/cancel/", video_cancel, name="video-cancel"),
    path("videos/<uuid:video_id>/delete/", video_delete, name="video-delete"),
    path("projects/", projects, name="projects"),
    path("projects/<uuid:project_id>/", project, name="project"),
    path("projects/<uuid:project_id>/rename/", project_rename, name="project-rename"),
    path("projects/<uuid:project_id>/delete/", project_delete, name="project-delete"),
    path("projects/<uuid:project_id>/restore/", project_restore, name="project-restore"),
    path("projects/<uuid:project_id>/settings/", project_settings, name="project-settings"),
    path(
        "projects/<uuid:project_id>/settings/<int:number>/", project_settings_version, name="project-settings-version"
    ),
    path("projects/<uuid:project_id>/webhooks/", project_webhooks, name="project-webhooks"),
    path("webhooks/<uuid:webhook_id>/", webhook, name="webhook"),
    path("webhooks/<uuid:webhook_id>/secret/", webhook_secret, name="webhook-secret"),
    path("webhooks/<uuid:webhook_id>/switch/", webhook_switch, name="webhook-switch"),
    path("webhooks/<uuid:webhook_id>/test/", webhook_test, name="webhook-test"),
    path("webhooks/<uuid:webhook_id>/delete/", webhook_delete, name="webhook-delete"),
    path("webhooks/deliveries/<uuid:delivery_id>/replay/", webhook_replay, name="webhook-replay"),
    *report_urlpatterns,
]
