"""Which machines a page may be fetched from: those of the public internet, never one of the network around us."""

import ipaddress
import socket
from collections.abc import Callable, Sequence

from infra.errors import CliError

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 addresses behind a NAT64 (RFC 6052)


def resolve_host(host: str, port: int) -> list[str]:
    """The addresses of a host; raises `CliError` where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise CliError(f"There is no host called {host}.", "Look whether the address is right.") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def public_address(host: str, port: int, resolve: Resolver) -> str:
    """The first address of a host, if every one of them is public; raises `CliError` for any other.

    The connection is then made to this very address, so that a second answer of the name server changes nothing.
    """
    found = list(resolve(host, port))
    private = next((address for address in found if not is_public(address)), None)
    if private or not found:
        raise CliError(
            f"{host} is not on the public internet ({private or 'no address'}).",
            "Pages of a private network are saved in a browser and uploaded as files.",
        )
    return found[0]


def is_public(written: str) -> bool:
    """Whether an address is one of the public internet, looking into addresses that carry another one."""
    address = ipaddress.ip_address(written.partition("%")[0])
    carried = carried_address(address)
    return address.is_global and not address.is_multicast and (carried is None or is_public(str(carried)))


def carried_address(address: IpAddress) -> IpAddress | None:
    """The IPv4 address that an IPv6 one stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
