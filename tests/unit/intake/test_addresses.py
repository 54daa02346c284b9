"""Pages are fetched from the public internet only."""

import pytest

from infra.errors import CliError
from infra.intake.addresses import is_public, public_address
from infra.intake.fetch import checked_address, path_of

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104  # nothing is bound here
    "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:c0a8:101::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_a_private_network_is_none_of_the_public_internet(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_a_public_address_is_one(address):
    assert is_public(address)


def test_a_host_with_one_private_address_among_public_ones_is_refused():
    with pytest.raises(CliError, match="not on the public internet"):
        public_address("rebind.example", 443, lambda *_: ["8.8.8.8", "127.0.0.1"])


def test_the_address_that_was_looked_at_is_the_one_that_is_connected_to():
    assert public_address("news.example", 443, lambda *_: ["8.8.8.8", "8.8.4.4"]) == "8.8.8.8"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org",
        "ftp://example.org",
        "https://",
        "https://user:word@example.org",
        "file:///etc/passwd",
        "https://a:b:c",
    ],
)
def test_only_https_without_a_password_is_fetched(address):
    with pytest.raises(CliError):
        checked_address(address)


def test_an_address_of_any_script_is_asked_for_in_ascii():
    parts, port = checked_address("https://example.org:8443/ニュース?q=a b")
    assert (path_of(parts), port) == ("/%E3%83%8B%E3%83%A5%E3%83%BC%E3%82%B9?q=a%20b", 8443)
