"""What to call each label in a sentence, and through which sense it was noticed."""

from __future__ import annotations

from collections.abc import Mapping

from evidence import Label, Modality
from policy.judgement import LocalisedText as _Text

LABEL_TITLES: Mapping[Label, _Text] = {
    Label.SPEECH_SEGMENT: _Text("реплика", "utterance"),
    Label.TEXT_LINE: _Text("строка текста", "line of text"),
    Label.TEXT_QR: _Text("QR-код", "QR code"),
    Label.WORD_OBSCENE: _Text("нецензурное слово", "obscene word"),
    Label.WORD_RUDE: _Text("грубое слово", "rude word"),
    Label.WORD_BRAND: _Text("бренд", "brand"),
    Label.WORD_STOPWORD: _Text("стоп-слово", "stop word"),
    Label.WORD_ALCOHOL: _Text("упоминание алкоголя", "mention of alcohol"),
    Label.WORD_TOBACCO: _Text("упоминание табака или вейпа", "mention of tobacco or vaping"),
    Label.WORD_DRUGS: _Text("упоминание наркотиков", "mention of drugs"),
    Label.WORD_GAMBLING: _Text("упоминание азартных игр", "mention of gambling"),
    Label.WORD_SELFHARM: _Text("упоминание самоповреждения", "mention of self-harm"),
    Label.OFFER_PRICE: _Text("цена", "price"),
    Label.OFFER_PROMO_CODE: _Text("промокод", "promo code"),
    Label.OFFER_PHONE: _Text("телефон", "phone number"),
    Label.OFFER_LINK: _Text("ссылка", "link"),
    Label.OFFER_CALL_TO_ACTION: _Text("призыв к действию", "call to action"),
    Label.OFFER_QR: _Text("QR-код", "QR code"),
    Label.MARK_WORD: _Text("слово «Реклама»", "the word «Реклама»"),
    Label.MARK_ADVERTISER: _Text("рекламодатель", "advertiser"),
    Label.MARK_ERID: _Text("идентификатор erid", "erid token"),
    Label.MARK_ERID_DAMAGED: _Text("искажённый erid", "distorted erid token"),
    Label.OBJECT_BOTTLE: _Text("бутылка", "bottle"),
    Label.OBJECT_WINE_GLASS: _Text("бокал", "wine glass"),
    Label.OBJECT_CUP: _Text("чашка или стакан", "cup"),
    Label.OBJECT_KNIFE: _Text("нож", "knife"),
    Label.OBJECT_SCISSORS: _Text("ножницы", "scissors"),
    Label.OBJECT_BASEBALL_BAT: _Text("бита", "baseball bat"),
    Label.SCENE_FIREARM: _Text("похоже на огнестрельное оружие", "looks like a firearm"),
    Label.SCENE_BLADE: _Text("похоже на холодное оружие", "looks like a blade"),
    Label.SCENE_ALCOHOL: _Text("похоже на алкоголь", "looks like alcohol"),
    Label.SCENE_TOBACCO: _Text("похоже на табак или вейп", "looks like tobacco or vaping"),
    Label.SCENE_DRUGS: _Text("похоже на шприц или таблетки", "looks like a syringe or pills"),
    Label.SCENE_SWIMWEAR: _Text("похоже на купальник или бельё", "looks like swimwear or underwear"),
    Label.SAFETY_NUDITY: _Text("похоже на наготу", "looks like nudity"),
    Label.SAFETY_GORE: _Text("похоже на кровь или жестокость", "looks like gore"),
}

PLACES: Mapping[Modality, _Text] = {
    Modality.SPEECH: _Text("в речи", "in speech"),
    Modality.TEXT: _Text("в тексте на экране", "in on-screen text"),
    Modality.IMAGE: _Text("в кадре", "in the frame"),
    Modality.AUDIO: _Text("в звуке", "in the sound"),
}

QUOTED_GROUPS = frozenset({"offer", "mark"})
"""Labels whose text a reader needs in order to understand; obscene words are not repeated in a reason."""
