"""How reports and their findings are shown, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from reports.document import Language
from reports.models import Finding, Report


def reader_language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "ru"


class ReportSerializer(serializers.ModelSerializer[Report]):
    complete = serializers.BooleanField(read_only=True, help_text="Whether everything was checked")
    number = serializers.IntegerField(read_only=True, help_text="Version of the report of its run")
    tone = serializers.CharField(read_only=True, help_text="Gravest severity that needs action; `gap`, `clear`")

    class Meta:
        model = Report
        fields = (
            "id",
            "video",
            "run_id",
            "number",
            "stage",
            "tone",
            "duration_s",
            "width",
            "height",
            "fps",
            "complete",
            "findings_count",
            "action_count",
            "created_at",
        )
        read_only_fields = fields


class VerdictAlternativeSerializer(serializers.Serializer):  # type: ignore[type-arg]
    outcome = serializers.CharField()
    outcome_title = serializers.CharField()
    scenes = serializers.IntegerField()
    duration_s = serializers.FloatField()
    without = serializers.ListField(child=serializers.CharField(), help_text="Ids of findings")


class VerdictSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """What one policy pack proposes, as in `compliance-report/1`."""

    pack = serializers.CharField()
    version = serializers.CharField()
    digest = serializers.CharField()
    title = serializers.CharField()
    checked_on = serializers.DateField()
    effective_from = serializers.DateField()
    effective_until = serializers.DateField(allow_null=True)
    in_force = serializers.BooleanField()
    outcome = serializers.CharField()
    outcome_title = serializers.CharField()
    because = serializers.ListField(child=serializers.CharField(), help_text="Ids of the findings that decide")
    alternative = VerdictAlternativeSerializer(allow_null=True)
    blind_to = serializers.ListField(child=serializers.CharField(), help_text="Detectors that did not complete")


class DetectorCoverageSerializer(serializers.Serializer):  # type: ignore[type-arg]
    name = serializers.CharField()
    model = serializers.CharField()
    status = serializers.CharField()
    seconds = serializers.FloatField()


class CoverageSerializer(serializers.Serializer):  # type: ignore[type-arg]
    frames_looked_at = serializers.IntegerField()
    frames_analysed = serializers.IntegerField()
    speech_s = serializers.FloatField(allow_null=True)
    speech_confidence = serializers.FloatField(allow_null=True)
    complete = serializers.BooleanField()
    detectors = DetectorCoverageSerializer(many=True)


class WholeReportSerializer(ReportSerializer):
    verdicts = serializers.SerializerMethodField()
    coverage = serializers.SerializerMethodField(help_text="What was checked")
    never_checked = serializers.SerializerMethodField(help_text="What no detector looks for, in words")
    disclaimer = serializers.SerializerMethodField()

    class Meta(ReportSerializer.Meta):
        fields = (*ReportSerializer.Meta.fields, "verdicts", "coverage", "never_checked", "disclaimer")
        read_only_fields = fields

    @extend_schema_field(VerdictSerializer(many=True))
    def get_verdicts(self, report: Report) -> Any:
        return report.summary[reader_language()]["verdicts"]

    @extend_schema_field(CoverageSerializer)
    def get_coverage(self, report: Report) -> Any:
        return report.summary[reader_language()]["coverage"]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_never_checked(self, report: Report) -> Any:
        return report.summary[reader_language()]["never_checked"]

    def get_disclaimer(self, report: Report) -> str:
        return str(report.summary[reader_language()]["disclaimer"])


class CitationSerializer(serializers.Serializer):  # type: ignore[type-arg]
    act = serializers.CharField()
    article = serializers.CharField()
    note = serializers.CharField()
    url = serializers.CharField(allow_null=True)


class FindingSerializer(serializers.ModelSerializer[Finding]):
    """Why a pack cares about one stretch of the video."""

    id = serializers.CharField(source="ident", read_only=True, help_text="As verdicts name it")
    number = serializers.IntegerField(read_only=True, help_text="In time order from 1")
    title = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    outcome_title = serializers.SerializerMethodField()
    cite = serializers.SerializerMethodField()
    question = serializers.SerializerMethodField(help_text="What only a person can answer")
    fixes = serializers.ListField(child=serializers.CharField(), read_only=True)
    evidence = serializers.DictField(read_only=True, help_text="`Evidence` of `compliance-report/1`")

    class Meta:
        model = Finding
        fields = (
            "number",
            "id",
            "pack",
            "rule",
            "category",
            "group",
            "severity",
            "detector",
            "modality",
            "start_s",
            "end_s",
            "frame_s",
            "score",
            "outcome",
            "outcome_title",
            "action_needed",
            "human",
            "fixes",
            "title",
            "reason",
            "cite",
            "question",
            "quote",
            "evidence",
        )
        read_only_fields = fields

    def text(self, finding: Finding, name: str) -> Any:
        return finding.texts[reader_language()].get(name)

    def get_title(self, finding: Finding) -> str:
        return self.text(finding, "title") or ""

    def get_reason(self, finding: Finding) -> str:
        return self.text(finding, "reason") or ""

    def get_outcome_title(self, finding: Finding) -> str | None:
        return self.text(finding, "outcome_title")

    @extend_schema_field(CitationSerializer(allow_null=True))
    def get_cite(self, finding: Finding) -> Any:
        return self.text(finding, "cite")

    @extend_schema_field(serializers.DictField(allow_null=True))
    def get_question(self, finding: Finding) -> Any:
        return self.text(finding, "question")


class TranscriptWordSerializer(serializers.Serializer):  # type: ignore[type-arg]
    text = serializers.CharField()
    start_s = serializers.FloatField()
    end_s = serializers.FloatField()


class TranscriptSegmentSerializer(serializers.Serializer):  # type: ignore[type-arg]
    start_s = serializers.FloatField()
    end_s = serializers.FloatField()
    text = serializers.CharField()
    words = TranscriptWordSerializer(many=True)


class TranscriptSerializer(serializers.Serializer):  # type: ignore[type-arg]
    language = serializers.CharField(allow_null=True, help_text="Spoken language (ISO 639-1)")
    segments = TranscriptSegmentSerializer(many=True)


class TimelineSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """Columns of whole numbers, one entry a finding in the order of their numbers; times are tenths of a second."""

    duration = serializers.IntegerField()
    start = serializers.ListField(child=serializers.IntegerField(), help_text="Each counted from the one before")
    length = serializers.ListField(child=serializers.IntegerField())
    category = serializers.ListField(child=serializers.IntegerField(), help_text="Position in `categories`")
    severity = serializers.ListField(child=serializers.IntegerField(), help_text="Position in `severities`")
    pack = serializers.ListField(child=serializers.IntegerField(), help_text="Position in `packs`")
    title = serializers.ListField(child=serializers.IntegerField(), help_text="Position in `titles`")
    action = serializers.ListField(child=serializers.IntegerField(), help_text="1 when something is to be done")
    categories = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()), help_text="Category and its group"
    )
    packs = serializers.ListField(child=serializers.CharField())
    titles = serializers.ListField(child=serializers.CharField())
    severities = serializers.ListField(child=serializers.CharField())
    groups = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()), help_text="Group and its title"
    )
    shots = serializers.ListField(child=serializers.IntegerField(), help_text="Where shots begin")
