"""A checkout of the project that a test may configure."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Project:
    """A checkout in a folder with spaces and Cyrillic letters; nothing of this process's environment reaches it."""

    root: Path

    def run(
        self,
        command: Sequence[str | Path],
        environ: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stdin: str | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Runs a command in the checkout with this environment and the PATH alone."""
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd or self.root,
            env={"PATH": os.environ["PATH"], **(environ or {})},
            capture_output=True,
            input=stdin,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    def validate(
        self, environ: Mapping[str, str], *options: str, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Runs the validator as the documentation says."""
        script = self.root / "backend" / "compliance_app" / "config_validator.py"
        return self.run([sys.executable, *options, script], environ, cwd)

    def manage(self, environ: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs Django's command line."""
        return self.run([sys.executable, self.root / "backend" / "manage.py", *arguments], environ)
