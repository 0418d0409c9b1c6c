"""Addresses of the API."""

from django.urls import URLPattern, URLResolver, include, path

from api.account import AccountView
from api.documentation import DocumentationView, SchemaView
from api.minutes import LedgerView, MinutesView
from api.packs import PacksView
from api.people import PeopleView, PersonMinutesView, PersonView
from api.playback import FindingFrameView, PlaybackView
from api.problem_list import ProblemListView, ProblemView
from api.project_settings import ProjectSettingsView, SettingsVersionsView
from api.projects import ProjectRestoreView, ProjectsView, ProjectView
from api.report_exports import ExportView
from api.reports import FindingsView, ReportsView, ReportView, TimelineView, TranscriptView
from api.runs import RunCancelView, RunDetailView, RunsView, VideoRunsView
from api.sessions import SessionsView, SessionView
from api.share_links import ReportShareLinksView, ShareLinkView
from api.tokens import TokensView, TokenView
from api.upload_parts import UploadPartView
from api.uploads import (
    EarlierChecksView,
    PartAddressView,
    ProjectIngestsView,
    ProjectUploadsView,
    UploadFinishView,
    UploadsView,
    UploadView,
)
from api.videos import VideoRestoreView, VideosView, VideoView
from api.webhook_deliveries import DeliveryReplayView, DeliveryView, WebhookDeliveriesView
from api.webhooks import ProjectWebhooksView, WebhookPingView, WebhookSecretView, WebhookView

version_1: list[URLPattern | URLResolver] = [
    path("me", AccountView.as_view(), name="api-account"),
    path("me/minutes", MinutesView.as_view(), name="api-minutes"),
    path("me/ledger", LedgerView.as_view(), name="api-ledger"),
    path("me/tokens", TokensView.as_view(), name="api-tokens"),
    path("me/tokens/<slug:token_id>", TokenView.as_view(), name="api-token"),
    path("me/sessions", SessionsView.as_view(), name="api-sessions"),
    path("me/sessions/<slug:session_id>", SessionView.as_view(), name="api-session"),
    path("people", PeopleView.as_view(), name="api-people"),
    path("people/<int:person_id>", PersonView.as_view(), name="api-person"),
    path("people/<int:person_id>/minutes", PersonMinutesView.as_view(), name="api-person-minutes"),
    path("problems", ProblemListView.as_view(), name="api-problems"),
    path("problems/<slug:code>", ProblemView.as_view(), name="api-problem"),
    path("packs", PacksView.as_view(), name="api-packs"),
    path("projects", ProjectsView.as_view(), name="api-projects"),
    path("projects/<uuid:project_id>", ProjectView.as_view(), name="api-project"),
    path("projects/<uuid:project_id>/restore", ProjectRestoreView.as_view(), name="api-project-restore"),
    path("projects/<uuid:project_id>/settings", ProjectSettingsView.as_view(), name="api-project-settings"),
    path(
        "projects/<uuid:project_id>/settings/versions",
        SettingsVersionsView.as_view(),
        name="api-project-settings-versions",
    ),
    path("projects/<uuid:project_id>/uploads", ProjectUploadsView.as_view(), name="api-project-uploads"),
    path("projects/<uuid:project_id>/url-ingests", ProjectIngestsView.as_view(), name="api-project-ingests"),
    path("uploads", UploadsView.as_view(), name="api-uploads"),
    path("uploads/<uuid:upload_id>", UploadView.as_view(), name="api-upload"),
    path("uploads/<uuid:upload_id>/finish", UploadFinishView.as_view(), name="api-upload-finish"),
    path("uploads/<uuid:upload_id>/parts/<int:number>/address", PartAddressView.as_view(), name="api-part-address"),
    path("earlier-checks", EarlierChecksView.as_view(), name="api-earlier-checks"),
    path("videos", VideosView.as_view(), name="api-videos"),
    path("videos/<uuid:video_id>", VideoView.as_view(), name="api-video"),
    path("videos/<uuid:video_id>/restore", VideoRestoreView.as_view(), name="api-video-restore"),
    path("videos/<uuid:video_id>/runs", VideoRunsView.as_view(), name="api-video-runs"),
    path("runs", RunsView.as_view(), name="api-runs"),
    path("runs/<uuid:run_id>", RunDetailView.as_view(), name="api-run"),
    path("runs/<uuid:run_id>/cancel", RunCancelView.as_view(), name="api-run-cancel"),
    path("reports", ReportsView.as_view(), name="api-reports"),
    path("reports/<uuid:report_id>", ReportView.as_view(), name="api-report"),
    path("reports/<uuid:report_id>/findings", FindingsView.as_view(), name="api-findings"),
    path("reports/<uuid:report_id>/transcript", TranscriptView.as_view(), name="api-transcript"),
    path("reports/<uuid:report_id>/timeline", TimelineView.as_view(), name="api-timeline"),
    path("reports/<uuid:report_id>/exports/<slug:format>", ExportView.as_view(), name="api-export"),
    path("reports/<uuid:report_id>/share-links", ReportShareLinksView.as_view(), name="api-report-share-links"),
    path("reports/<uuid:report_id>/playback", PlaybackView.as_view(), name="api-playback"),
    path(
        "reports/<uuid:report_id>/findings/<int:number>/frame",
        FindingFrameView.as_view(),
        name="api-finding-frame",
    ),
    path("share-links/<uuid:link_id>", ShareLinkView.as_view(), name="api-share-link"),
    path("projects/<uuid:project_id>/webhooks", ProjectWebhooksView.as_view(), name="api-project-webhooks"),
    path("uploads/<uuid:upload_id>/parts/<int:number>", UploadPartView.as_view(), name="api-upload-part"),
    path("webhooks/<uuid:webhook_id>", WebhookView.as_view(), name="api-webhook"),
    path("webhooks/<uuid:webhook_id>/rotate-secret", WebhookSecretView.as_view(), name="api-webhook-secret"),
    path("webhooks/<uuid:webhook_id>/ping", WebhookPingView.as_view(), name="api-webhook-ping"),
    path("webhooks/<uuid:webhook_id>/deliveries", WebhookDeliveriesView.as_view(), name="api-webhook-deliveries"),
    path("webhook-deliveries/<uuid:delivery_id>", DeliveryView.as_view(), name="api-webhook-delivery"),
    path("webhook-deliveries/<uuid:delivery_id>/replay", DeliveryReplayView.as_view(), name="api-webhook-replay"),
]
"""Addresses have no slash at their end."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include(version_1)),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", DocumentationView.as_view(), name="api-docs"),
]
