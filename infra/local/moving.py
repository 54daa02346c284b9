"""A kept state names its queues by host and port. To start on another port, the old one is replaced in it."""

from infra.local.home import Home


def note_port(home: Home, port: int) -> None:
    (home.emulator / "port").write_text(str(port))


def move_to(home: Home, port: int) -> None:
    """Lets the kept state be read by an emulator on this port. No effect where it is the same, or nothing was kept."""
    noted = home.emulator / "port"
    before = noted.read_text().strip() if noted.exists() else str(port)
    if before == str(port):
        return
    for file in home.data.glob("*.json"):
        text = file.read_text()
        if f"localhost:{before}/" in text:
            file.write_text(text.replace(f"localhost:{before}/", f"localhost:{port}/"))
