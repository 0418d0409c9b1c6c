"""The state of the product as ``/metrics`` shows it, asked from the database when it is scraped.

All processes give the same answer, so these numbers need no sharing between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.utils import timezone
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily
from prometheus_client.registry import Collector

from billing.models import Balance
from pipeline.models import PipelineRun, RunStatus, StepRun
from videos.models import Upload, UploadStatus
from webhooks.models import Delivery, DeliveryStatus


class ProductMetrics(Collector):
    """Some seven questions to the database."""

    def collect(self) -> Iterator[Metric]:
        """Raises ``DatabaseError`` when the database does not answer; ``/readyz`` is for that."""
        yield from _runs()
        yield from _steps()
        yield from _uploads()
        yield _by_status("compliance_webhook_deliveries", "Webhook deliveries", Delivery.objects.all(), DeliveryStatus)
        reserved = Balance.objects.aggregate(total=Sum("reserved_s"))["total"] or 0
        yield GaugeMetricFamily(
            "compliance_minutes_reserved", "Minutes of video set aside for runs at work", value=reserved / 60
        )


def _runs() -> Iterator[Metric]:
    yield _by_status("compliance_runs", "Runs", PipelineRun.objects.all(), RunStatus)
    queue = PipelineRun.objects.filter(status=RunStatus.QUEUED).aggregate(length=Count("pk"), oldest=Min("created_at"))
    age_s = (timezone.now() - queue["oldest"]).total_seconds() if queue["oldest"] else 0.0
    yield GaugeMetricFamily("compliance_queue_length", "Runs that wait for a worker", value=queue["length"])
    yield GaugeMetricFamily("compliance_queue_oldest_age_seconds", "How long the oldest of them waits", value=age_s)


def _steps() -> Iterator[Metric]:
    durations = SummaryMetricFamily(
        "compliance_step_duration_seconds", "Working time of finished steps", labels=["step"]
    )
    failures = CounterMetricFamily("compliance_step_failures", "Attempts of steps that failed", labels=["step"])
    steps = StepRun.objects.values("name").annotate(
        settled=Count("pk", filter=Q(started_at__isnull=False, finished_at__isnull=False)),
        worked=Sum(F("finished_at") - F("started_at")),
        failed=Sum("failures"),
    )
    for step in steps.order_by("name"):
        worked_s = step["worked"].total_seconds() if step["worked"] else 0.0
        durations.add_metric([step["name"]], count_value=step["settled"], sum_value=worked_s)
        failures.add_metric([step["name"]], step["failed"])
    yield durations
    yield failures


def _uploads() -> Iterator[Metric]:
    uploads = Upload.objects.aggregate(
        open=Count("pk", filter=Q(status=UploadStatus.OPEN)), received=Sum("received_bytes")
    )
    yield GaugeMetricFamily("compliance_uploads_open", "Uploads on their way in", value=uploads["open"])
    yield CounterMetricFamily(
        "compliance_upload_received_bytes", "Bytes of videos received", value=uploads["received"] or 0
    )


def _by_status(name: str, title: str, rows: QuerySet, statuses: Iterable[str]) -> GaugeMetricFamily:  # type: ignore[type-arg]
    """A gauge with a line for every status, those that nothing has included."""
    counted = dict(rows.order_by().values_list("status").annotate(Count("pk")))
    family = GaugeMetricFamily(name, f"{title} by status", labels=["status"])
    for status in statuses:
        family.add_metric([str(status)], counted.get(status, 0))
    return family
