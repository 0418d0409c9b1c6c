"""Which IP addresses belong to the public internet.

``ipaddress`` follows IANA's registries of special purposes (RFC 6890); on top of them everything is refused that wraps
an IPv4 address, because its inside decides where it leads, and what clouds keep for themselves at public addresses.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_REFUSED_V4 = (
    IPv4Network("192.0.0.0/24"),  # IETF protocols, and Oracle's metadata; older Pythons know it in part
    IPv4Network("192.88.99.0/24"),  # 6to4 relays, RFC 7526
    IPv4Network("168.63.129.16/32"),  # Azure's own services, for every virtual machine
)
_GLOBAL_UNICAST_V6 = IPv6Network("2000::/3")  # outside: mapped, compatible, NAT64, local, multicast
_REFUSED_V6 = (
    IPv6Network("2001::/23"),  # IETF protocols, Teredo among them
    IPv6Network("2002::/16"),  # 6to4
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("3fff::/20"),  # documentation, RFC 9637
)
_ISATAP = (0x00005EFE, 0x02005EFE)  # the upper half of an interface name that wraps an IPv4 address, RFC 5214


def is_public(address: str) -> bool:
    """Whether a numeric address, as resolvers give it, is reachable for everybody and means only itself."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return _is_public_v4(ip) if isinstance(ip, IPv4Address) else _is_public_v6(ip)


def _is_public_v4(ip: IPv4Address) -> bool:
    special = ip.is_multicast or ip.is_reserved or ip.is_unspecified or any(ip in network for network in _REFUSED_V4)
    return ip.is_global and not special


def _is_public_v6(ip: IPv6Address) -> bool:
    if ip.scope_id is not None or ip not in _GLOBAL_UNICAST_V6 or any(ip in network for network in _REFUSED_V6):
        return False
    wraps_v4 = (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP
    return ip.is_global and not wraps_v4
