"""Every label that a detector may put on an observation. Packs may name only these, so a typo in a pack is an error."""

from __future__ import annotations

from enum import StrEnum


class Label(StrEnum):
    """The machine's own word for what it noticed, without judgement: a bottle is a bottle, not alcohol."""

    # Raw readings: other detectors build on them.
    SPEECH_SEGMENT = "speech.segment"
    TEXT_LINE = "text.line"
    TEXT_QR = "text.qr"

    # Dictionary hits in speech and on-screen text (the modality tells which).
    WORD_OBSCENE = "word.obscene"
    WORD_RUDE = "word.rude"
    WORD_BRAND = "word.brand"
    WORD_STOPWORD = "word.stopword"
    WORD_ALCOHOL = "word.alcohol"
    WORD_TOBACCO = "word.tobacco"
    WORD_DRUGS = "word.drugs"
    WORD_GAMBLING = "word.gambling"
    WORD_SELFHARM = "word.selfharm"

    # Parts of an advertising offer.
    OFFER_PRICE = "offer.price"
    OFFER_PROMO_CODE = "offer.promo_code"
    OFFER_PHONE = "offer.phone"
    OFFER_LINK = "offer.link"
    OFFER_CALL_TO_ACTION = "offer.call_to_action"
    OFFER_QR = "offer.qr"

    # Parts of an advertising label.
    MARK_WORD = "mark.word"
    """The word «Реклама» as a label, not inside a sentence."""
    MARK_ADVERTISER = "mark.advertiser"
    """A legal entity's name with its form (ООО, ИП, АО …), or an ИНН or ОГРН with a right checksum."""
    MARK_ERID = "mark.erid"
    """An ``erid`` token whose letter case is intact."""
    MARK_ERID_DAMAGED = "mark.erid_damaged"
    """An ``erid`` token that cannot be right: folded to one letter case, too short, or with foreign characters."""

    # Things in the frame (COCO classes).
    OBJECT_BOTTLE = "object.bottle"
    OBJECT_WINE_GLASS = "object.wine_glass"
    OBJECT_CUP = "object.cup"
    OBJECT_KNIFE = "object.knife"
    OBJECT_SCISSORS = "object.scissors"
    OBJECT_BASEBALL_BAT = "object.baseball_bat"

    # What a frame or a tile of it looks like (ImageNet classes, grouped).
    SCENE_FIREARM = "scene.firearm"
    SCENE_BLADE = "scene.blade"
    SCENE_ALCOHOL = "scene.alcohol"
    SCENE_TOBACCO = "scene.tobacco"
    SCENE_DRUGS = "scene.drugs"
    SCENE_SWIMWEAR = "scene.swimwear"

    # Votes of the safety models over neighbouring frames.
    SAFETY_NUDITY = "safety.nudity"
    SAFETY_GORE = "safety.gore"
