"""The port of the site, taken before anything is started: whoever restarts the web server, the port stays ours."""

from __future__ import annotations

import errno
import ipaddress
import socket

from django.utils.translation import gettext as _

from cli.command import Refused
from cli.exit_codes import ExitCode

_BACKLOG = 512


def listen(host: str, port: int) -> socket.socket:
    """A listening TCP socket. Raises ``Refused`` when the port is taken or the address is not this machine's."""
    if not 1 <= port <= 65535:
        raise Refused(ExitCode.MISCONFIGURED, _("A port is a number from 1 to 65535: --port 8000"))
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _unusable(host) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            said = _("Port %(port)d is taken by another program. Name another one: ./compliance up --port %(next)d")
            raise Refused(ExitCode.MISCONFIGURED, said % {"port": port, "next": port % 65535 + 1}) from error
        if error.errno == errno.EACCES:
            raise Refused(
                ExitCode.MISCONFIGURED, _("Ports below 1024 need root. Name another one: ./compliance up --port 8000")
            ) from error
        raise _unusable(host) from error
    return listener


def address_of(host: str, port: int) -> str:
    """What to type into a browser of this machine."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return f"http://{host}:{port}/"
    if address.is_unspecified:
        return f"http://127.0.0.1:{port}/" if address.version == 4 else f"http://[::1]:{port}/"
    return f"http://{host}:{port}/" if address.version == 4 else f"http://[{host}]:{port}/"


def is_open_to_others(listener: socket.socket) -> bool:
    return not ipaddress.ip_address(listener.getsockname()[0]).is_loopback


def _unusable(host: str) -> Refused:
    said = _("“%(host)s” is not an address of this machine. Use 127.0.0.1, or 0.0.0.0 to be reachable from others.")
    return Refused(ExitCode.MISCONFIGURED, said % {"host": host})
