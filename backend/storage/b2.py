"""Objects in a bucket that speaks S3: Backblaze B2, or any other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.utils.http import content_disposition_header
from urllib3.exceptions import HTTPError

from storage.attempts import Attempts, error_code
from storage.base import FetchStopped, ObjectMissing, StorageFailed
from storage.keys import checked_key

_CHUNK_BYTES = 256 * 1024
_TRANSFER = TransferConfig(multipart_threshold=64 * 1024**2, multipart_chunksize=64 * 1024**2, max_concurrency=4)
_MISSING = frozenset({"NoSuchKey", "NoSuchUpload", "NotFound", "404"})
_LONGEST_SIGNATURE_S = 7 * 24 * 60 * 60
_REGION_IN_HOST = re.compile(r"s3[.-]([a-z]{2}-[a-z]+-\d{1,3})\.")


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where a bucket is, and the keys to it."""

    endpoint_url: str
    name: str
    key_id: str
    application_key: str = field(repr=False)

    @property
    def region(self) -> str:
        """Signatures name it: ``s3.us-west-000.backblazeb2.com`` is in us-west-000. Others accept any."""
        found = _REGION_IN_HOST.match(urlsplit(self.endpoint_url).hostname or "")
        return found.group(1) if found else "us-east-1"


class B2Storage:
    """One client for the whole process: it is safe to use from many threads."""

    is_remote = True

    def __init__(self, bucket: Bucket, attempts: Attempts) -> None:
        self._bucket = bucket.name
        self._attempts = attempts
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=bucket.endpoint_url,
            aws_access_key_id=bucket.key_id,
            aws_secret_access_key=bucket.application_key,
            region_name=bucket.region,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},  # one origin for the content security policy; works everywhere
                request_checksum_calculation="when_required",  # Backblaze refuses the newer checksum headers
                response_checksum_validation="when_required",
                retries={"total_max_attempts": 1},  # ours are counted and logged
                connect_timeout=10,
                read_timeout=60,
                max_pool_connections=32,
            ),
        )

    def put_file(self, path: Path, key: str, media_type: str) -> None:
        options = {"ContentType": media_type}
        self._call(
            "put_file", self._client.upload_file, str(path), self._bucket, checked_key(key), options, None, _TRANSFER
        )

    def take_file(self, path: Path, key: str, media_type: str) -> None:
        self.put_file(path, key, media_type)
        path.unlink()

    def receiving_folder(self) -> Path | None:
        return None

    def put_bytes(self, content: bytes, key: str, media_type: str) -> None:
        self._object("put_object", key, Body=content, ContentType=media_type)

    def size_bytes(self, key: str) -> int:
        return int(self._object("head_object", key)["ContentLength"])

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        if end is not None and end <= start:
            return iter(())
        wanted = {} if not start and end is None else {"Range": f"bytes={start}-{'' if end is None else end - 1}"}
        return _chunks(self._object("get_object", key, **wanted)["Body"])

    def local_path(self, key: str) -> Path | None:
        return None

    def fetch(self, key: str, target: Path, stopping: Callable[[], bool] = lambda: False) -> None:
        head = self._object("head_object", key)
        unfinished = target.with_name(f".{target.name}.unfinished")
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            unfinished.write_bytes(b"")
            self._call("fetch", self._fetch_rest, key, head, unfinished, stopping)
            unfinished.replace(target)
        except OSError as error:
            raise StorageFailed(error.strerror or type(error).__name__) from error
        finally:
            unfinished.unlink(missing_ok=True)

    def _fetch_rest(self, key: str, head: dict[str, Any], target: Path, stopping: Callable[[], bool]) -> None:
        """Go on where the attempt before broke off; the bytes must still be those of the same object."""
        with target.open("ab") as file:
            while file.tell() < head["ContentLength"]:
                answer = self._client.get_object(
                    Bucket=self._bucket, Key=key, Range=f"bytes={file.tell()}-", IfMatch=head["ETag"]
                )
                for chunk in answer["Body"].iter_chunks(_CHUNK_BYTES):
                    if stopping():
                        raise FetchStopped
                    file.write(chunk)

    def delete(self, key: str) -> None:
        self._object("delete_object", key)

    def free_bytes(self) -> int | None:
        return None

    def signed_url(self, key: str, *, media_type: str, file_name: str | None, expires_s: int) -> str:
        shown = content_disposition_header(as_attachment=file_name is not None, filename=file_name or "")
        headers = {"ResponseContentType": media_type, "ResponseContentDisposition": shown or "inline"}
        return self._signed("get_object", expires_s, Key=checked_key(key), **headers)

    # Uploads in parts

    def begin_parts(self, key: str, media_type: str) -> str:
        return str(self._object("create_multipart_upload", key, ContentType=media_type)["UploadId"])

    def part_url(self, key: str, upload_id: str, number: int, size_bytes: int, expires_s: int) -> str:
        # The length is part of what is signed: a longer body does not pass.
        part = {"Key": checked_key(key), "UploadId": upload_id, "PartNumber": number, "ContentLength": size_bytes}
        return self._signed("upload_part", expires_s, **part)

    def stored_parts(self, key: str, upload_id: str) -> dict[int, tuple[int, str]]:
        parts: list[dict[str, Any]] = []
        after = 0
        while True:
            page = self._object("list_parts", key, UploadId=upload_id, PartNumberMarker=after)
            parts += page.get("Parts", ())
            if not page.get("IsTruncated"):
                break
            after = page["NextPartNumberMarker"]
        parts.sort(key=lambda part: part["LastModified"])  # SeaweedFS also lists what was replaced; the newest counts
        return {part["PartNumber"]: (part["Size"], part["ETag"]) for part in parts}

    def finish_parts(self, key: str, upload_id: str, parts: dict[int, str], size_bytes: int) -> None:
        listed = [{"PartNumber": number, "ETag": etag} for number, etag in sorted(parts.items())]
        try:
            self._object("complete_multipart_upload", key, UploadId=upload_id, MultipartUpload={"Parts": listed})
        except ObjectMissing:  # finished before, by an answer that got lost or by somebody at the same time
            self.size_bytes(key)
        if self.size_bytes(key) != size_bytes:
            raise StorageFailed("the object has another size than its upload")

    def abort_parts(self, key: str, upload_id: str) -> None:
        try:
            self._object("abort_multipart_upload", key, UploadId=upload_id)
        except ObjectMissing:
            return

    def _object(self, operation: str, key: str, **parameters: Any) -> Any:
        """One call about one object."""
        call = getattr(self._client, operation)
        return self._call(operation, lambda: call(Bucket=self._bucket, Key=checked_key(key), **parameters))

    def _signed(self, operation: str, expires_s: int, **parameters: Any) -> str:
        seconds = min(expires_s, _LONGEST_SIGNATURE_S)
        return str(
            self._client.generate_presigned_url(
                operation, Params={"Bucket": self._bucket, **parameters}, ExpiresIn=seconds
            )
        )

    def _call(self, name: str, call: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return self._attempts.run(name, lambda: call(*arguments))
        except ClientError as error:
            if error_code(error) in _MISSING:
                raise ObjectMissing from error
            raise StorageFailed(f"{name}: {error_code(error)}") from error


def _chunks(body: Any) -> Iterator[bytes]:
    try:
        yield from body.iter_chunks(_CHUNK_BYTES)
    except (BotoCoreError, HTTPError, OSError) as error:
        raise StorageFailed(f"get_object: {error_code(error)}") from error
