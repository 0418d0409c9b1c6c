"""Checksums of Russian taxpayer and registration numbers.

ИНН: 10 digits for a company, 12 for a person (order ММВ-7-6/435@ of the Federal Tax Service, 2012).
ОГРН and ОГРНИП: 13 and 15 digits (order 165н of the Ministry of Finance, 2017).
"""

from __future__ import annotations

_INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def is_inn(digits: str) -> bool:
    """Whether ``digits`` is an ИНН with right check digits."""
    if not _are_digits(digits) or not digits.strip("0"):
        return False
    if len(digits) == 10:
        return _inn_check(digits[:9]) == digits[9]
    return len(digits) == 12 and _inn_check(digits[:10]) == digits[10] and _inn_check(digits[:11]) == digits[11]


def is_ogrn(digits: str) -> bool:
    """Whether ``digits`` is an ОГРН (13) or ОГРНИП (15) with a right check digit."""
    if not _are_digits(digits) or len(digits) not in (13, 15) or not digits.strip("0"):
        return False
    return int(digits[:-1]) % (len(digits) - 2) % 10 == int(digits[-1])


def _are_digits(digits: str) -> bool:
    return digits.isascii() and digits.isdigit()


def _inn_check(body: str) -> str:
    weights = _INN_WEIGHTS[-len(body) :]
    return str(sum(weight * int(digit) for weight, digit in zip(weights, body, strict=True)) % 11 % 10)
