"""Check a video and keep its report.

export COMPLIANCE_URL=http://127.0.0.1:8000 COMPLIANCE_TOKEN=aica_...
python check_video.py episode-12.mp4 report.pdf
"""

from __future__ import annotations

import os
import sys

from compliance_client import ApiError, CheckFailed, Client, Run, ServiceUnreachable

PROJECT = "From the example"


def main(video_path: str, report_path: str) -> int:
    """0 when nothing needs action, 1 when something does, 3 when the check did not come to an end."""
    with Client(os.environ["COMPLIANCE_URL"], os.environ["COMPLIANCE_TOKEN"]) as client:
        try:
            return check(client, video_path, report_path)
        except (ApiError, CheckFailed, ServiceUnreachable) as error:
            print(error, file=sys.stderr)
            return 3


def check(client: Client, video_path: str, report_path: str) -> int:
    named = (one for one in client.projects(search=PROJECT) if one.yours and one.name == PROJECT)
    project = next(named, None) or client.create_project(PROJECT)
    video = client.upload(project.id, video_path, on_progress=show_upload)
    run = client.start_run(video.id)
    report = client.wait_for_report(run.id, on_progress=show_check)
    for verdict in report.verdicts:
        print(f"{verdict.title}: {verdict.outcome_title}")
    for finding in client.findings(report.id, action_needed=True):
        print(f"{finding.start_s:9.1f} s  {finding.severity:8}  {finding.title}")
    client.download_export(report.id, "pdf", report_path)
    return 1 if report.action_count else 0


def show_upload(received: int, total: int) -> None:
    print(f"sent {received / total:.0%}", file=sys.stderr)


def show_check(run: Run) -> None:
    if run.progress is not None:
        print(f"{run.status.lower()} {run.progress.fraction:.0%}", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: check_video.py VIDEO REPORT.pdf")
    sys.exit(main(sys.argv[1], sys.argv[2]))
