"""The client: one method for each thing that programs usually do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from urllib3.exceptions import HTTPError

from compliance_client.errors import CheckCancelled, CheckFailed, ServiceUnreachable
from compliance_client.models import (
    Account,
    Finding,
    Minutes,
    Project,
    Report,
    Run,
    ShareLink,
    Video,
    WebhookWithSecret,
    read,
)
from compliance_client.transport import Transport
from compliance_client.uploading import Listener, upload_file

CHUNK_BYTES = 1024 * 1024


class Client:
    """``base_url`` is the site's, ``token`` one of its API tokens. ``language`` (``ru``, ``en``) is that of its texts.

    Every method raises ``ApiError`` when the server refuses and ``ServiceUnreachable`` when it does not answer.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        language: str | None = None,
        timeout_s: float = 60.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._sleep = sleep
        self._transport = Transport(base_url, token, language=language, timeout_s=timeout_s, sleep=sleep)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._transport.close()

    def account(self) -> Account:
        return read(Account, self._transport.get("/me"))

    def minutes(self) -> Minutes:
        return read(Minutes, self._transport.get("/me/minutes"))

    def projects(self, *, search: str | None = None) -> Iterator[Project]:
        return (read(Project, one) for one in self._transport.pages("/projects", {"search": search}))

    def create_project(self, name: str) -> Project:
        return read(Project, self._transport.post("/projects", {"name": name}))

    def upload(
        self,
        project_id: str,
        path: str | Path,
        *,
        name: str | None = None,
        parallel: int = 3,
        on_progress: Listener | None = None,
    ) -> Video:
        """Send a file. Call it again after an interruption: parts that have arrived are not sent twice."""
        file = Path(path)
        return upload_file(
            self._transport, project_id, file, name=name or file.name, parallel=parallel, on_progress=on_progress
        )

    def videos(
        self,
        *,
        search: str | None = None,
        project_id: str | None = None,
        status: str | None = None,
        tone: str | None = None,
        order: str | None = None,
    ) -> Iterator[Video]:
        query = {"search": search, "project": project_id, "status": status, "tone": tone, "order": order}
        return (read(Video, one) for one in self._transport.pages("/videos", query))

    def video(self, video_id: str) -> Video:
        return read(Video, self._transport.get(f"/videos/{video_id}"))

    def delete_video(self, video_id: str) -> None:
        self._transport.json("DELETE", f"/videos/{video_id}")

    def earlier_checks(self, sha256: str, size_bytes: int) -> list[Video]:
        """Videos with exactly these bytes."""
        found = self._transport.get("/earlier-checks", {"sha256": sha256, "size_bytes": size_bytes})
        return [read(Video, one) for one in found]

    def start_run(self, video_id: str, *, language: str | None = None) -> Run:
        body = {"language": language} if language else {}
        return read(Run, self._transport.post(f"/videos/{video_id}/runs", body))

    def run(self, run_id: str) -> Run:
        """With its progress."""
        return read(Run, self._transport.get(f"/runs/{run_id}"))

    def cancel_run(self, run_id: str) -> Run:
        return read(Run, self._transport.post(f"/runs/{run_id}/cancel"))

    def wait_for_report(
        self,
        run_id: str,
        *,
        timeout_s: float = 6 * 60 * 60,
        poll_s: float = 3.0,
        on_progress: Callable[[Run], None] | None = None,
    ) -> Report:
        """The report of a run, when it is there.

        Raises ``CheckFailed``, ``CheckCancelled``, and ``TimeoutError`` when it takes longer than ``timeout_s``.
        """
        deadline = time.monotonic() + timeout_s
        path, tag = f"/runs/{run_id}", ""
        while True:
            response = self._transport.request("GET", path, headers={"If-None-Match": tag} if tag else {})
            if response.status != 304:
                tag = response.headers.get("ETag", "")
                run = read(Run, response.json())
                if on_progress:
                    on_progress(run)
                if run.progress is not None and run.progress.is_over:
                    return self._report_of(run)
            if time.monotonic() + poll_s > deadline:
                raise TimeoutError(f"run {run_id} is not over after {timeout_s:.0f} s")
            self._sleep(poll_s)

    def _report_of(self, run: Run) -> Report:
        if run.status == "CANCELLED":
            raise CheckCancelled(run)
        if run.status != "COMPLETED":
            raise CheckFailed(run)
        found = next(iter(self._transport.pages("/reports", {"run_id": run.id})))
        return self.report(found["id"])

    def reports(self, *, video_id: str | None = None, project_id: str | None = None) -> Iterator[Report]:
        query = {"video": video_id, "project": project_id}
        return (read(Report, one) for one in self._transport.pages("/reports", query))

    def report(self, report_id: str) -> Report:
        """With its verdicts."""
        return read(Report, self._transport.get(f"/reports/{report_id}"))

    def findings(
        self,
        report_id: str,
        *,
        severities: Sequence[str] = (),
        categories: Sequence[str] = (),
        action_needed: bool | None = None,
        search: str | None = None,
    ) -> Iterator[Finding]:
        """In time order."""
        query = {
            "severity": list(severities),
            "category": list(categories),
            "action_needed": None if action_needed is None else str(action_needed).lower(),
            "search": search,
            "limit": 200,
        }
        return (read(Finding, one) for one in self._transport.pages(f"/reports/{report_id}/findings", query))

    def download_export(
        self, report_id: str, format_name: str, target: str | Path, *, language: str | None = None
    ) -> Path:
        """``format_name``: pdf, html, json, csv, xlsx. ``target`` is there whole or not at all."""
        path = Path(target)
        partial = path.with_name(path.name + ".part")
        response = self._transport.request(
            "GET", f"/reports/{report_id}/exports/{format_name}", query={"language": language}, stream=True
        )
        try:
            with partial.open("wb") as file:
                for chunk in response.stream(CHUNK_BYTES):
                    file.write(chunk)
            partial.replace(path)
        except HTTPError as error:
            raise ServiceUnreachable("the line broke in the middle of the file; ask for it again") from error
        finally:
            response.release_conn()
            partial.unlink(missing_ok=True)
        return path

    def share(self, report_id: str, *, lifetime_days: int = 14, note: str = "", with_video: bool = True) -> ShareLink:
        body = {"lifetime_days": lifetime_days, "note": note, "with_video": with_video}
        return read(ShareLink, self._transport.post(f"/reports/{report_id}/share-links", body))

    def revoke_share(self, link_id: str) -> None:
        self._transport.json("DELETE", f"/share-links/{link_id}")

    def create_webhook(self, project_id: str, url: str, events: Sequence[str] = ()) -> WebhookWithSecret:
        """Without ``events``, for all of them. Keep the secret: it is shown this once."""
        body = {"url": url, "events": list(events)} if events else {"url": url}
        return read(WebhookWithSecret, self._transport.post(f"/projects/{project_id}/webhooks", body))

    def delete_webhook(self, webhook_id: str) -> None:
        self._transport.json("DELETE", f"/webhooks/{webhook_id}")
