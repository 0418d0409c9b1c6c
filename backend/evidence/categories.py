"""What a finding can be about, and how grave it is. Leaf names are stable; titles go through gettext elsewhere."""

from __future__ import annotations

from enum import StrEnum


class Category(StrEnum):
    NUDITY_EXPLICIT = "nudity.explicit"
    NUDITY_PARTIAL = "nudity.partial"
    NUDITY_SUGGESTIVE = "nudity.suggestive"
    VIOLENCE_FIGHT = "violence.fight"
    VIOLENCE_GORE = "violence.gore"
    WEAPON_FIREARM = "weapon.firearm"
    WEAPON_BLADE = "weapon.blade"
    ALCOHOL_VISIBLE = "alcohol.visible"
    ALCOHOL_MENTION = "alcohol.mention"
    TOBACCO_VISIBLE = "tobacco.visible"
    TOBACCO_MENTION = "tobacco.mention"
    DRUGS_VISIBLE = "drugs.visible"
    DRUGS_MENTION = "drugs.mention"
    LANGUAGE_OBSCENE = "language.obscene"
    LANGUAGE_RUDE = "language.rude"
    AD_BRAND = "ad.brand"
    AD_OFFER = "ad.offer"
    AD_UNLABELLED = "ad.unlabelled"
    AD_INCOMPLETE_LABEL = "ad.incomplete_label"
    AD_LABELLED = "ad.labelled"
    SYMBOL_PROHIBITED = "symbol.prohibited"
    SYMBOL_TATTOO = "symbol.tattoo"
    GAMBLING_MENTION = "gambling.mention"
    GAMBLING_VISIBLE = "gambling.visible"
    SELFHARM_MENTION = "selfharm.mention"
    STOPWORD = "stopword"
    TECHNICAL_FLASH = "technical.flash"
    TECHNICAL_BLACK = "technical.black"
    TECHNICAL_FREEZE = "technical.freeze"
    TECHNICAL_SILENCE = "technical.silence"
    TECHNICAL_LOUDNESS = "technical.loudness"

    @property
    def group(self) -> str:
        """The part before the dot: the lane of a timeline."""
        return self.value.split(".", 1)[0]


class Severity(StrEnum):
    """From "worth knowing" to "do not publish"; ``rank`` orders them."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)
