"""Pack files are outside input: every mistake is named with its line and a hint, all at once, in both languages."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from policy_cases import PACK, rule_text, write_pack

from policy.loading import BUILT_IN_DIR, available_packs, load_pack, load_packs
from policy.pack_problems import PackInvalid, PackProblem, UnknownPack
from policy.pack_testing import run_pack_tests
from policy.pack_yaml import MAX_PACK_BYTES

GOOD = PACK + "rules:\n" + rule_text("{label: word.rude, min_score: 0.5}")


PASSING = rule_text("{label: word.rude}").replace("silent: [[{label: word.rude, ", "silent: [[{label: word.obscene, ")


def problems_of(path: Path) -> list[str]:
    with pytest.raises(PackInvalid) as refused:
        load_pack(path)
    return [problem.in_language("en") for problem in refused.value.problems]


def problems(folder: Path, text: str) -> list[str]:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return problems_of(path)


def explained(path: Path) -> tuple[PackProblem, ...] | None:
    """``None`` when the pack loads and can judge."""
    try:
        run_pack_tests(load_pack(path))
    except PackInvalid as invalid:
        return invalid.problems
    return None


def line_with(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_a_good_pack_loads(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path, rule_text("{label: word.rude}")))
    assert (pack.id, pack.version, pack.checked_on) == ("small", "1", date(2026, 11, 23))
    assert [outcome.action_needed for outcome in pack.outcomes] == [False, True, True]
    assert pack.rules[0].cite.act == pack.source.title


def test_a_pack_knows_when_it_is_in_force(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path, rule_text("{label: word.rude}")))
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2030, 12, 31), date(2031, 1, 1)]
    assert [pack.effective.covers(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("min_score: 0.5", "min_skore: 0.5", 'Unknown key "min_skore". Did you mean "min_score"?'),
        ("word.rude, min", "word.rud, min", 'Unknown label "word.rud". Did you mean "word.rude"?'),
        ("label: word.rude, min_score", "lable: word.rude, min_score", "A condition has exactly one of the keys"),
        ("{label: word.rude, min_score: 0.5}", "word.rude", "A condition has exactly one of the keys"),
        (
            "{label: word.rude, min_score: 0.5}",
            "{label: word.rude, any: []}",
            "A condition has exactly one of the keys",
        ),
        ("{label: word.rude, min_score: 0.5}", "{not: {label: word.rude}}", '"not" alone points at no moment'),
        ("{label: word.rude, min_score: 0.5}", "{any: []}", "A list with at least one item"),
        ("{label: word.rude, min_score: 0.5}", "{all: [{label: word.rude}]}", 'The key "within" is missing.'),
        (
            "{label: word.rude, min_score: 0.5}",
            "{all: [{not: {label: word.rude}}], within: 5}",
            '"all" needs at least one condition without "not"',
        ),
        ("{label: word.rude, min_score: 0.5}", "{window: ad}", 'Unknown window "ad".'),
        ("{label: word.rude, min_score: 0.5}", "{window: ad, shows: all}", 'Unknown window with parts "ad".'),
        ("min_score: 0.5", "within: 5", '"within" of a label goes with "min_count"'),
        ("min_score: 0.5", "min_score: 1.5", "A number from 0 to 1 is expected here, not 1.5."),
        ("min_score: 0.5", "min_score: high", "Expected here: a number."),
        ("min_score: 0.5", "min_score: .nan", "A number from 0 to 1 is expected here, not .nan."),
        ("min_score: 0.5", "min_seconds: -1", "A number from 0 to 86400 is expected here, not -1."),
        ("min_score: 0.5", "min_count: 0", "A number from 1 to 10000 is expected here, not 0."),
        ("min_score: 0.5", "min_count: 2.5", "A whole number is expected here."),
        ("min_score: 0.5", "merge: 0", "A number from 0.5 to 86400 is expected here, not 0."),
        ("min_score: 0.5", "modality: smell", 'Unknown modality "smell". Allowed: speech, text, image, audio.'),
        ("min_score: 0.5", "near: {when: {label: word.rude}}", 'The key "seconds" is missing.'),
        ("category: stopword", "category: alcohol", 'Unknown category "alcohol".'),
        ("outcome: bad", "outcome: worse", 'Unknown outcome "worse". Allowed: fine, doubtful, bad.'),
        ("severity: medium", "severity: huge", 'Unknown severity "huge".'),
        ("human: auto", "human: maybe", 'Unknown human "maybe". Allowed: auto, required, sample.'),
        ("human: auto", "human: auto\n    fix: [burn]", 'Unknown fix "burn". Did you mean "blur"?'),
        ("human: auto", "human: auto\n    fix: bleep", "A list with at least one item"),
        ("human: auto", "human: auto\n    human: auto", 'The key "human" is repeated. Keep one.'),
        ("id: one", "id: Правило 1", '"Правило 1" is no identifier'),
        ("  - id: one", "  - id: one\n    script: rm", 'Unknown key "script".'),
        ("article: ст. 1", "article: 1", 'Expected here: text. Put the value in quotes: "1".'),
        ("article: ст. 1", "article: ''", "A text of 1 to 1000 characters is expected here."),
        ("note: {ru: Заметка, en: Note}", "note: {ru: Заметка}", 'The key "en" is missing.'),
        ('version: "1"', "version: 1.0", 'Expected here: text. Put the value in quotes: "1.0".'),
        ("checked_on: 2026-11-23", "checked_on: 23.11.2026", "A date like 2026-11-23 is expected here."),
        ("checked_on: 2026-11-23", "checked_on: null", "A date is expected here."),
        ("until: 2030-12-31", "until: 2019-12-31", "The last day is before the first."),
        (
            "title: {ru: Закон, en: Act}",
            "title: {ru: Закон, en: Act}\n  url: ftp://x",
            "An address starts with https://.",
        ),
        ("id: small", "id: other", 'The id "other" differs from the file\'s name "small".'),
        ("id: doubtful", "id: fine", 'The id "fine" is taken. Choose another.'),
        ("id: doubtful", "id: сомнительно", '"сомнительно": an outcome is ASCII.'),
        ("title: {ru: Плохо, en: Bad}", "title: {ru: Плохо, en: Bad}, action: 3", "Expected here: true or false."),
        ("silent: [[{label: word.rude, at: [1, 2]}]]", "silent: []", "A list with at least one item"),
        ("      silent: [[{label: word.rude, at: [1, 2]}]]\n", "", 'The key "silent" is missing.'),
        (
            "silent: [[{label: word.rude, at: [1, 2]}]]",
            "silent: [[{label: word.rude, at: [2, 1]}]]",
            "A start and an end",
        ),
        ("silent: [[{label: word.rude, at: [1, 2]}]]", "silent: [[{label: word.rude, at: [2]}]]", "A start and an end"),
        (
            "silent: [[{label: word.rude, at: [1, 2]}]]",
            "silent: [[{label: nothing, at: [1, 2]}]]",
            'Unknown label "nothing"',
        ),
        ("{ru: Правило, en: Rule}", "!!python/object/apply:os.system [ls]", "Keys are expected here: ru, en."),
        ("human: auto", "human: auto\n    ? [a, b]\n    : c", 'Unknown key "?".'),
        ("human: auto", "human: !!python/name:os.system auto", "Expected here: human."),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, good: str, bad: str, said: str) -> None:
    assert GOOD.count(good) == 1
    text = GOOD.replace(good, bad)
    found = problems(tmp_path, text)
    assert len(found) == 1, found
    place, _, sentence = found[0].partition(": ")
    assert sentence.startswith(said)
    file, _, line = place.partition(":")
    assert file == "small.yaml"
    changed = [one.strip() for one in bad.strip().splitlines()[-2:]] or ["fires:"]
    assert any(one in text.splitlines()[int(line) - 1] for one in changed)


def test_all_mistakes_come_at_once_in_order_and_in_russian(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    broken = GOOD.replace("word.rude, min", "word.rud, min").replace("outcome: bad", "outcome: worse")
    path.write_text(broken.replace("human: auto", "human: maybe"), encoding="utf-8")
    with pytest.raises(PackInvalid) as refused:
        load_pack(path)
    lines = [problem.line for problem in refused.value.problems]
    assert len(lines) == 3
    assert lines == sorted(lines)
    first = line_with(GOOD, "when:")
    assert refused.value.problems[0].in_language("ru") == (
        f"small.yaml:{first}: Неизвестно: метка «word.rud». Может быть, «word.rude»?"
    )


def test_the_same_rule_id_twice(tmp_path: Path) -> None:
    path = write_pack(tmp_path, rule_text("{label: word.rude}") * 2)
    assert [problem.partition(": ")[2] for problem in problems_of(path)] == ['The id "one" is taken. Choose another.']


def test_a_window_names_only_earlier_ones(tmp_path: Path) -> None:
    windows = """\
