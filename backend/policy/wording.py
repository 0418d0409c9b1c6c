"""Says a trace in Russian and in English: what was noticed, which thresholds it passed, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from evidence import Modality
from policy.judgement import LocalisedText
from policy.label_titles import LABEL_TITLES, PLACES
from policy.showing import PartSeen, PartState
from policy.trace import AbsentStep, SeenStep, Trace

Item = TypeVar("Item")


def rounded_score(score: float) -> float:
    """A score to two digits, never rounded up to certainty; a stored score has four digits, so it is rounded there
    first."""
    return min(round(round(score, 4), 2), 1.0 if score >= 1 else 0.99)


def why(trace: Trace, answer: LocalisedText | None) -> LocalisedText:
    """``answer`` is what an operator said to the rule's question, if anything."""
    return LocalisedText(_reason(trace, answer, _Russian()), _reason(trace, answer, _English()))


class _Russian:
    language = "ru"
    seen, beside = "Замечено", "Рядом"
    absent, absent_here = "Рядом (до {}) не найдено", "В этой же сцене не найдено"
    shown, missing, answered = "Показано", "Не хватает", "Ответ оператора"
    confidence, threshold, at_least = "уверенность до", "порог", "порог уверенности {}"
    quotes = "«{}»"
    not_found, damaged, too_short = "нет", "с искажением: утрачен регистр букв или недопустимые знаки", "видно {} из {}"
    apart = "отдельно от остальных частей"

    def number(self, value: float, digits: int) -> str:
        return f"{value:.{digits}f}".replace(".", ",")

    def seconds(self, value: float) -> str:
        return f"{self.number(value, 1)} с"

    def times(self, count: int) -> str:
        few = count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14)
        return f"{count} {'раза' if few else 'раз'}"


class _English:
    language = "en"
    seen, beside = "Noticed", "Nearby"
    absent, absent_here = "Not found nearby (up to {})", "Not found in the same scene"
    shown, missing, answered = "Shown", "Missing", "Operator's answer"
    confidence, threshold, at_least = "confidence up to", "threshold", "confidence threshold {}"
    quotes = '"{}"'
    not_found, damaged, too_short = (
        "none",
        "distorted: letter case lost or characters not allowed",
        "visible for {} of {}",
    )
    apart = "apart from the other parts"

    def number(self, value: float, digits: int) -> str:
        return f"{value:.{digits}f}"

    def seconds(self, value: float) -> str:
        return f"{self.number(value, 1)} s"

    def times(self, count: int) -> str:
        return "once" if count == 1 else f"{count} times"


_Language = _Russian | _English


def _reason(trace: Trace, answer: LocalisedText | None, language: _Language) -> str:
    def step(seen: SeenStep) -> str:
        return _step(seen, language)

    sentences = [_sentence(language.seen, trace.seen, step), _sentence(language.beside, trace.beside, step)]
    near = language.absent.format(language.seconds(trace.absent_within_s))
    absent_title = near if trace.absent_within_s else language.absent_here
    sentences.append(_sentence(absent_title, trace.absent, lambda absent: _absent(absent, language)))
    shown = [part for part in trace.parts if part.state is PartState.SHOWN]
    missing = [part for part in trace.parts if part.state is not PartState.SHOWN]
    sentences.append(_sentence(language.shown, shown, lambda part: _part(part, language)))
    sentences.append(_sentence(language.missing, missing, lambda part: _part(part, language)))
    if answer is not None:
        sentences.append(f"{language.answered}: {answer.in_language(language.language)}.")
    return " ".join(filter(None, sentences))


def _sentence(title: str, items: Sequence[Item], say: Callable[[Item], str]) -> str:
    return f"{title}: {'; '.join(map(say, items))}." if items else ""


def _step(step: SeenStep, language: _Language) -> str:
    """What is said or written is counted; what is seen lasts."""
    name = LABEL_TITLES[step.label].in_language(language.language)
    place = PLACES[step.modality].in_language(language.language)
    quotes = ", ".join(language.quotes.format(said) for said in step.quotes if not _names(name, said))
    counted = step.modality in (Modality.SPEECH, Modality.TEXT)
    amount = language.times(step.count) if counted else language.seconds(step.seconds)
    score = language.number(rounded_score(step.best_score), 2)
    needed = step.passed
    if needed is not None and needed.min_seconds > 0:
        amount += f" ({language.threshold} {language.seconds(needed.min_seconds)})"
    elif needed is not None and needed.min_count > 1 and counted:
        amount += f" ({language.threshold} {needed.min_count})"
    if needed is not None and needed.min_score > 0:
        score += f" ({language.threshold} {language.number(needed.min_score, 2)})"
    return f"{' '.join(filter(None, (name, quotes, place)))} — {amount}, {language.confidence} {score}"


def _names(title: str, said: str) -> bool:
    """A title such as "the word «Реклама»" already quotes what was said."""
    return f"«{said}»".casefold() in title.casefold()


def _absent(absent: AbsentStep, language: _Language) -> str:
    title = absent.title.in_language(language.language)
    if absent.look is None or not absent.look.min_score:
        return title
    return f"{title} ({language.at_least.format(language.number(absent.look.min_score, 2))})"


def _part(seen: PartSeen, language: _Language) -> str:
    title = seen.part.title.in_language(language.language)
    match seen.state:
        case PartState.SHOWN:
            return f"{title} — {language.seconds(seen.seconds)}"
        case PartState.TOO_SHORT:
            visible = language.too_short.format(language.seconds(seen.seconds), language.seconds(seen.needed_s))
            return f"{title} — {visible}"
        case PartState.APART:
            return f"{title} — {language.apart}"
        case PartState.DAMAGED:
            return f"{title} — {language.damaged}"
        case PartState.MISSING:
            return f"{title} — {language.not_found}"
