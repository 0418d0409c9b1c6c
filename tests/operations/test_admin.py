"""The admin site: who gets in, what each page shows and hides, and what its few buttons do."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.api_tokens import create_token
from accounts.models import ApiToken, Role, User
from accounts.predicates import may_audit
from billing.balances import balance_of
from billing.minutes import grant, reserve
from billing.models import LedgerEntry
from operations.support_page import SupportPage
from pipeline.models import PipelineRun, RunStatus, StepRun
from reports.models import Report, ShareLink
from reports.sharing import create_link
from videos.models import Project, ProjectSettings, Upload, Video
from webhooks.models import Delivery, DeliveryStatus, Endpoint, Event

pytestmark = pytest.mark.django_db

PAGES = sorted(f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry)
PASSWORD = "pbkdf2-or-whatever-9"
SECRET = "whsec_c2VjcmV0LW9mLXRoZS1lbmRwb2ludA=="


def person(name: str, role: Role = Role.CLIENT, **fields: Any) -> User:
    return User.objects.create_user(name, f"{name}@example.org", PASSWORD, role=role, **fields)


@pytest.fixture
def administrator() -> User:
    return person("administrator", Role.ADMINISTRATOR)


@pytest.fixture
def support() -> User:
    return person("support", is_staff=True)


@pytest.fixture
def auditor() -> User:
    user = person("auditor", Role.OPERATOR)
    user.user_permissions.add(Permission.objects.get(codename="read_audit"))
    return user


@pytest.fixture
def owner() -> User:
    return person("owner")


@pytest.fixture
def rows(owner: User) -> dict[str, Any]:
    """One row of everything that has a page, by the page's name."""
    project = Project.objects.create(owner=owner, name="Обзоры")
    settings_version = ProjectSettings.objects.create(project=project, number=1, packs=["ru-ads"])
    video = Video.objects.create(project=project, name="ролик.mp4", size_bytes=10)
    run = PipelineRun.objects.create(video=video, number=1, signature="s", status=RunStatus.QUEUED)
    PipelineRun.objects.filter(pk=run.pk).update(settings_version=settings_version)
    StepRun.objects.create(run=run, name="detect:speech", failures=2, error="worker_lost")
    grant(owner, 600, None, "for a start")
    reserve(owner, run.pk, 60, video.name)
    upload = Upload.objects.create(
        project=project, created_by=owner, name="ролик.mp4", storage_key="uploads/s3cret-key"
    )
    report = Report.objects.create(
        video=video, run_id=run.pk, tone="high", duration_s=1, width=2, height=2, fps=25, complete=True,
        findings_count=1, action_count=1, summary={}, created_at=timezone.now(),
    )  # fmt: skip
    link = create_link(report, owner, 7, "for a lawyer", with_video=False)
    endpoint = Endpoint.objects.create(
        project=project, url="https://hooks.example.org/t0ken-in-path", secret=SECRET, created_by=owner
    )
    delivery = Delivery.objects.create(
        endpoint=endpoint, event=Event.RUN_FINISHED, subject_id=run.pk, payload={"a": 1},
        status=DeliveryStatus.FAILED, next_attempt_at=timezone.now(),
    )  # fmt: skip
    attempt = AccessAttempt.objects.create(
        username="owner", ip_address="10.0.0.7", user_agent="x", failures_since_start=5, post_data="password=t1ped"
    )
    token = create_token(owner, "монтаж", ["read"], 30)
    entry = LogEntry.objects.log_actions(
        user_id=owner.pk, queryset=[project], action_flag=2, change_message="Renamed", single_object=True
    )
    return {
        "accounts_user": owner,
        "accounts_apitoken": token.token,
        "admin_logentry": entry,
        "axes_accessattempt": attempt,
        "billing_balance": owner.balance,
        "billing_ledgerentry": LedgerEntry.objects.filter(owner=owner).first(),
        "pipeline_pipelinerun": run,
        "reports_report": report,
        "reports_sharelink": link,
        "videos_project": project,
        "videos_upload": upload,
        "videos_video": video,
        "webhooks_delivery": delivery,
        "webhooks_endpoint": endpoint,
        "secret of the token": token.secret,
    }


