from __future__ import annotations

from pathlib import Path

import pytest
from detector_material import MODELS

from detectors.protocol import DetectorSettings


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def settings(cache_dir: Path) -> DetectorSettings:
    return DetectorSettings(models_dir=MODELS, cache_dir=cache_dir)
