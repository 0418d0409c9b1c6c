"""A report and its findings."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from videos.models import Video


class ReportStage(models.TextChoices):
    PROPOSED = "PROPOSED", _("Proposed by the machine")
    FINAL = "FINAL", _("Final, verified by a person")


class Report(models.Model):
    """What one run says of a video. ``run_id`` names the run (the pipeline lies above this folder).

    ``summary`` holds, by language (``ru``, ``en``), the document's ``verdicts``, ``coverage``, ``never_checked``,
    ``disclaimer``, ``timing`` and ``product`` as they stand in its JSON; beside the languages stand ``thresholds``
    (category group → the least score that counted) and ``playback`` (``reports.playback.Playback``). The whole
    documents and the transcript are artifacts of kind ``REPORT`` with ``videos.artifact_facts.ReportFacts``.
    ``shot_starts_s`` are the first moments of shots.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    video = models.ForeignKey(Video, on_delete=models.PROTECT, related_name="reports")
    run_id = models.UUIDField()
    number = models.PositiveIntegerField(default=1, help_text=_("Version of the report of this run"))
    stage = models.CharField(max_length=16, choices=ReportStage.choices, default=ReportStage.PROPOSED)
    tone = models.CharField(max_length=8)
    duration_s = models.FloatField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    fps = models.FloatField()
    complete = models.BooleanField(help_text=_("Whether everything was checked"))
    findings_count = models.PositiveIntegerField()
    action_count = models.PositiveIntegerField()
    summary = models.JSONField()
    shot_starts_s = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-created_at", "id")
        constraints = [models.UniqueConstraint(fields=("run_id", "number"), name="one_report_per_number")]
        indexes = [models.Index(fields=("video", "-created_at"), name="reports_of_video")]
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self) -> str:
        return f"{self.video_id} {self.created_at:%Y-%m-%d}"


class Finding(models.Model):
    """One finding of one report, never edited: what a person says about it is a row of its own.

    ``number`` counts in time order from 1 and is what people call it by. ``ident`` is the trigger's id inside its pack.
    ``texts`` holds, by language, the document's ``title``, ``reason``, ``outcome_title``, ``cite`` and ``question`` as
    they stand in its JSON; ``evidence`` is the document's ``Evidence`` without its thumbnail (the same in every
    language), whose picture is the ``FRAME`` artifact of ``frame_s``, where there is one. ``quote`` is the evidence's
    ``text``.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="findings")
    number = models.PositiveIntegerField()
    ident = models.CharField(max_length=200)
    pack = models.CharField(max_length=64)
    rule = models.CharField(max_length=120)
    category = models.CharField(max_length=32)
    group = models.CharField(max_length=16)
    severity = models.CharField(max_length=8)
    severity_rank = models.PositiveSmallIntegerField()
    detector = models.CharField(max_length=32, blank=True, default="")
    modality = models.CharField(max_length=8, blank=True, default="")
    start_s = models.FloatField()
    end_s = models.FloatField()
    frame_s = models.FloatField()
    score = models.FloatField()
    outcome = models.CharField(max_length=32, blank=True, default="")
    action_needed = models.BooleanField()
    human = models.CharField(max_length=16)
    fixes = models.JSONField(default=list)
    quote = models.TextField(blank=True, default="", help_text=_("What was said or written"))
    texts = models.JSONField()
    evidence = models.JSONField()

    class Meta:
        ordering = ("report", "number")
        constraints = [models.UniqueConstraint(fields=("report", "number"), name="one_finding_per_number")]
        indexes = [models.Index(fields=("report", "group", "number"), name="findings_of_group")]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")

    def __str__(self) -> str:
        return f"{self.report_id} #{self.number}"
