"""Messages arrive signed, once, and are tried again until somebody takes them."""

from __future__ import annotations

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings
from receiver import Receiver
from standardwebhooks import Webhook, WebhookVerificationError

from accounts.models import User
from videos.models import Project
from videos.projects import delete_project
from webhooks.announcing import announce, ping, replay
from webhooks.delivering import CLAIM_LASTS, MOST_ATTEMPTS, RETRY_AFTER, claim, deliver_due
from webhooks.endpoints import change_endpoint, create_endpoint, remove_endpoint, rotate_secret
from webhooks.models import Delivery, DeliveryStatus, Endpoint, Event


def say(project: Project, subject_id: uuid.UUID | None = None) -> int:
    return announce(Event.RUN_FINISHED, project, subject_id or uuid.uuid4(), {"outcome": "18+"})


def test_a_message_arrives_signed(project: Project, endpoint: Endpoint, receiver: Receiver) -> None:
    say(project)

    assert deliver_due() == 1

    headers, body = receiver.received[0]
    message = Webhook(endpoint.secret).verify(body, headers)
    delivery = Delivery.objects.get()
    assert message["type"] == "run.finished"
    assert message["data"] == {"outcome": "18+"}
    assert headers["webhook-id"] == str(delivery.pk)
    assert (delivery.status, delivery.response_status, delivery.attempts) == ("DELIVERED", 200, 1)
    with pytest.raises(WebhookVerificationError):
        Webhook(endpoint.secret).verify(body.replace(b"18+", b"0+"), headers)
    assert deliver_due() == 0


def test_it_is_tried_again_until_it_is_taken(project: Project, endpoint: Endpoint, receiver: Receiver) -> None:
    receiver.answers = [500, 500, 200]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        say(project)
        assert deliver_due() == 1
        assert deliver_due() == 0
        clock.shift(timedelta(seconds=6.1))
        assert deliver_due() == 1
        clock.shift(timedelta(seconds=29))
        assert deliver_due() == 0
        clock.shift(timedelta(seconds=8))
        assert deliver_due() == 1

        delivery = Delivery.objects.get()
        assert (delivery.status, delivery.attempts) == ("DELIVERED", 3)
        assert len({headers["webhook-id"] for headers, _body in receiver.received}) == 1
        assert len({headers["webhook-timestamp"] for headers, _body in receiver.received}) == 3


def test_it_is_given_up_in_the_end(project: Project, endpoint: Endpoint, receiver: Receiver) -> None:
    receiver.answers = [503]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        say(project)
        for wait in (*RETRY_AFTER, timedelta(days=2)):
            deliver_due()
            clock.shift(wait * 1.2 + timedelta(seconds=1))

        delivery = Delivery.objects.get()
        assert (delivery.status, delivery.attempts) == (DeliveryStatus.FAILED, len(RETRY_AFTER) + 1)
        assert deliver_due() == 0
    assert len(receiver.received) == len(RETRY_AFTER) + 1


def test_a_message_that_kills_its_sender_again_and_again_is_given_up(project: Project, endpoint: Endpoint) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        say(project)
        for _ in range(MOST_ATTEMPTS):
            assert claim(Delivery.objects.get()) is not None
            clock.shift(CLAIM_LASTS + timedelta(seconds=1))

        assert deliver_due() == 0

    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.FAILED, MOST_ATTEMPTS)


def test_the_webhooks_of_a_deleted_project_hear_nothing_more(
    project: Project, endpoint: Endpoint, receiver: Receiver
) -> None:
    say(project)
    delete_project(project)

    assert deliver_due() == 0
    assert receiver.received == []


@pytest.mark.parametrize("status", [301, 302, 307, 404])
def test_a_redirect_is_a_failure(project: Project, endpoint: Endpoint, receiver: Receiver, status: int) -> None:
    receiver.answers = [status]
    say(project)

    deliver_due()

    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.response_status) == ("PENDING", status)
    assert len(receiver.received) == 1


