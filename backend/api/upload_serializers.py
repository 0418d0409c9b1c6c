"""How uploads are shown and begun."""

from __future__ import annotations

from rest_framework import serializers

from api.serializing import StrictSerializer
from videos.models import Upload, UploadSource
from videos.upload_messages import failure_sentence
from videos.uploading import plan_of

LARGEST_NUMBER = 2**62
SHA256 = r"^[0-9a-fA-F]{64}$"


class UploadSerializer(serializers.ModelSerializer[Upload]):
    part_count = serializers.SerializerMethodField(help_text="Parts are numbered from 1 to this; 0 for an address")
    error = serializers.SerializerMethodField(help_text="Why it failed, in words; empty when it did not")
    error_code = serializers.CharField(source="error", read_only=True, help_text="Stable")
    source_url = serializers.CharField(read_only=True, help_text="Empty for a file that is sent in parts")

    class Meta:
        model = Upload
        fields = (
            "id",
            "project",
            "source",
            "status",
            "name",
            "size_bytes",
            "part_size_bytes",
            "part_count",
            "received_bytes",
            "fingerprint",
            "sha256",
            "source_url",
            "video",
            "error",
            "error_code",
            "created_at",
        )
        read_only_fields = fields

    def get_part_count(self, upload: Upload) -> int:
        return plan_of(upload).count if upload.source == UploadSource.PARTS else 0

    def get_error(self, upload: Upload) -> str:
        return failure_sentence(upload)


class ArrivedPartSerializer(serializers.Serializer):  # type: ignore[type-arg]
    number = serializers.IntegerField()
    size_bytes = serializers.IntegerField()
    sha256 = serializers.CharField(help_text="In hex; empty for parts that went to a bucket")


class UploadWithPartsSerializer(UploadSerializer):
    parts = ArrivedPartSerializer(many=True, read_only=True, help_text="Those that have arrived whole")

    class Meta(UploadSerializer.Meta):
        fields = (*UploadSerializer.Meta.fields, "parts")
        read_only_fields = fields


class PartAddressSerializer(serializers.Serializer):  # type: ignore[type-arg]
    url = serializers.CharField(help_text="Where to PUT the bytes of the part")
    needs_authorization = serializers.BooleanField(
        help_text="true: send the token there; false: the address is signed, send no token"
    )
    size_bytes = serializers.IntegerField(help_text="How many bytes the part has")


class NewUploadSerializer(StrictSerializer):
    name = serializers.CharField(max_length=255, help_text="With its extension: `video.mp4`")
    size_bytes = serializers.IntegerField(min_value=1, max_value=LARGEST_NUMBER)
    fingerprint = serializers.CharField(
        max_length=400,
        allow_blank=True,
        default="",
        help_text="How you know the file again: an unfinished upload with the same one is continued",
    )
    sha256 = serializers.RegexField(
        SHA256, allow_blank=True, default="", help_text="Of the whole file, in hex; checked when the upload finishes"
    )


class FinishSerializer(StrictSerializer):
    sha256 = serializers.RegexField(SHA256, allow_blank=True, default="", help_text="Of the whole file, in hex")


class NewIngestSerializer(StrictSerializer):
    url = serializers.CharField(max_length=2000, help_text="http or https address of a video file")
