"""What ``docs/API.md`` tells people to do works as it stands."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from live_server import Site
from standardwebhooks import Webhook

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "API.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)


def test_the_walk_through_works(site: Site, tmp_path: Path) -> None:
    film = tmp_path / "episode.mp4"
    film.write_bytes(bytes(range(256)) * 70_000)
    script = "set -euo pipefail\n" + "\n".join(blocks("sh"))
    worker = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("live_site.py")), "finish_next"],
        env=site.environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=tmp_path,
            env={**site.environment, "HOST": site.url, "TOKEN": site.token, "FILE": str(film)},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    finally:
        worker.terminate()
        worker.wait()

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert "COMPLETED" in done.stdout
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_the_signature_is_checked_as_shown() -> None:
    names: dict[str, object] = {}
    exec(blocks("python")[0], names)  # noqa: S102 - our own page
    secret, now = "whsec_c2VjcmV0IG9mIHRoaXMgdGVzdA==", datetime.now(tz=UTC)
    headers = {
        "webhook-id": "m1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign("m1", now, "{}"),
    }

    assert names["is_genuine"](secret, headers, b"{}")
    assert not names["is_genuine"](secret, headers, b"[]")