def test_gone_switches_the_webhook_off(project: Project, endpoint: Endpoint, receiver: Receiver) -> None:
    receiver.answers = [410]
    say(project)
    say(project)

    deliver_due()

    endpoint.refresh_from_db()
    assert endpoint.active is False
    assert set(Delivery.objects.values_list("status", flat=True)) == {"FAILED"}
    assert say(project) == 0


def test_nobody_listens(project: Project, settings: Settings) -> None:
    settings.OUTBOUND_ALLOWED_HOSTS = ("127.0.0.1:1",)
    create_endpoint(project, project.owner, "http://127.0.0.1:1/hook")
    say(project)

    deliver_due()

    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.response_status, delivery.error) == ("PENDING", None, "unreachable")


def test_addresses_inside_are_not_asked(project: Project, endpoint: Endpoint, settings: Settings) -> None:
    settings.OUTBOUND_ALLOWED_HOSTS = ()
    Endpoint.objects.update(url="http://127.0.0.1/hook")
    say(project)

    deliver_due()

    assert Delivery.objects.get().error == "not-public"


def test_announcing_twice_tells_once(project: Project, endpoint: Endpoint) -> None:
    subject_id = uuid.uuid4()
    say(project, subject_id)
    say(project, subject_id)

    assert Delivery.objects.count() == 1


def test_nothing_is_announced_when_the_caller_fails(project: Project, endpoint: Endpoint) -> None:
    with transaction.atomic():
        say(project)
        transaction.set_rollback(True)

    assert Delivery.objects.count() == 0


def test_only_wanted_events_are_told(project: Project, endpoint: Endpoint) -> None:
    change_endpoint(endpoint, events=[Event.RUN_FAILED])

    assert say(project) == 0


def test_a_removed_webhook_hears_nothing_more(project: Project, endpoint: Endpoint, receiver: Receiver) -> None:
    say(project)
    remove_endpoint(endpoint)

    assert deliver_due() == 0
    assert receiver.received == []
    assert Delivery.objects.get().error == "endpoint-off"


def test_a_replay_is_a_delivery_of_its_own(project: Project, endpoint: Endpoint, receiver: Receiver) -> None:
    say(project)
    deliver_due()
    first = Delivery.objects.get()

    again = replay(first)

    assert deliver_due() == 1
    (old, old_body), (new, new_body) = receiver.received
    assert old_body == new_body
    assert old["webhook-id"] != new["webhook-id"] == str(again.pk)
    assert again.replay_of == first


def test_after_a_rotation_both_secrets_work_for_a_day(project: Project, endpoint: Endpoint, receiver: Receiver) -> None:
    old = endpoint.secret
    rotate_secret(endpoint)
    ping(endpoint)
    deliver_due()

    headers, body = receiver.received[-1]
    assert json.loads(body)["type"] == "ping"
    Webhook(old).verify(body, headers)
    Webhook(endpoint.secret).verify(body, headers)

    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        ping(endpoint)
        deliver_due()
        headers, body = receiver.received[-1]
        Webhook(endpoint.secret).verify(body, headers)
        with pytest.raises(WebhookVerificationError):
            Webhook(old).verify(body, headers)


@pytest.mark.usefixtures("each_database")
def test_several_workers_send_once(receiver: Receiver) -> None:
    owner = User.objects.create_user("boris", "boris@example.org")
    project = Project.objects.create(owner=owner, name="Channel")
    create_endpoint(project, owner, receiver.url)
    for _ in range(12):
        say(project)

    def work(_number: int) -> int:
        try:
            return deliver_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as threads:
        sent = sum(threads.map(work, range(4)))

    assert sent == 12
    assert len({headers["webhook-id"] for headers, _body in receiver.received}) == len(receiver.received) == 12


def test_a_worker_that_died_is_replaced(project: Project, endpoint: Endpoint, receiver: Receiver) -> None:
    say(project)
    assert claim(Delivery.objects.select_related("endpoint").get()) is not None
    assert deliver_due() == 0

    with time_machine.travel(timezone.now() + timedelta(minutes=3), tick=False):
        assert deliver_due() == 1

    assert Delivery.objects.get().attempts == 2
