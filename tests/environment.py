"""Loaded before anything else (``-p tests.environment``): tests never read ``.env`` or touch the user's data folder."""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="compliance-tests-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)

os.environ["DJANGO_ENV"] = "development"
os.environ["DATA_DIR"] = _data
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = f"{_data}/hypothesis"
