"""What a folder and a bucket do alike."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import urllib3
from tests.servers.seaweedfs import SeaweedFS

from storage.attempts import Attempts
from storage.b2 import B2Storage
from storage.base import FetchStopped, ObjectMissing, Storage, StorageFailed
from storage.local import LocalStorage

MIB = 1024**2
KEY = "videos/0001/original.mp4"


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return LocalStorage(tmp_path / "objects")
    server: SeaweedFS = request.getfixturevalue("seaweedfs")
    return B2Storage(server.new_bucket(), Attempts())


def put_parts(storage: Storage, key: str, upload_id: str, parts: dict[int, bytes], part_size_bytes: int) -> None:
    """As a sender does: through the process, or to a signed address."""
    for number, content in parts.items():
        if isinstance(storage, LocalStorage):
            with (
                storage.received_part(io.BytesIO(content), len(content), None) as part,
                storage.locked_parts(upload_id) as file,
            ):
                file.place(part, (number - 1) * part_size_bytes)
        else:
            url = storage.part_url(key, upload_id, number, len(content), expires_s=60)
            assert urllib3.request("PUT", url, body=content).status == 200


def etags(storage: Storage, key: str, upload_id: str) -> dict[int, str]:
    if not storage.is_remote:
        return {}
    return {number: etag for number, (_, etag) in storage.stored_parts(key, upload_id).items()}


def test_bytes_come_back_as_they_went_in(storage: Storage, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(bytes(range(256)) * 5000)

    storage.put_file(file, KEY, "video/mp4")

    assert storage.size_bytes(KEY) == 256 * 5000
    assert b"".join(storage.read(KEY)) == file.read_bytes()


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_file_is_taken_over(storage: Storage, tmp_path: Path, elsewhere: bool) -> None:
    folder = tmp_path if elsewhere else storage.receiving_folder() or tmp_path
    file = folder / "file"
    file.write_bytes(b"0123456789")

    storage.take_file(file, KEY, "video/mp4")

    assert b"".join(storage.read(KEY)) == b"0123456789"
    assert not file.exists()


@pytest.mark.parametrize(("start", "end"), [(0, None), (3, None), (0, 4), (2, 5), (9, 10), (4, 4), (9, 99)])
def test_a_range_of_bytes(storage: Storage, start: int, end: int | None) -> None:
    storage.put_bytes(b"0123456789", KEY, "text/plain")

    assert b"".join(storage.read(KEY, start, end)) == b"0123456789"[start:end]


def test_an_empty_object(storage: Storage) -> None:
    storage.put_bytes(b"", KEY, "text/plain")

    assert storage.size_bytes(KEY) == 0
    assert b"".join(storage.read(KEY)) == b""


def test_a_second_object_of_the_same_key_replaces_the_first(storage: Storage) -> None:
    storage.put_bytes(b"first and longer", KEY, "text/plain")
    storage.put_bytes(b"second", KEY, "text/plain")

    assert b"".join(storage.read(KEY)) == b"second"


def test_what_is_not_there_is_missing(storage: Storage, tmp_path: Path) -> None:
    storage.delete(KEY)
    for ask in (
        lambda: storage.size_bytes(KEY),
        lambda: storage.read(KEY),
        lambda: storage.fetch(KEY, tmp_path / "target"),
    ):
        with pytest.raises(ObjectMissing):
            ask()
    assert list(tmp_path.glob("*target*")) == []


def test_deleted_is_gone(storage: Storage) -> None:
    storage.put_bytes(b"x", KEY, "text/plain")
    storage.delete(KEY)

    with pytest.raises(ObjectMissing):
        storage.size_bytes(KEY)


def test_fetching_makes_a_file(storage: Storage, tmp_path: Path) -> None:
    content = bytes(range(256)) * 5000
    storage.put_bytes(content, KEY, "video/mp4")

    storage.fetch(KEY, tmp_path / "new" / "target.mp4")

    assert (tmp_path / "new" / "target.mp4").read_bytes() == content
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["target.mp4"]


def test_fetching_stops_and_leaves_nothing(storage: Storage, tmp_path: Path) -> None:
    storage.put_bytes(bytes(3 * MIB), KEY, "video/mp4")
    asked = iter([False, False, True])

    with pytest.raises(FetchStopped):
        storage.fetch(KEY, tmp_path / "new" / "target.mp4", lambda: next(asked))

    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize(
    "key", ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", ".a", "a/.b", "a\n", "ы", "a" * 256]
)
def test_names_that_lead_elsewhere_are_refused(storage: Storage, key: str) -> None:
    with pytest.raises(StorageFailed):
        storage.put_bytes(b"x", key, "text/plain")
    with pytest.raises(StorageFailed):
        storage.begin_parts(key, "video/mp4")


def test_parts_in_any_order_make_one_object(storage: Storage) -> None:
    parts = {2: b"b" * 5 * MIB, 3: b"the end", 1: b"a" * 5 * MIB}
    upload_id = storage.begin_parts(KEY, "video/mp4")
    put_parts(storage, KEY, upload_id, parts, 5 * MIB)
    found = etags(storage, KEY, upload_id)

    storage.finish_parts(KEY, upload_id, found, 10 * MIB + 7)
    storage.finish_parts(KEY, upload_id, found, 10 * MIB + 7)  # nobody minds the second time

    assert b"".join(storage.read(KEY)) == parts[1] + parts[2] + parts[3]


def test_a_part_that_comes_again_replaces_itself(storage: Storage) -> None:
    upload_id = storage.begin_parts(KEY, "video/mp4")
    # SeaweedFS tells parts of one second apart by their content only, so the content is the same here.
    for content in (b"same", b"same"):
        put_parts(storage, KEY, upload_id, {1: content}, 5 * MIB)

    storage.finish_parts(KEY, upload_id, etags(storage, KEY, upload_id), 4)

    assert b"".join(storage.read(KEY)) == b"same"


def test_aborted_parts_are_gone(storage: Storage) -> None:
    upload_id = storage.begin_parts(KEY, "video/mp4")
    put_parts(storage, KEY, upload_id, {1: b"first"}, 5 * MIB)

    storage.abort_parts(KEY, upload_id)
    storage.abort_parts(KEY, upload_id)

    with pytest.raises((ObjectMissing, StorageFailed)):
        storage.finish_parts(KEY, upload_id, {1: '"0"'}, 5)
    with pytest.raises(ObjectMissing):
        storage.size_bytes(KEY)
