"""What three packs say about the sample video, written out by hand."""

from __future__ import annotations

from datetime import date

from evidence import Category, Severity, Span
from policy.judgement import (
    Alternative,
    Citation,
    EffectivePeriod,
    Fix,
    Human,
    Judgement,
    LocalisedText,
    Question,
    Trigger,
)

IN_FORCE = EffectivePeriod(date(2022, 9, 1), None)


def text(ru: str, en: str) -> LocalisedText:
    return LocalisedText(ru, en)


ART_10 = Citation(
    text("436-ФЗ", "Federal Law 436-FZ"),
    "ст. 10",
    text("Нецензурная брань допустима только в продукции для взрослых.", "Obscene language is for adults only."),
    "https://www.consultant.ru/document/cons_doc_LAW_108808/",
)
ART_18_1 = Citation(
    text("38-ФЗ «О рекламе»", "Federal Law 38-FZ On Advertising"),
    "ст. 18.1",
    text(
        "Реклама в интернете должна содержать пометку «Реклама», сведения о рекламодателе и идентификатор erid.",
        "Online advertising must carry the word «Реклама», the advertiser and an erid token.",
    ),
)


def trigger(
    name: str,
    pack: str,
    rule: str,
    title: LocalisedText,
    category: Category,
    severity: Severity,
    span: tuple[float, float],
    score: float,
    why: LocalisedText,
    ids: tuple[str, ...],
    *,
    outcome: str | None = None,
    cite: Citation = ART_10,
    fixes: tuple[Fix, ...] = (),
    question: Question | None = None,
    human: Human = Human.AUTO,
    action_needed: bool = True,
    beside: tuple[str, ...] = (),
) -> Trigger:
    return Trigger(
        id=name, pack=pack, rule=rule, title=title, category=category, severity=severity, span=Span(*span), score=score,
        outcome=outcome, action_needed=action_needed, human=human, why=why, cite=cite, fixes=fixes, question=question,
        observation_ids=ids, beside_ids=beside,
    )  # fmt: skip


def age_judgement() -> Judgement:
    obscene = trigger(
        "a1", "ru-436fz", "obscene-speech", text("Мат в речи", "Obscene words in speech"), Category.LANGUAGE_OBSCENE,
        Severity.CRITICAL, (124.3, 129.3), 0.97,
        text("Нецензурное слово в речи 2 раза за 5 с.", "An obscene word in speech, 2 times in 5 s."),
        ("obscene-1", "obscene-2"), outcome="18+", fixes=(Fix.BLEEP, Fix.MUTE, Fix.CUT),
    )  # fmt: skip
    rude = trigger(
        "a2", "ru-436fz", "rude-speech", text("Грубость в речи", "Rude words in speech"), Category.LANGUAGE_RUDE,
        Severity.MEDIUM, (330.0, 330.4), 0.81, text("Грубое слово в речи.", "A rude word in speech."), ("rude-1",),
        outcome="16+", fixes=(Fix.BLEEP,),
    )  # fmt: skip
    alcohol = trigger(
        "a3", "ru-436fz", "alcohol-visible", text("Бокал в кадре", "A wine glass in frame"), Category.ALCOHOL_VISIBLE,
        Severity.LOW, (432.0, 438.2), 0.712,
        text("Бокал в кадре 6,2 с подряд.", "A wine glass in frame for 6.2 s."),
        ("glass-1",), outcome="12+", fixes=(Fix.BLUR, Fix.CUT), human=Human.REQUIRED,
        question=Question(
            "alcohol-use", text("Кто-нибудь пьёт алкоголь в этой сцене?", "Does anybody drink alcohol here?"),
            (("no", "12+"), ("yes", "16+")),
            (text("нет, бокал просто стоит на столе рядом с собеседником", "no, it only stands there"),
             text("да", "yes")),
        ),
    )  # fmt: skip
    firearm = trigger(
        "a4", "ru-436fz", "firearm", text("Похоже на оружие", "Looks like a firearm"), Category.WEAPON_FIREARM,
        Severity.INFO, (655.0, 657.0), 0.44, text("Похоже на огнестрельное оружие.", "Looks like a firearm."),
        ("firearm-1",), action_needed=False,
    )  # fmt: skip
    ages = tuple((f"{age}+", text(f"{age}+", f"{age}+")) for age in (0, 6, 12, 16, 18))
    return Judgement(
        pack="ru-436fz", version="1.2.0", digest="4be1" * 16, title=text("Возрастная маркировка", "Age rating"),
        effective=IN_FORCE, checked_on=date(2026, 11, 1), outcome="18+", outcome_title=text("18+", "18+"),
        outcome_titles=ages, because=("a1",),
        alternative=Alternative(("a1",), 1, 5.0, "16+"), triggers=(obscene, rude, alcohol, firearm),
        blind_to=("safety",),
    )  # fmt: skip


