"""Parts of an offer and parts of an advertising label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import Label
from lexicon import Lexicon, is_link
from lexicon.erid import is_intact
from lexicon.registry_numbers import is_inn, is_ogrn


def found(lexicon: Lexicon, label: Label, text: str, *, spoken: bool = False) -> list[str]:
    return [hit.text for hit in lexicon.find(text, spoken=spoken) if hit.label is label]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("всего 1 990 ₽ сегодня", ["1 990 ₽"]),
        ("стоит 1990 рублей", ["1990 рублей"]),
        ("стоит 1 990 рублей", ["1 990 рублей"]),
        ("за 20 тысяч рублей", ["20 тысяч рублей"]),
        ("$20 и 15 €", ["$20", "15 €"]),
        ("999 р. за штуку", ["999 р."]),
        ("скидка 20 % на всё", ["скидка 20 %"]),
        ("со скидкой до 70 процентов", ["скидкой до 70 процентов"]),
        ("50% off today", ["50% off"]),
        ("тысяча девятьсот девяносто рублей", ["тысяча девятьсот девяносто рублей"]),
        ("скидка двадцать процентов", ["скидка двадцать процентов"]),
        ("-30%", ["-30%"]),
    ],
)
def test_prices(lexicon, text, expected):
    assert found(lexicon, Label.OFFER_PRICE, text) == expected


@pytest.mark.parametrize(
    "text",
    ["на 20 процентов больше", "в 1990 году", "5 раз", "рубль укрепился", "20 % населения", "3 руки", "10 рубок"],
)
def test_numbers_that_are_no_price(lexicon, text):
    assert found(lexicon, Label.OFFER_PRICE, text) == []


@pytest.mark.parametrize(
    ("text", "spoken", "expected"),
    [
        ("промокод SPORT20", False, ["промокод SPORT20"]),
        ("по промокоду «ЛЕТО» скидка", False, ["промокоду «ЛЕТО»"]),
        ("Промокод: BLOG-15", False, ["Промокод: BLOG-15"]),
        ("промокод\nSPORT20", False, ["промокод\nSPORT20"]),
        ("use code MIKE10 today", False, ["use code MIKE10"]),
        ("promo code SAVE20", False, ["promo code SAVE20"]),
        ("а по промокоду спорт двадцать вы получите", True, ["промокоду спорт двадцать"]),
        ("мой промокот, космос, вот скидка", True, ["промокот, космос"]),
        ("вот скидка по промокодам, ссылка в описании", True, ["промокодам"]),
        ("вводите промокод sport 20 и радуйтесь", True, ["промокод sport 20"]),
        ("промокод спорт20 даёт скидку", True, ["промокод спорт20"]),
        ("мой промокод есть в описании", True, ["промокод"]),
        ("промокод в описании", False, ["промокод"]),
        ("скидка по промокодам", True, ["промокодам"]),
        ("исходный код программы и код ошибки", False, []),
        ("пин-код и штрих-код", True, []),
    ],
)
def test_promo_codes(lexicon, text, spoken, expected):
    assert found(lexicon, Label.OFFER_PROMO_CODE, text, spoken=spoken) == expected


@pytest.mark.parametrize(
    ("text", "spoken", "expected"),
    [
        ("звоните +7 (495) 123-45-67", False, ["+7 (495) 123-45-67"]),
        ("8 800 555-35-35 бесплатно", False, ["8 800 555-35-35"]),
        ("88005553535", False, ["88005553535"]),
        ("восемь восемьсот пятьсот пятьдесят пять тридцать пять тридцать пять", True,
         ["восемь восемьсот пятьсот пятьдесят пять тридцать пять тридцать пять"]),
        ("ИНН 7707083893", False, []),
        ("счёт 40817810099910004312", False, []),
        ("восемь восемьсот", True, []),
    ],
)  # fmt: skip
def test_phones(lexicon, text, spoken, expected):
    assert found(lexicon, Label.OFFER_PHONE, text, spoken=spoken) == expected


@pytest.mark.parametrize(
    ("text", "spoken", "expected"),
    [
        ("на сайте romashka.ru.", False, ["romashka.ru"]),
        ("ромашка.рф", False, ["ромашка.рф"]),
        ("https://t.me/kanal?x=1, жми", False, ["https://t.me/kanal?x=1"]),
        ("заходите на ромашка точка ру", True, ["ромашка точка ру"]),
        ("мама. Ру", False, []),
        ("и т.д. и т.п.", False, []),
        ("пишите на me@romashka.ru", False, []),
        ("файл readme.md и node.js", False, []),
        ("и точка", True, []),
    ],
)
def test_links(lexicon, text, spoken, expected):
    assert found(lexicon, Label.OFFER_LINK, text, spoken=spoken) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ссылка в описании",
        "ссылку оставлю в описании под видео",
        "все ссылки будут в описании",
        "переходите по ссылке",
        "Переходите и заказывайте",
        "жмите на кнопку ниже",
        "регистрируйтесь прямо сейчас",
        "оформите карту",
        "link in the description",
        "наведите камеру на экран",
    ],
)
def test_calls_to_action(lexicon, text):
    assert found(lexicon, Label.OFFER_CALL_TO_ACTION, text)


@pytest.mark.parametrize(
    "text",
    [
        "подписывайтесь на канал и ставьте лайк",
        "жмите на колокольчик",
        "переходите дорогу на зелёный",
        "когда вы переходите на новый уровень",
        "он перешёл по мосту",
    ],
)
def test_not_a_call_to_an_offer(lexicon, text):
    assert found(lexicon, Label.OFFER_CALL_TO_ACTION, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Реклама",
        "РЕКЛАМА",
        "• Реклама •",
        "Реклама 0+",
        "Реклама. ООО «Ромашка»",
        "Реклама ООО «Ромашка»",
        "реклама | erid: 2VtzqwABcd1",
        "Peклaма",
        "Рекпама",
        "на правах рекламы",
        "18+ Реклама. АО «Банк»",
    ],
)
def test_the_word_as_a_label(lexicon, text):
    assert len(found(lexicon, Label.MARK_WORD, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Реклама пива запрещена",
        "это не реклама",
        "реклама надоела всем",
        "Рекламация",
        "рекламы",
        "Реклама в интернете растёт",
    ],
)
def test_the_word_in_a_sentence(lexicon, text):
    assert found(lexicon, Label.MARK_WORD, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Реклама. ООО «Ромашка»", ["ООО «Ромашка»"]),
        ("ООО\n«Ромашка»", ["ООО\n«Ромашка»"]),
        ('OOO "Ромашка"', ['OOO "Ромашка"']),
        ("000 «Ромашка»", ["000 «Ромашка»"]),
        ("ООО «Ромашка>", ["ООО «Ромашка>"]),
        ("ПАО Сбербанк", ["ПАО Сбербанк"]),
        ("ИП Иванов И.И.", ["ИП Иванов И.И."]),
        ("ИНН 7707083893", ["ИНН 7707083893"]),
        ("ИНН: 500100732259", ["ИНН: 500100732259"]),
        ("ОГРН 1027700132195", ["ОГРН 1027700132195"]),
        ("ОГРНИП 304500116000157", ["ОГРНИП 304500116000157"]),
        ("ИНН 7707083894", []),
        ("ОГРН 1027700132196", []),
        ("2 000 рублей", []),
        ("ип и ооо в тексте", []),
    ],
)
def test_advertisers(lexicon, text, expected):
    assert found(lexicon, Label.MARK_ADVERTISER, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "erid: 2VtzqwABcd1",
        "ERID:2SDnjdKqRtY",
        "Erid 2Vtzqx7KabC",
        "еrid: LjN8KabcD",
        "https://site.ru/?utm=1&erid=Kra23abcD",
        "erid%3DKra23abcD",
        "er1d: F7NfYUJCUneLrabc",
    ],
)
def test_an_intact_erid(lexicon, text):
    assert len(found(lexicon, Label.MARK_ERID, text)) == 1
    assert found(lexicon, Label.MARK_ERID_DAMAGED, text) == []


@pytest.mark.parametrize("text", ["erid: 2VTZQWABCD1", "erid: 2vtzqwabcd1", "erid: 2Vtz", "erid: 2VtzqwАВсd1"])
def test_a_damaged_erid(lexicon, text):
    assert found(lexicon, Label.MARK_ERID, text) == []
    assert found(lexicon, Label.MARK_ERID_DAMAGED, text) == [text]


@pytest.mark.parametrize("text", ["что такое erid и зачем", "erid", "erid:", "erid — это токен", "Merida: город"])
def test_no_token_no_erid(lexicon, text):
    assert found(lexicon, Label.MARK_ERID, text) + found(lexicon, Label.MARK_ERID_DAMAGED, text) == []


def test_the_word_said_as_a_label(lexicon):
    assert found(lexicon, Label.MARK_WORD, "Всем привет. Это реклама. Корм для кошек.", spoken=True) == ["Это реклама"]
    assert found(lexicon, Label.MARK_WORD, "Всем привет. Это не реклама. Реклама надоела.", spoken=True) == []


def test_the_longest_call_is_told_once(lexicon):
    text = "Ждём вас. Переходите по ссылке!"
    assert found(lexicon, Label.OFFER_CALL_TO_ACTION, text, spoken=True) == ["Переходите по ссылке"]


def test_an_erid_cannot_be_heard(lexicon):
    assert found(lexicon, Label.MARK_ERID, "erid: 2VtzqwABcd1", spoken=True) == []


@given(token=st.text(alphabet="abcdefghkmnpqrstuvwxyzABCDEFGHKLMNPQRSTUVWXYZ23456789", min_size=9, max_size=40))
def test_folding_a_token_always_shows(token):
    letters = [char for char in token if char.isalpha()]
    if len(letters) >= 3:
        assert not is_intact(token.lower())
        assert not is_intact(token.upper())
        if token not in (token.lower(), token.upper()):
            assert is_intact(token)


@given(digits=st.text(alphabet="0123456789", min_size=9, max_size=9), wrong=st.integers(1, 9))
def test_one_wrong_check_digit_is_noticed(digits, wrong):
    right = [digits + str(check) for check in range(10) if is_inn(digits + str(check))]
    assert len(right) <= 1
    for inn in right:
        assert not is_inn(inn[:-1] + str((int(inn[-1]) + wrong) % 10))
    ogrn = [f"102{digits}{check}" for check in range(10) if is_ogrn(f"102{digits}{check}")]
    assert len(ogrn) == 1


@pytest.mark.parametrize("text", ["http://a.ru/x", "https://t.me/x", "romashka.ru", "www.site.com/?q=1"])
def test_a_link(text):
    assert is_link(text)


@pytest.mark.parametrize("text", ["привет", "WIFI:S:дом;;", "a b.ru", ""])
def test_not_a_link(text):
    assert not is_link(text)
