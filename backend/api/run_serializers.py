"""How checks are shown."""

from __future__ import annotations

from rest_framework import serializers

from api.account import LANGUAGES
from api.serializing import StrictSerializer
from pipeline.failure_sentences import failure_sentence
from pipeline.models import PipelineRun, StepStatus
from pipeline.step_names import VALIDATE


class StartSerializer(StrictSerializer):
    language = serializers.ChoiceField(LANGUAGES, required=False, help_text="Yours when left out")


class RunSerializer(serializers.ModelSerializer[PipelineRun]):
    settings_number = serializers.IntegerField(
        source="settings_version.number", default=None, allow_null=True, read_only=True
    )
    packs = serializers.ListField(child=serializers.CharField(), read_only=True)
    error = serializers.SerializerMethodField(help_text="Why it failed, in words; empty when it did not")
    error_code = serializers.CharField(source="error", read_only=True, help_text="Stable")

    class Meta:
        model = PipelineRun
        fields = (
            "id",
            "video",
            "number",
            "status",
            "packs",
            "language",
            "settings_number",
            "error",
            "error_code",
            "created_at",
            "finished_at",
        )
        read_only_fields = fields

    def get_error(self, run: PipelineRun) -> str:
        return failure_sentence(run.error, run.error_details, VALIDATE) if run.error else ""


class StepSerializer(serializers.Serializer):  # type: ignore[type-arg]
    name = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(StepStatus.choices)
    fraction = serializers.FloatField(help_text="0..1")
    seconds = serializers.FloatField(allow_null=True)
    error = serializers.CharField()


class PreliminaryFindingSerializer(serializers.Serializer):  # type: ignore[type-arg]
    start_s = serializers.FloatField()
    end_s = serializers.FloatField()
    title = serializers.CharField()
    category = serializers.CharField()
    group = serializers.CharField()
    severity = serializers.CharField()
    pack = serializers.CharField()
    quote = serializers.CharField()
    action_needed = serializers.BooleanField()


class ProgressSerializer(serializers.Serializer):  # type: ignore[type-arg]
    is_over = serializers.BooleanField()
    is_cancelling = serializers.BooleanField()
    is_paused = serializers.BooleanField(help_text="It waits for room on the disk")
    fraction = serializers.FloatField(help_text="0..1 of the whole work")
    eta_s = serializers.FloatField(allow_null=True, help_text="Time left, where it is known")
    elapsed_s = serializers.FloatField(allow_null=True)
    queue_position = serializers.IntegerField(allow_null=True, help_text="From 1 while it waits")
    frames_looked_at = serializers.IntegerField()
    steps = StepSerializer(many=True)
    findings = PreliminaryFindingSerializer(many=True, help_text="The first ones; the report has them all")
    findings_total = serializers.IntegerField()


class RunProgressSerializer(RunSerializer):
    progress = ProgressSerializer(read_only=True)

    class Meta(RunSerializer.Meta):
        fields = (*RunSerializer.Meta.fields, "progress")
        read_only_fields = fields