def ads_judgement() -> Judgement:
    unlabelled = trigger(
        "b1", "ru-ads", "window-unlabelled", text("Реклама без маркировки", "Unlabelled advertising"),
        Category.AD_UNLABELLED, Severity.HIGH, (258.0, 266.5), 0.93,
        text(
            "Промокод, призыв и ссылка в пределах 9 с. Нет слова «Реклама», рекламодателя и erid.",
            "A promo code, a call and a link within 9 s. No «Реклама», no advertiser, no erid.",
        ),
        ("call-1", "link-1", "promo-1"), outcome="unlabelled", cite=ART_18_1, fixes=(Fix.ADD_MARK, Fix.CUT),
    )  # fmt: skip
    labelled = trigger(
        "b2", "ru-ads", "window-labelled", text("Реклама с маркировкой", "Labelled advertising"),
        Category.AD_LABELLED, Severity.INFO, (579.0, 598.0), 0.95,
        text("Слово «Реклама», рекламодатель и erid читались 19 с.", "All three parts were readable for 19 s."),
        ("erid-1", "mark-said"), outcome="labelled", cite=ART_18_1, action_needed=False,
    )  # fmt: skip
    titles = (
        ("none", text("Рекламы не найдено", "No advertising found")),
        ("labelled", text("Реклама промаркирована", "Advertising is labelled")),
        ("incomplete", text("Маркировка неполная", "The label is incomplete")),
        ("unlabelled", text("Есть реклама без маркировки", "There is unlabelled advertising")),
    )
    return Judgement(
        pack="ru-ads", version="1.0.3", digest="77aa" * 16, title=text("Маркировка рекламы", "Advertising label"),
        effective=IN_FORCE, checked_on=date(2026, 11, 1), outcome="unlabelled",
        outcome_title=dict(titles)["unlabelled"], outcome_titles=titles, because=("b1",),
        alternative=Alternative(("b1",), 1, 8.5, "labelled"),
        triggers=(unlabelled, labelled), blind_to=(),
    )  # fmt: skip


def health_judgement() -> Judgement:
    glass = trigger(
        "c1", "ru-health", "alcohol-warning", text("Алкоголь без предупреждения", "Alcohol without a warning"),
        Category.ALCOHOL_VISIBLE, Severity.MEDIUM, (432.0, 438.2), 0.712,
        text("Бокал в кадре, предупреждающей надписи нет.", "A wine glass in frame and no warning card."), ("glass-1",),
        outcome="warnings_required", fixes=(Fix.ADD_WARNING,), human=Human.SAMPLE,
    )  # fmt: skip
    titles = (
        ("none", text("Ничего не требуется", "Nothing needed")),
        ("warnings_required", text("Нужны предупреждения", "Warnings are required")),
    )
    return Judgement(
        pack="ru-health", version="1.0.0", digest="c0de" * 16,
        title=text("Предупреждения о вреде", "Health warnings"), effective=IN_FORCE, checked_on=date(2026, 10, 20),
        outcome="warnings_required", outcome_title=dict(titles)["warnings_required"], outcome_titles=titles,
        because=("c1",), alternative=Alternative(("c1",), 1, 6.2, "none"), triggers=(glass,), blind_to=(),
    )  # fmt: skip


def judgements() -> tuple[Judgement, ...]:
    return age_judgement(), ads_judgement(), health_judgement()
