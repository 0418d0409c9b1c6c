"""Sending a file in parts, several at once; what has arrived is not sent again after an interruption."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from compliance_client.models import Upload, Video, read
from compliance_client.transport import Transport

Listener = Callable[[int, int], None]
"""Called with how many bytes have arrived, and of how many."""


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def upload_file(
    transport: Transport, project_id: str, path: Path, *, name: str, parallel: int, on_progress: Listener | None
) -> Video:
    """Begin or continue, send what is missing, finish. A file that changes meanwhile is refused by its digest."""
    about = path.stat()
    sha256 = sha256_of(path)
    fingerprint = f"{name[:200]}/{about.st_size}/{about.st_mtime_ns}"
    begun = {"name": name, "size_bytes": about.st_size, "fingerprint": fingerprint, "sha256": sha256}
    upload = read(Upload, transport.post(f"/projects/{project_id}/uploads", begun))
    send_missing(transport, upload, path, parallel=parallel, on_progress=on_progress)
    return read(Video, transport.post(f"/uploads/{upload.id}/finish", {"sha256": sha256}))


def send_missing(
    transport: Transport, upload: Upload, path: Path, *, parallel: int, on_progress: Listener | None
) -> None:
    arrived = {part.number for part in upload.parts}
    received = sum(part.size_bytes for part in upload.parts)
    if on_progress:
        on_progress(received, upload.size_bytes)
    missing = [number for number in range(1, upload.part_count + 1) if number not in arrived]
    with ThreadPoolExecutor(max_workers=max(1, parallel)) as threads:
        sending = [threads.submit(send_part, transport, upload, path, number) for number in missing]
        try:
            for done in as_completed(sending):
                received += done.result()
                if on_progress:
                    on_progress(received, upload.size_bytes)
        except BaseException:
            for one in sending:
                one.cancel()
            raise


def send_part(transport: Transport, upload: Upload, path: Path, number: int) -> int:
    """How many bytes were sent."""
    with path.open("rb") as file:
        file.seek((number - 1) * upload.part_size_bytes)
        content = file.read(upload.part_size_bytes)
    address = transport.get(f"/uploads/{upload.id}/parts/{number}/address")
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    headers = {"Content-Digest": f"sha-256=:{digest}:"}
    transport.put_bytes(address["url"], content, headers, with_token=address["needs_authorization"])
    return len(content)
