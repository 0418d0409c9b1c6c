"""Static files with and without ``collectstatic``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from whitenoise.middleware import WhiteNoiseMiddleware

from compliance_app.static_files import CollectedFiles

# An answer's end closes what the process has of database connections, although no file needs one.
pytestmark = pytest.mark.django_db


class Uncompressed(CollectedFiles):
    """Compressing 40 MB takes a minute and changes no name."""

    def compress_files(self, names: Any) -> Any:
        return ()


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Uncompressed:
    """Everything that ``collectstatic`` finds, and two scripts that import each other's neighbours."""
    storage = Uncompressed(location=str(tmp_path_factory.mktemp("static")), base_url="/static/")
    paths: dict[str, tuple[Uncompressed, str]] = {}
    for finder in get_finders():
        for path, source in finder.list([]):
            with source.open(path) as file:
                storage.save(path, file)
            paths[path] = (storage, path)
    made = {
        "web/probe/page.js": (
            'import { show } from "./parts/list.js";\nimport "./parts/keys.js";\n'
            'const later = () => import("./later.js");\n'
            "// import nothing from nowhere\nshow(later);\n"
        ),
        "web/probe/parts/list.js": 'export { tell as show } from "../later.js";\n',
        "web/probe/parts/keys.js": "export const keys = 1;\n",
        "web/probe/later.js": "export const tell = () => 1;\n",
    }
    for path, text in made.items():
        file = Path(storage.location) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        paths[path] = (storage, path)
    outcomes = list(storage.post_process(paths))
    assert [outcome for outcome in outcomes if isinstance(outcome[2], Exception)] == []
    return storage


def read(storage: Uncompressed, name: str) -> str:
    return (Path(storage.location) / storage.hashed_files[name]).read_text(encoding="utf-8")


def test_scripts_import_each_other_by_names_with_digests(collected: Uncompressed) -> None:
    page = read(collected, "web/probe/page.js")

    for part in ("parts/list", "parts/keys", "later"):
        assert re.search(rf'"\./{part}\.[0-9a-f]{{12}}\.js"', page), page
    assert re.search(r'"\.\./later\.[0-9a-f]{12}\.js"', read(collected, "web/probe/parts/list.js"))
    assert "import nothing from nowhere" in page


def test_every_import_of_our_pages_leads_to_a_file(collected: Uncompressed) -> None:
    ours = [name for name in collected.hashed_files if name.startswith("web/") and name.endswith(".js")]
    assert ours
    for name in ours:
        script = Path(collected.location) / collected.hashed_files[name]
        for imported in re.findall(r"""(?:from|import)\s*\(?["'](\.[^"']+)["']""", script.read_text(encoding="utf-8")):
            assert (script.parent / imported).is_file(), f"{name} imports {imported}"
            assert re.search(r"\.[0-9a-f]{12}\.js$", imported), f"{name} imports {imported}"


def test_our_stylesheets_name_nothing_of_elsewhere(collected: Uncompressed) -> None:
    for name in [name for name in collected.hashed_files if name.startswith("web/") and name.endswith(".css")]:
        for address in re.findall(r"url\(([^)]*)\)", read(collected, name)):
            assert "//" not in address.replace("http://www.w3.org", "")


def test_without_collectstatic_files_are_served_from_where_they_lie(client: Client) -> None:
    answer = client.get("/static/web/app.css")

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/css")
    answer.close()


def test_collected_files_are_served_and_kept_for_ever(
    collected: Uncompressed, settings: Any, rf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = collected.location
    settings.WHITENOISE_USE_FINDERS = False
    monkeypatch.setattr("whitenoise.middleware.staticfiles_storage", collected)
    serve = WhiteNoiseMiddleware(WSGIHandler().get_response)

    answer = serve(rf.get(f"/static/{collected.hashed_files['web/app.css']}"))

    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    answer.close()
