from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from detector_material import MODELS

from detectors import objects, speech, text
from detectors.protocol import DetectorSettings, DetectorSpec
from detectors.registry import all_detectors
from detectors.weights import MissingWeights, Problem, Weights, WheelPart, locate, state

ALL_WEIGHTS = sorted({weights for spec in all_detectors() for weights in spec.weights}, key=lambda one: one.file_name)
WHISPER = next(weights for weights in speech.WEIGHTS if weights.file_name.endswith("model.bin"))


def problem_of(weights: Weights, models_dir: Path, cache_dir: Path) -> Problem:
    with pytest.raises(MissingWeights) as missing:
        locate(weights, models_dir, cache_dir)
    assert missing.value.file_name == weights.file_name
    assert state(weights, models_dir, cache_dir).problem in (missing.value.problem, None)
    return missing.value.problem


@pytest.mark.parametrize("weights", ALL_WEIGHTS, ids=lambda weights: weights.file_name)
def test_every_file_is_there_and_has_its_licence(weights: Weights, cache_dir: Path) -> None:
    path = locate(weights, MODELS, cache_dir)

    assert path.stat().st_size == weights.size_bytes
    assert state(weights, MODELS, cache_dir).problem is None
    assert (MODELS / weights.licence_file).read_text(encoding="utf-8").strip()


def test_the_list_of_checksums_beside_the_files_says_the_same() -> None:
    lines = (MODELS / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: checksum for checksum, name in (line.split() for line in lines)}

    assert listed == {weights.file_name: weights.sha256 for weights in ALL_WEIGHTS if not weights.parts}


def test_the_readme_of_the_models_names_every_file() -> None:
    readme = (MODELS / "README.md").read_text(encoding="utf-8")

    assert [weights.file_name for weights in ALL_WEIGHTS if weights.file_name not in readme] == []


def test_an_absent_file(tmp_path: Path) -> None:
    assert problem_of(objects.WEIGHTS, tmp_path, tmp_path) is Problem.ABSENT


def test_one_flipped_bit(tmp_path: Path) -> None:
    damaged = bytearray((MODELS / objects.WEIGHTS.file_name).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / objects.WEIGHTS.file_name).write_bytes(damaged)

    assert problem_of(objects.WEIGHTS, tmp_path, tmp_path) is Problem.WRONG_CHECKSUM


def test_a_truncated_file(tmp_path: Path) -> None:
    whole = (MODELS / objects.WEIGHTS.file_name).read_bytes()
    (tmp_path / objects.WEIGHTS.file_name).write_bytes(whole[:1000])

    assert problem_of(objects.WEIGHTS, tmp_path, tmp_path) is Problem.WRONG_CHECKSUM


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / objects.WEIGHTS.file_name).mkdir()
    size = (tmp_path / objects.WEIGHTS.file_name).stat().st_size

    assert problem_of(replace(objects.WEIGHTS, size_bytes=size), tmp_path, tmp_path) is Problem.UNREADABLE


@pytest.mark.parametrize("spec", [spec for spec in all_detectors() if spec.weights], ids=lambda spec: spec.name)
def test_a_detector_without_its_weights_is_missing_not_silent(spec: DetectorSpec, tmp_path: Path) -> None:
    if any(not weights.parts for weights in spec.weights):
        settings = DetectorSettings(models_dir=tmp_path, cache_dir=tmp_path)
    else:
        blocked = tmp_path / "a file where the cache folder should be"
        blocked.write_text("")
        settings = DetectorSettings(models_dir=MODELS, cache_dir=blocked)

    with pytest.raises(MissingWeights):
        spec.make(settings)


@pytest.mark.parametrize("content", [b"", b"not a model", b"\x08\x07" + bytes(range(256)) * 50])
def test_a_model_that_its_engine_refuses_is_missing(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.onnx").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    broken = replace(objects.WEIGHTS, file_name="broken.onnx", sha256=digest, size_bytes=len(content))
    monkeypatch.setattr(objects, "WEIGHTS", broken)

    with pytest.raises(MissingWeights) as missing:
        objects.SPEC.make(DetectorSettings(models_dir=tmp_path, cache_dir=tmp_path))
    assert missing.value.problem is Problem.UNREADABLE


def test_language_data_that_tesseract_refuses_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(MODELS, tmp_path / "models")
    (tmp_path / "models" / text.RUSSIAN.file_name).write_bytes(b"nonsense")
    digest = hashlib.sha256(b"nonsense").hexdigest()
    monkeypatch.setattr(text, "RUSSIAN", replace(text.RUSSIAN, sha256=digest, size_bytes=8))

    with pytest.raises(MissingWeights) as missing:
        text.SPEC.make(DetectorSettings(models_dir=tmp_path / "models", cache_dir=tmp_path))
    assert missing.value.problem is Problem.UNREADABLE


def test_a_wheel_that_is_not_installed(tmp_path: Path) -> None:
    homeless = replace(WHISPER, parts=(WheelPart("no-such-distribution-anywhere", "model.bin"),))

    assert problem_of(homeless, MODELS, tmp_path) is Problem.ABSENT


def test_wheels_with_another_content(tmp_path: Path) -> None:
    swapped = replace(WHISPER, parts=tuple(reversed(WHISPER.parts)))

    assert problem_of(swapped, MODELS, tmp_path) is Problem.WRONG_CHECKSUM
    assert list(tmp_path.iterdir()) == []


def test_a_cache_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert problem_of(WHISPER, MODELS, tmp_path / "file") is Problem.CACHE_UNWRITABLE


def test_a_file_that_is_joined_later_is_usable_now(tmp_path: Path) -> None:
    before = state(WHISPER, MODELS, tmp_path)
    assert (before.problem, before.assembled, list(tmp_path.iterdir())) == (None, False, [])

    locate(WHISPER, MODELS, tmp_path)

    assert state(WHISPER, MODELS, tmp_path).assembled


def test_what_a_killed_process_left_and_what_rotted_is_replaced(tmp_path: Path) -> None:
    vocabulary = next(weights for weights in speech.WEIGHTS if weights.file_name.endswith("vocabulary.txt"))
    path = tmp_path / vocabulary.file_name
    path.parent.mkdir()
    path.write_bytes(b"rotten")
    path.with_name(path.name + ".partial").write_bytes(b"half")

    locate(vocabulary, MODELS, tmp_path)

    assert hashlib.sha256(path.read_bytes()).hexdigest() == vocabulary.sha256
    assert sorted(found.name for found in path.parent.iterdir()) == [".lock", path.name]


def test_two_processes_join_at_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from detectors import speech; from detectors.weights import locate;"
        "print(*[locate(weights, Path(), Path(sys.argv[1])) for weights in speech.WEIGHTS])"
    )
    environment = {**os.environ, "PYTHONPATH": str(MODELS.parent / "backend")}
    command = [sys.executable, "-c", program, str(tmp_path)]
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(2)]
    outputs = [process.communicate(timeout=120)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert outputs[0] == outputs[1]
    assert sorted(found.name for found in (tmp_path / "whisper-base").iterdir()) == [
        ".lock", "config.json", "model.bin", "tokenizer.json", "vocabulary.txt",
    ]  # fmt: skip
