"""The one place where native inference runtimes are imported.

Importing onnxruntime and faster-whisper takes 0.5 s each, and every detector module is imported whenever somebody only
needs the detectors' names (``check --from``, ``models``, the pipeline's table). So an engine asks for its runtime when
it is built, and importing the whole ``detectors`` package stays cheap.
"""

from __future__ import annotations

import importlib
from typing import Any


def runtime(module: str) -> Any:
    """Import a native runtime by name. Raises ``ImportError`` when the installation is broken."""
    return importlib.import_module(module)