windows:
  - {id: first, title: {ru: Окно, en: Window}, when: {window: second}, merge: 5}
  - {id: second, title: {ru: Окно, en: Window}, when: {window: second}, merge: 5}
"""
    path = write_pack(tmp_path, rule_text("{window: second}"), windows=windows)
    said = [problem.partition(": ")[2] for problem in problems_of(path)]
    assert [sentence[:24] for sentence in said] == ['Unknown window "second".'] * 2


def test_shows_needs_a_window_that_has_parts(tmp_path: Path) -> None:
    windows = "windows: [{id: ad, title: {ru: Окно, en: Window}, when: {label: word.rude}, merge: 5}]\n"
    path = write_pack(tmp_path, rule_text("{window: ad, shows: all}"), windows=windows)
    (said,) = problems_of(path)
    assert 'Unknown window with parts "ad".' in said


def test_a_question_is_checked(tmp_path: Path) -> None:
    question = """\
    question:
      ask: {ru: Что это, en: What is it}
      answers:
        - {id: yes-it-is, title: {ru: Да, en: "Yes"}, outcome: bad}
        - {id: yes-it-is, title: {ru: Нет, en: "No"}, outcome: worse}
"""
    path = write_pack(tmp_path, rule_text("{label: word.rude}") + question)
    said = [problem.partition(": ")[2] for problem in problems_of(path)]
    assert said == [
        'The answer "yes-it-is" is repeated.',
        'Unknown outcome "worse". Allowed: fine, doubtful, bad.',
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file holds no policy pack."),
        (b"- a\n- b\n", "The file holds no policy pack."),
        (b"id: [", "This is not YAML"),
        (b"id: \x00", "This is not YAML"),
        (b"id: \xff\xfe", "This is not UTF-8."),
        (b"a: &x [1]\nb: *x\n", "YAML anchors and aliases"),
        (b"a: &x 1\n", "YAML anchors and aliases"),
        (b"id: a\n---\nid: b\n", "The file holds several YAML documents."),
        (b"[" * 200_000, "The file is too complex"),
        (b"- 1\n" * 30_000, "The file is too complex"),
        (b"#" * (MAX_PACK_BYTES + 1), "The file is larger than 256 KB."),
    ],
    ids=["empty", "list", "syntax", "nul", "bytes", "bomb", "anchor", "documents", "deep", "wide", "large"],
)
def test_hostile_files_are_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "small.yaml"
    path.write_bytes(content)
    (found,) = problems_of(path)
    assert said in found


def test_what_is_not_a_readable_file_is_refused_without_its_path(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    for name in ("missing.yaml", "folder.yaml"):
        (found,) = problems_of(tmp_path / name)
        assert found.startswith(f"{name}: The file cannot be read")
        assert str(tmp_path) not in found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_any_garbling_either_loads_or_is_explained(tmp_path: Path, chance: random.Random, changes: int) -> None:
    text = (BUILT_IN_DIR / "ru-ads.yaml").read_text(encoding="utf-8")
    for _ in range(changes):
        place = chance.randrange(len(text))
        text = text[:place] + chance.choice("{}[]:,&*!-\n \t\"'#яa0.|>%@\x07") + text[place + chance.randrange(4) :]
    path = tmp_path / "ru-ads.yaml"
    path.write_text(text, encoding="utf-8")
    problems = explained(path)
    assert problems is None or problems
    assert all(problem.text.ru and problem.text.en for problem in problems or ())


def test_the_digest_follows_the_content_not_the_layout(tmp_path: Path) -> None:
    def digest(text: str) -> str:
        path = tmp_path / "small.yaml"
        path.write_text(text, encoding="utf-8")
        return load_pack(path).digest

    original = digest(GOOD)
    assert len(original) == 64
    assert digest("# a comment\n" + GOOD.replace("human: auto", "human:   'auto'   # quoted")) == original
    assert digest(GOOD.replace("{ru: Закон, en: Act}", "{en: Act, ru: Закон}")) == original
    assert digest(GOOD.replace("min_score: 0.5", "min_score: 0.6")) != original
    assert digest(GOOD.replace("Заметка", "Пометка")) != original


def test_a_customer_adds_a_pack_by_dropping_a_file(tmp_path: Path) -> None:
    path = write_pack(tmp_path, PASSING)
    write_pack(tmp_path, "", name="notes.txt")
    packs = available_packs([tmp_path])
    assert packs["small"] == path
    assert set(packs) == {*available_packs(), "small"}
    assert [pack.id for pack in load_packs(["small", "ru-ads"], [tmp_path])] == ["small", "ru-ads"]


def test_a_customers_pack_that_fails_its_own_tests_is_refused(tmp_path: Path) -> None:
    path = write_pack(tmp_path, PASSING + rule_text("{label: word.obscene}", rule_id="two"))
    with pytest.raises(PackInvalid) as refused:
        load_packs(["small"], [tmp_path])
    (problem,) = refused.value.problems
    assert problem.in_language("en") == (
        f'small.yaml:{problem.line}: The rule "two" must fire but is silent. Correct the rule or the test.'
    )
    assert problem.text.ru == "Правило «two» должно сработать, но молчит. Исправьте правило или тест."
    assert "fires:" in path.read_text(encoding="utf-8").splitlines()[problem.line - 1]


def test_an_unknown_pack_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownPack) as unknown:
        load_packs(["ru-436fz", "ru-437fz"])
    assert unknown.value.pack == "ru-437fz"
    assert {"ru-436fz", "ru-ads"} <= set(unknown.value.known)
    assert "ru-436fz" in unknown.value.text.ru


def test_a_file_cannot_take_the_place_of_another_pack(tmp_path: Path) -> None:
    write_pack(tmp_path, rule_text("{label: word.rude}"), name="ru-ads.yaml")
    with pytest.raises(PackInvalid, match='A pack "ru-ads" exists already'):
        available_packs([tmp_path])


def test_a_directory_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackInvalid, match=r"^missing: The directory of packs cannot be listed"):
        available_packs([tmp_path / "missing"])


def test_failing_tests_of_a_pack_are_reported_with_their_line(tmp_path: Path) -> None:
    path = write_pack(tmp_path, rule_text("{label: word.rude}") + rule_text("{label: word.obscene}", rule_id="two"))
    failures = run_pack_tests(load_pack(path))
    assert [(failure.rule, failure.text.en) for failure in failures] == [
        ("one", 'The rule "one" must be silent but fires. Correct the rule or the test.'),
        ("two", 'The rule "two" must fire but is silent. Correct the rule or the test.'),
    ]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert "silent:" in lines[failures[0].line - 1]
    assert "fires:" in lines[failures[1].line - 1]
