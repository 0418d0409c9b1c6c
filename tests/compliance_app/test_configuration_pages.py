"""What is made from the table of variables is up to date, and the settings know every variable."""

from __future__ import annotations

import re

import pytest
from configured_checkout import REPOSITORY

from compliance_app import configuration_pages as pages
from compliance_app.configuration_variables import VARIABLES


def test_env_example_is_up_to_date() -> None:
    assert pages.ENV_EXAMPLE.read_text(encoding="utf-8") == pages.env_example()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_tables_of_the_page_are_up_to_date(language: pages.Language) -> None:
    text = (REPOSITORY / pages.PAGES[language]).read_text(encoding="utf-8")
    assert pages.page(text, language) == text
    for variable in VARIABLES:
        assert f"\n| `{variable.name}` |" in text


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_page_names_no_variable_that_does_not_exist(language: pages.Language) -> None:
    text = (REPOSITORY / pages.PAGES[language]).read_text(encoding="utf-8")
    assigned = set(re.findall(r"^([A-Z][A-Z0-9_]+)=", text, re.MULTILINE))
    assert assigned
    assert assigned <= {variable.name for variable in VARIABLES}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_links_lead_somewhere(language: pages.Language) -> None:
    page = REPOSITORY / pages.PAGES[language]
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (page.parent / link).exists()] == []