def listed(page: str) -> str:
    return reverse(f"admin:{page}_changelist")


def one(page: str, row: Any) -> str:
    return reverse(f"admin:{page}_change", args=(row.pk,))


def act(client: Client, page: str, action: str, *chosen: Any) -> str:
    answer = client.post(listed(page), {"action": action, "_selected_action": [row.pk for row in chosen]}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


class TestWhoGetsIn:
    def test_strangers_sign_in_on_the_page_that_counts_wrong_passwords(self, client: Client) -> None:
        for address in (reverse("admin:index"), listed("accounts_user"), reverse("admin:login")):
            answer = client.get(address, follow=True)
            assert answer.redirect_chain[-1][0].startswith(f"{reverse('sign-in')}?next=/admin/")

    @pytest.mark.parametrize("role", [Role.CLIENT, Role.OPERATOR])
    def test_clients_and_operators_do_not(self, client: Client, role: Role) -> None:
        client.force_login(person("somebody", role))

        assert client.get(reverse("admin:index"), follow=True).status_code == 403

    def test_a_closed_account_does_not(self, client: Client, administrator: User) -> None:
        client.force_login(administrator)
        User.objects.filter(pk=administrator.pk).update(is_active=False)

        assert client.get(reverse("admin:index")).status_code == 302

    @pytest.mark.parametrize("who", ["administrator", "auditor", "support"])
    def test_these_do(self, client: Client, who: str, request: pytest.FixtureRequest) -> None:
        client.force_login(request.getfixturevalue(who))

        answer = client.get(reverse("admin:index"))
        assert answer.status_code == 200
        assert "Что произошло и с кем" in answer.content.decode()


def test_every_page_is_ours() -> None:
    for model, page in admin.site._registry.items():
        assert isinstance(page, SupportPage), model


@pytest.mark.parametrize("page", PAGES)
class TestEveryPage:
    def test_list_and_row_are_shown_without_secrets(
        self, client: Client, auditor: User, rows: dict[str, Any], page: str
    ) -> None:
        client.force_login(auditor)
        shown = client.get(listed(page)).content.decode() + client.get(one(page, rows[page])).content.decode()

        assert rows["accounts_user"].password not in shown
        assert rows["secret of the token"] not in shown
        for secret in (SECRET, "t0ken-in-path", "t1ped", "s3cret-key"):
            assert secret not in shown
        assert 'type="submit" name="_save"' not in shown

    def test_search_and_order_work(self, client: Client, auditor: User, rows: dict[str, Any], page: str) -> None:
        client.force_login(auditor)

        assert client.get(listed(page), {"q": "owner"}).status_code == 200
        for column in range(1, len(admin.site._registry[type(rows[page])].list_display) + 1):
            assert client.get(listed(page), {"o": str(column)}).status_code == 200

    def test_nobody_adds_or_deletes(self, client: Client, administrator: User, rows: dict[str, Any], page: str) -> None:
        client.force_login(administrator)
        row = rows[page]

        assert client.get(reverse(f"admin:{page}_add")).status_code == 403
        assert client.post(reverse(f"admin:{page}_delete", args=(row.pk,)), {"post": "yes"}).status_code == 403
        act(client, page, "delete_selected", row)
        assert type(row).objects.filter(pk=row.pk).exists()

    def test_readers_change_nothing(self, client: Client, auditor: User, rows: dict[str, Any], page: str) -> None:
        client.force_login(auditor)

        assert client.post(one(page, rows[page]), {"role": "ADMINISTRATOR", "minutes": "5"}).status_code == 403

    def test_a_list_asks_no_more_for_many_rows_than_for_one(
        self, client: Client, auditor: User, rows: dict[str, Any], page: str
    ) -> None:
        client.force_login(auditor)
        client.get(listed(page))
        with CaptureQueriesContext(connection) as few:
            client.get(listed(page))
        copies = copies_of(rows[page], 12)
        with CaptureQueriesContext(connection) as many:
            shown = client.get(listed(page))

        assert shown.context["cl"].result_count >= copies
        assert len(many) <= len(few)
        assert all("LIMIT" in query["sql"] or "COUNT" not in query["sql"] for query in many)


def copies_of(row: Any, count: int) -> int:
    """More rows of the same kind, each with an owner of its own where that is possible; returns how many."""
    model = type(row)
    if model is User:
        return len([person(f"more-{number}") for number in range(count)])
    for number in range(count):
        row = model.objects.get(pk=row.pk)
        row.pk = f"{number}" if model is ApiToken else uuid.uuid4() if isinstance(row.pk, uuid.UUID) else None
        row._state.adding = True
        for name, value in (("number", number + 2), ("run_id", uuid.uuid4()), ("replay_of", None)):
            if hasattr(row, name):
                setattr(row, name, value)
        if model is Delivery:
            row.subject_id = uuid.uuid4()
        if model.__name__ == "Balance":
            row.owner = person(f"more-{number}")
        if model is AccessAttempt:
            row.ip_address = f"10.0.1.{number}"
        row.save(force_insert=True)
    return count


class TestPeople:
    def decide(self, client: Client, user: User, **decided: str) -> str:
        form = {"role": user.role, "may_sign_in": "on", **decided}
        answer = client.post(one("accounts_user", user), form, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_an_administrator_gives_roles_and_rights(self, client: Client, administrator: User, owner: User) -> None:
        client.force_login(administrator)

        self.decide(client, owner, role="OPERATOR", audits="on", support_staff="on")

        owner = User.objects.get(pk=owner.pk)
        assert (owner.role, owner.is_staff, owner.is_superuser) == (Role.OPERATOR, True, False)
        assert may_audit(owner)
        assert not owner.has_perm("accounts.supervise_review")
        self.decide(client, owner, supervises="on")
        owner = User.objects.get(pk=owner.pk)
        assert not may_audit(owner)
        assert owner.has_perm("accounts.supervise_review")
        assert LogEntry.objects.filter(object_id=str(owner.pk), user=administrator).count() == 2

    def test_the_last_administrator_stays(self, client: Client, administrator: User) -> None:
        client.force_login(administrator)

        said = self.decide(client, administrator, role="CLIENT")

        assert "Других администраторов нет" in said
        administrator.refresh_from_db()
        assert administrator.role == Role.ADMINISTRATOR
        client.post(one("accounts_user", administrator), {"role": "ADMINISTRATOR"})
        administrator.refresh_from_db()
        assert administrator.is_active

    def test_closing_an_account_and_signing_out(self, client: Client, administrator: User, owner: User) -> None:
        other = Client()
        other.force_login(owner)
        client.force_login(administrator)

        act(client, "accounts_user", "sign_out", owner)
        assert owner.sessions.count() == 0
        client.post(one("accounts_user", owner), {"role": "CLIENT"})
        owner.refresh_from_db()
        assert not owner.is_active


class TestActions:
    @pytest.fixture(autouse=True)
    def _signed_in(self, client: Client, administrator: User) -> None:
        client.force_login(administrator)

    def test_granting_minutes(self, client: Client, rows: dict[str, Any], owner: User) -> None:
        before_s = balance_of(owner).available_s

        answer = client.post(one("billing_balance", owner.balance), {"minutes": "90", "reason": "За сбой 24 ноября"})

        assert answer.status_code == 302
        assert balance_of(owner).available_s == before_s + 90 * 60
        entry = LedgerEntry.objects.get(note="За сбой 24 ноября")
        assert entry.granted_by is not None
        assert entry.granted_by.username == "administrator"

    @pytest.mark.parametrize(
        ("minutes", "reason"), [("0", "x"), ("-5", "x"), ("100001", "x"), ("5", ""), ("много", "x")]
    )
    def test_a_slip_grants_nothing(
        self, client: Client, rows: dict[str, Any], owner: User, minutes: str, reason: str
    ) -> None:
        before_s = balance_of(owner).available_s

        answer = client.post(one("billing_balance", owner.balance), {"minutes": minutes, "reason": reason})

        assert answer.status_code == 200
        assert balance_of(owner).available_s == before_s

    def test_lifting_the_limit_and_bringing_it_back(self, client: Client, rows: dict[str, Any], owner: User) -> None:
        act(client, "billing_balance", "lift_limit", owner.balance)
        assert balance_of(owner).unlimited

        act(client, "billing_balance", "bring_back_limit", owner.balance)
        assert not balance_of(owner).unlimited

    def test_revoking_links_and_tokens(self, client: Client, rows: dict[str, Any]) -> None:
        act(client, "reports_sharelink", "revoke", rows["reports_sharelink"])
        act(client, "accounts_apitoken", "revoke", rows["accounts_apitoken"])

        assert ShareLink.objects.get().revoked_at is not None
        assert not ApiToken.objects.exists()

    def test_sending_again(self, client: Client, rows: dict[str, Any]) -> None:
        act(client, "webhooks_delivery", "send_again", rows["webhooks_delivery"])

        again = Delivery.objects.get(replay_of=rows["webhooks_delivery"])
        assert again.status == DeliveryStatus.PENDING

    def test_cancelling_a_run(self, client: Client, rows: dict[str, Any]) -> None:
        said = act(client, "pipeline_pipelinerun", "cancel", rows["pipeline_pipelinerun"])

        assert "Отменено: 1" in said
        rows["pipeline_pipelinerun"].refresh_from_db()
        assert rows["pipeline_pipelinerun"].status == RunStatus.CANCELLED

    def test_letting_somebody_try_again(self, client: Client, rows: dict[str, Any]) -> None:
        act(client, "axes_accessattempt", "unlock", rows["axes_accessattempt"])

        assert not AccessAttempt.objects.exists()

    def test_what_was_done_is_written_down(self, client: Client, rows: dict[str, Any], administrator: User) -> None:
        act(client, "reports_sharelink", "revoke", rows["reports_sharelink"])

        assert "Revoked" in client.get(listed("admin_logentry")).content.decode()


def test_actions_are_for_administrators(client: Client, support: User, rows: dict[str, Any]) -> None:
    client.force_login(support)

    act(client, "reports_sharelink", "revoke", rows["reports_sharelink"])
    act(client, "pipeline_pipelinerun", "cancel", rows["pipeline_pipelinerun"])

    assert ShareLink.objects.get().revoked_at is None
    assert PipelineRun.objects.get().status == RunStatus.QUEUED


def test_a_long_list_is_counted_up_to_a_bound(
    client: Client, auditor: User, rows: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("operations.support_page.COUNTED_ROWS", 60)
    project = rows["videos_project"]
    Video.objects.bulk_create(Video(project=project, name=f"{n}.mp4", size_bytes=1) for n in range(120))
    client.force_login(auditor)

    shown = client.get(listed("videos_video"))

    assert shown.context["cl"].result_count == 60
    assert len(shown.context["cl"].result_list) == 50


def test_the_index_has_sections_in_words(client: Client, auditor: User) -> None:
    client.force_login(auditor)

    shown = client.get(reverse("admin:index")).content.decode()

    for section in ("Люди", "Минуты видео", "Видео и загрузки", "Проверки", "Отчёты и ссылки", "Вход"):
        assert section in shown


def test_titles_are_russian(client: Client, auditor: User, rows: dict[str, Any]) -> None:
    client.force_login(auditor)

    shown = client.get(listed("videos_video")).content.decode()

    for title in ("Название", "Проект", "Владелец", "Статус", "Размер, байт", "Создано", "Удалено"):
        assert title in shown
    assert "Загружено" in shown  # the status, in words
    assert timezone.now() - rows["videos_video"].created_at < timedelta(hours=1)
