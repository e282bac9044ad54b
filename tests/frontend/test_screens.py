"""Every address of the pages has a line in the table of screens that the walk with axe reads."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver

from frontend import urls
from tests.journeys.screens import NO_ADDRESS, NOT_SCREENS, SCREENS


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all addresses below."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        else:
            yield str(pattern.name)


def test_every_address_is_looked_at_or_says_why_not():
    """For an address that fails here, add a line to SCREENS in tests/journeys/screens.py."""
    known = {screen.name for screen in SCREENS} - NO_ADDRESS

    assert set(names(urls.urlpatterns)) == known | set(NOT_SCREENS)


def test_every_state_has_one_line():
    lines = [str(screen) for screen in SCREENS]

    assert len(lines) == len(set(lines))
