"""What one run found out about a video, apart from any policy: enough to judge it again without models or the video."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from evidence import Label, Observation, VideoFacts
from pipeline.facts import DetectionFacts, detection_from_json, video_facts_from_json, video_facts_to_json
from pipeline.failures import MISSING_WEIGHTS
from pipeline.job import Job, SettledStep
from pipeline.observation_log import ObservationLogDamaged, read_observations
from pipeline.step_names import VALIDATE, detector_of
from reports import document
from reports.coverage import Coverage, DetectorCoverage, DetectorStatus

FORMAT = "compliance-analysis/1"


class AnalysisUnreadable(Exception):
    """The folder holds no finished analysis, or one that was damaged."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """``observation_files`` are names inside the run's ``observations`` folder; ``thresholds`` are the least scores by
    category group that it is judged under."""

    video_name: str
    facts: VideoFacts
    coverage: Coverage
    speech_language: str | None
    timing: document.Timing
    created_at: datetime
    observation_files: tuple[str, ...]
    thresholds: Mapping[str, float]

    @property
    def completed_detectors(self) -> frozenset[str]:
        return frozenset(seen.name for seen in self.coverage.detectors if not seen.status.leaves_a_gap)

    def observations(self, kept: Path) -> list[Observation]:
        """Everything that was seen and heard, from the run's folder. Raises ``AnalysisUnreadable``."""
        found: list[Observation] = []
        try:
            for name in self.observation_files:
                found.extend(read_observations(kept / "observations" / name))
        except (OSError, ObservationLogDamaged) as error:
            raise AnalysisUnreadable(str(error)) from error
        return found


def analysis_of(job: Job, models: Mapping[str, str], created_at: datetime) -> Analysis:
    """Gather what the finished steps left. ``models`` names every detector of the pipeline with its model."""
    detected = {name: step for step_name, step in job.settled.items() if (name := detector_of(step_name)) is not None}
    finished = {name: detection_from_json(step.facts) for name, step in detected.items() if step.error is None}
    readings = [facts.reading for facts in finished.values() if facts.reading is not None]
    heard = _heard(job, finished.get("speech"))
    coverage = Coverage.of(
        frames_looked_at=max((reading.frames_looked_at for reading in readings), default=0),
        frames_analysed=max((reading.frames_analysed for reading in readings), default=0),
        speech_confidence=_mean_confidence(heard),
        speech_s=round(_covered_s((seen.span.start_s, seen.span.end_s) for seen in heard), 3)
        if "speech" in finished
        else None,
        detectors=tuple(
            DetectorCoverage(
                name=name,
                model=model,
                status=_status(detected[name], finished.get(name)),
                seconds=finished[name].busy_s if name in finished else 0.0,
            )
            for name, model in models.items()
        ),
    )
    return Analysis(
        video_name=job.workspace.video_name,
        facts=video_facts_from_json(job.settled[VALIDATE].facts),
        coverage=coverage,
        speech_language=_main_language(heard),
        timing=_timing(job.settled),
        created_at=created_at,
        observation_files=tuple(facts.file for facts in finished.values()),
        thresholds=dict(job.workspace.thresholds),
    )


def save_analysis(analysis: Analysis, path: Path) -> None:
    """All or nothing. Raises ``OSError``."""
    stored = {
        "format": FORMAT,
        "video_name": analysis.video_name,
        "facts": video_facts_to_json(analysis.facts),
        "coverage": asdict(analysis.coverage),
        "speech_language": analysis.speech_language,
        "timing": asdict(analysis.timing),
        "created_at": analysis.created_at.isoformat(),
        "observation_files": list(analysis.observation_files),
        "thresholds": dict(analysis.thresholds),
    }
    unfinished = path.with_suffix(".tmp")
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(stored, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def load_analysis(path: Path) -> Analysis:
    """Raises ``AnalysisUnreadable`` when the file is absent, of another format, or damaged."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["format"] != FORMAT:
            raise AnalysisUnreadable(f"format {stored['format']}")
        return Analysis(
            video_name=str(stored["video_name"]),
            facts=video_facts_from_json(stored["facts"]),
            coverage=_coverage(stored["coverage"]),
            speech_language=stored["speech_language"],
            timing=document.Timing(
                total_s=float(stored["timing"]["total_s"]),
                steps=tuple(document.StepTiming(**step) for step in stored["timing"]["steps"]),
            ),
            created_at=datetime.fromisoformat(stored["created_at"]),
            observation_files=tuple(Path(name).name for name in stored["observation_files"]),
            thresholds={str(group): float(least) for group, least in stored.get("thresholds", {}).items()},
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise AnalysisUnreadable(str(error)) from error


def _coverage(stored: dict[str, Any]) -> Coverage:
    detectors = tuple(
        DetectorCoverage(
            name=seen["name"],
            model=seen["model"],
            status=DetectorStatus(seen["status"]),
            seconds=float(seen["seconds"]),
        )
        for seen in stored["detectors"]
    )
    return Coverage(**{**stored, "detectors": detectors})


def _status(step: SettledStep, facts: DetectionFacts | None) -> DetectorStatus:
    if step.error == MISSING_WEIGHTS:
        return DetectorStatus.MISSING
    if facts is None:
        return DetectorStatus.FAILED
    if facts.nothing_to_read:
        return DetectorStatus.NOTHING_TO_READ
    return DetectorStatus.COMPLETED if facts.complete else DetectorStatus.PARTIAL


def _timing(settled: Mapping[str, SettledStep]) -> document.Timing:
    """``total_s`` counts the time in which any step worked: a pause between a kill and a resume is not work."""
    spans = [(step.started_at.timestamp(), step.finished_at.timestamp()) for step in settled.values()]
    return document.Timing(
        total_s=round(_covered_s(spans), 3),
        steps=tuple(
            document.StepTiming(name, round((step.finished_at - step.started_at).total_seconds(), 3))
            for name, step in settled.items()
        ),
    )


def _covered_s(spans: Iterable[tuple[float, float]]) -> float:
    """Seconds that lie in at least one of the spans."""
    total_s, reached_s = 0.0, float("-inf")
    for start_s, end_s in sorted(spans):
        total_s += max(0.0, end_s - max(start_s, reached_s))
        reached_s = max(reached_s, end_s)
    return total_s


def _heard(job: Job, speech: DetectionFacts | None) -> list[Observation]:
    if speech is None:
        return []
    seen = read_observations(job.workspace.directory.kept / "observations" / speech.file)
    return [heard for heard in seen if heard.label is Label.SPEECH_SEGMENT]


def _mean_confidence(heard: Iterable[Observation]) -> float | None:
    words = [word.probability for segment in heard for word in segment.words]
    return round(sum(words) / len(words), 3) if words else None


def _main_language(heard: Iterable[Observation]) -> str | None:
    """The language that was spoken longest."""
    spoken_s: dict[str, float] = defaultdict(float)
    for segment in heard:
        if segment.language:
            spoken_s[segment.language] += segment.span.duration_s
    return max(spoken_s, key=lambda language: spoken_s[language], default=None)
