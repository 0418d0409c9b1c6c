"""Commands of the product, run as processes."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from product import Product


@pytest.fixture
def product(tmp_path: Path) -> Product:
    return Product(tmp_path / "установка с пробелом")
