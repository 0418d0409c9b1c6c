"""A line between a browser and a server: as slow as a test needs it, and it can break."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from types import TracebackType
from typing import Self

PIECE_BYTES = 16 * 1024


class SlowLine:
    """Listens on ``port`` and hands everything on to ``target_port``; what goes there does so at ``bytes_per_s``."""

    def __init__(self, target_port: int, bytes_per_s: float) -> None:
        self.target_port = target_port
        self.bytes_per_s = bytes_per_s
        self._turn = threading.Lock()
        self._connections: set[socket.socket] = set()
        self._is_cut = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Every connection breaks, and new ones do too until ``mend``."""
        self._is_cut = True
        for connection in tuple(self._connections):
            _close(connection)

    def mend(self) -> None:
        self._is_cut = False

    def __enter__(self) -> Self:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _close(self._listener)
        self.cut()

    def _listen(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client: socket.socket) -> None:
        try:
            if self._is_cut:
                raise ConnectionResetError
            server = socket.create_connection(("127.0.0.1", self.target_port))
        except OSError:
            _close(client)
            return
        self._connections |= {client, server}
        threading.Thread(target=self._pump, args=(server, client, False), daemon=True).start()
        self._pump(client, server, True)

    def _pump(self, source: socket.socket, target: socket.socket, is_slow: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(PIECE_BYTES):
                if is_slow and len(piece) > PIECE_BYTES // 4:  # small requests are not what takes the time
                    with self._turn:
                        time.sleep(len(piece) / self.bytes_per_s)
                target.sendall(piece)
        for connection in (source, target):
            self._connections.discard(connection)
            _close(connection)


def _close(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
