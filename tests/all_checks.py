"""``./compliance test``: style, types, architecture, migrations, then the tests. With arguments: pytest with them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CHECKS: tuple[tuple[str, list[str]], ...] = (
    ("format", ["-m", "ruff", "format", "--check", "--quiet", "."]),
    ("lint", ["-m", "ruff", "check", "--quiet", "."]),
    ("types", ["-m", "mypy"]),
    ("imports", ["-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"]),
    ("migrations", ["backend/manage.py", "makemigrations", "--check", "--dry-run"]),
    ("tests", ["-m", "pytest", "-n", "auto"]),
)


def main(pytest_arguments: list[str]) -> int:
    """Run every check even after a failure: all that is wrong in one go. Returns 0 or 1."""
    environment = {**os.environ, "DJANGO_ENV": "development", "PYTHONPATH": str(ROOT / "backend")}
    checks = [("tests", ["-m", "pytest", *pytest_arguments])] if pytest_arguments else CHECKS
    failed = []
    for name, arguments in checks:
        started = time.monotonic()
        code = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=False).returncode
        print(f"{name}: {'ok' if code == 0 else 'FAILED'} ({time.monotonic() - started:.0f} s)", flush=True)  # noqa: T201
        if code != 0:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}")  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
