"""From the row of a run of the site to everything that its steps need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from detectors.protocol import DetectorSettings
from lexicon import DictionaryInvalid, Lexicon
from pipeline.failures import DICTIONARY_INVALID, PACK_UNUSABLE
from pipeline.installation import detector_settings, limits_from_settings
from pipeline.job import Workspace
from pipeline.models import PipelineRun
from pipeline.run_directory import RunDirectory
from policy.loading import load_packs
from policy.pack_problems import PackInvalid, UnknownPack
from reports.document import Language
from storage.base import ObjectMissing
from storage.registry import open_storage
from videos.installed_packs import pack_dirs

_DICTIONARIES = {"profanity": "profanity_dict", "brands": "brand_dict", "stopwords": "stopwords_dict"}
"""Name in ``ProjectSettings.dictionaries`` → field of ``DetectorSettings``."""


class RunImpossible(Exception):
    """The run cannot even begin; ``code`` is one of ``pipeline.failures``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def workspace_of(run: PipelineRun, directory: RunDirectory) -> Workspace:
    """The project's dictionaries become files of the run. Raises ``RunImpossible``, ``OSError``, ``StorageFailed``."""
    version = run.settings_version
    dictionaries = dict(version.dictionaries) if version is not None else {}
    packs = tuple(run.packs)
    try:
        load_packs(packs, pack_dirs())
    except (UnknownPack, PackInvalid) as error:
        raise RunImpossible(PACK_UNUSABLE) from error
    return Workspace(
        video_path=_video_path(run, directory),
        video_name=run.video.name,
        sha256=run.video.sha256,
        directory=directory,
        limits=limits_from_settings(),
        detector_settings=_with_dictionaries(detector_settings(), dictionaries, directory.kept / "dictionaries"),
        packs=packs,
        pack_dirs=pack_dirs(),
        language=cast(Language, run.language),
        thresholds=dict(version.thresholds) if version is not None else {},
    )


def _video_path(run: PipelineRun, directory: RunDirectory) -> Path:
    """Where the bytes are, or will be brought."""
    key = run.video.storage_key
    try:
        return open_storage().local_path(key) or directory.video(key)
    except ObjectMissing:
        return directory.video(key)


def _with_dictionaries(settings: DetectorSettings, texts: Mapping[str, str], folder: Path) -> DetectorSettings:
    own: dict[str, Path] = {}
    for name, field in _DICTIONARIES.items():
        if texts.get(name):
            folder.mkdir(exist_ok=True)
            own[field] = folder / f"{name}.txt"
            own[field].write_text(texts[name], encoding="utf-8")
    changed = replace(settings, **own)  # type: ignore[arg-type]  # only paths, for fields that are paths
    if own:
        try:
            Lexicon.load(changed.profanity_dict, changed.brand_dict, changed.stopwords_dict)
        except DictionaryInvalid as error:
            raise RunImpossible(DICTIONARY_INVALID) from error
    return changed
