"""Putting a report together from what was seen and what the packs say. Pure: same input, same document."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext

from evidence import Label, Observation, VideoFacts
from policy.judgement import Judgement, Question, Trigger
from reports import document, wording
from reports.coverage import Coverage
from reports.document import VERSION, Language, ReportDocument
from reports.exhibits import Exhibit, SpokenWords, by_id, pictured
from reports.printable import printable
from reports.product import NAME


def build_report(
    *,
    file_name: str,
    facts: VideoFacts,
    coverage: Coverage,
    judgements: Sequence[Judgement],
    observations: Sequence[Observation],
    stills: Mapping[float, bytes],
    language: Language,
    speech_language: str | None,
    timing: document.Timing,
    created_at: datetime,
    product_version: str,
) -> ReportDocument:
    """The whole report in one language.

    ``observations`` are everything that was seen and heard, stored (each has its id). ``stills`` maps the moments of
    ``exhibits.frames_wanted`` to JPEG bytes; a moment that could not be read is simply absent. ``created_at`` is aware;
    its day is the one on which packs are or are not in force.
    Raises ``ValueError`` when two findings carry the same id or ``created_at`` is naive.
    """
    if created_at.tzinfo is None:
        raise ValueError("a report needs an aware time")
    finder = _Findings(judgements, observations, stills, language)
    findings = tuple(
        sorted(
            (finding for judgement in judgements for finding in finder.of(judgement)),
            key=lambda finding: (finding.start_s, -finding.severity.rank, finding.end_s, finding.pack, finding.id),
        )
    )
    if len({finding.id for finding in findings}) != len(findings):
        raise ValueError("two findings carry the same id")
    with translation.override(language):
        disclaimer = gettext(
            "Advice with a source, not legal counsel. A machine proposes, a person decides. "
            "What was not checked is listed under “What was checked”."
        )
        never_checked = wording.never_checked()
    return ReportDocument(
        version=VERSION,
        product=document.Product(NAME, product_version),
        created_at=created_at,
        language=language,
        disclaimer=disclaimer,
        video=document.Video(
            name=printable(file_name),
            sha256=facts.sha256,
            size_bytes=facts.size_bytes,
            duration_s=round(facts.duration_s, 3),
            width=facts.width,
            height=facts.height,
            fps=round(facts.fps, 3),
        ),
        coverage=coverage,
        never_checked=never_checked,
        verdicts=tuple(_verdict(judgement, created_at.date(), language) for judgement in judgements),
        findings=findings,
        transcript=_transcript(observations, speech_language),
        timing=timing,
    )


class _Findings:
    """Turns triggers into findings with their evidence."""

    def __init__(
        self,
        judgements: Sequence[Judgement],
        observations: Sequence[Observation],
        stills: Mapping[float, bytes],
        language: Language,
    ) -> None:
        self._observations = by_id(observations)
        self._moments = pictured(judgements, self._observations)
        self._pictures = {moment: _data_uri(jpeg) for moment, jpeg in stills.items()}
        self._spoken = SpokenWords(observations)
        self._language = language

    def of(self, judgement: Judgement) -> Iterable[document.Finding]:
        outcomes = _titles(judgement, self._language)
        return (self._finding(trigger, outcomes) for trigger in judgement.triggers)

    def _finding(self, trigger: Trigger, outcomes: Mapping[str, str]) -> document.Finding:
        exhibit = Exhibit.of(trigger, self._observations)
        lead = exhibit.lead
        cite = trigger.cite
        return document.Finding(
            id=trigger.id,
            category=trigger.category,
            severity=trigger.severity,
            start_s=round(trigger.span.start_s, 3),
            end_s=round(trigger.span.end_s, 3),
            score=round(trigger.score, 4),
            pack=trigger.pack,
            rule=trigger.rule,
            title=trigger.title.in_language(self._language),
            reason=printable(trigger.why.in_language(self._language)),
            cite=document.Citation(
                cite.act.in_language(self._language), cite.article, cite.note.in_language(self._language), cite.url
            ),
            source=document.Source(lead.detector, lead.modality) if lead else None,
            outcome=trigger.outcome,
            outcome_title=None if trigger.outcome is None else outcomes[trigger.outcome],
            action_needed=trigger.action_needed,
            human=trigger.human,
            fixes=trigger.fixes,
            question=_question(trigger.question, outcomes, self._language),
            evidence=self._evidence(trigger, exhibit),
        )

    def _evidence(self, trigger: Trigger, exhibit: Exhibit) -> document.Evidence:
        moment = self._moments.get((trigger.pack, trigger.id))
        box = exhibit.shown.box if exhibit.shown else None
        quoted = exhibit.quoted()
        return document.Evidence(
            frame_s=exhibit.moment_s(trigger) if moment is None else moment,
            thumbnail=None if moment is None else self._pictures.get(moment),
            box=None
            if box is None
            else document.FrameBox(round(box.left, 4), round(box.top, 4), round(box.width, 4), round(box.height, 4)),
            text=printable(quoted.text) if quoted and quoted.text else None,
            context=printable(quoted.context) if quoted and quoted.context else None,
            words=self._spoken.passage(exhibit),
            signals=tuple(_signal(observation) for observation in exhibit.signals()),
            signals_total=len(exhibit.observations),
        )


def _signal(observation: Observation) -> document.Signal:
    return document.Signal(
        detector=observation.detector,
        label=observation.label.value,
        modality=observation.modality,
        score=round(observation.score, 4),
        start_s=round(observation.span.start_s, 3),
        end_s=round(observation.span.end_s, 3),
        text=printable(observation.text) if observation.text else None,
    )


def _titles(judgement: Judgement, language: Language) -> dict[str, str]:
    return {outcome: title.in_language(language) for outcome, title in judgement.outcome_titles}


def _question(question: Question | None, outcomes: Mapping[str, str], language: Language) -> document.Question | None:
    if question is None:
        return None
    answers = tuple(
        document.Answer(answer, title.in_language(language), outcome, outcomes[outcome])
        for (answer, outcome), title in zip(question.outcomes, question.answer_titles, strict=True)
    )
    return document.Question(question.id, question.text.in_language(language), answers)


def _verdict(judgement: Judgement, checked: date, language: Language) -> document.Verdict:
    return document.Verdict(
        pack=judgement.pack,
        version=judgement.version,
        digest=judgement.digest,
        title=judgement.title.in_language(language),
        checked_on=judgement.checked_on,
        effective_from=judgement.effective.begins,
        effective_until=judgement.effective.until,
        in_force=judgement.effective.covers(checked),
        outcome=judgement.outcome,
        outcome_title=judgement.outcome_title.in_language(language),
        because=judgement.because,
        alternative=_alternative(judgement, language),
        blind_to=judgement.blind_to,
    )


def _alternative(judgement: Judgement, language: Language) -> document.VerdictAlternative | None:
    alternative = judgement.alternative
    if alternative is None:
        return None
    return document.VerdictAlternative(
        outcome=alternative.outcome,
        outcome_title=_titles(judgement, language)[alternative.outcome],
        scenes=alternative.scenes,
        duration_s=round(alternative.duration_s, 3),
        without=alternative.without,
    )


def _transcript(observations: Sequence[Observation], speech_language: str | None) -> document.Transcript:
    heard = sorted(
        (observation for observation in observations if observation.label is Label.SPEECH_SEGMENT),
        key=lambda observation: observation.span,
    )
    segments = tuple(
        document.TranscriptSegment(
            start_s=round(segment.span.start_s, 3),
            end_s=round(segment.span.end_s, 3),
            text=printable((segment.text or "").strip()),
            words=tuple(
                document.TranscriptWord(printable(word.text.strip()), round(word.start_s, 3), round(word.end_s, 3))
                for word in segment.words
            ),
        )
        for segment in heard
    )
    return document.Transcript(speech_language if segments else None, segments)


def _data_uri(jpeg: bytes) -> str:
    return "data:image/jpeg;base64," + b64encode(jpeg).decode("ascii")
