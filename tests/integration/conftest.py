from tests.contracts.conftest import clients  # noqa: F401  # one emulator for a session's tests, with nothing deployed on it
