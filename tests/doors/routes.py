"""Every address of the product, read from the URL configuration, so that a test of all of them misses no new one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

CONVERTERS = ("int", "str", "slug", "uuid", "path")


@dataclass(frozen=True, slots=True)
class Route:
    """One address. `name` is its name in the configuration, or its pattern when it has none."""

    name: str
    template: str
    converters: Mapping[str, Any]

    @property
    def is_api(self) -> bool:
        """Whether machines are answered here, in JSON."""
        return self.template.lstrip("^").startswith("api/")

    def address(self, known: Mapping[str, Any]) -> str:
        """The address with its parts filled in; fails for a part that the test does not know."""
        missing = set(self.converters) - set(known)
        assert not missing, f"{self.name}: the test knows no {missing}"
        text = self.template
        for name, converter in self.converters.items():
            for spelling in CONVERTERS:
                text = text.replace(f"<{spelling}:{name}>", converter.to_url(known[name]))
        return "/" + text.lstrip("^").replace("(?P<rest>.*)$", "x")


def routes() -> list[Route]:
    """All of them, in the order of the configuration."""
    return [_route(parts) for parts in _walk(get_resolver().url_patterns, [])]


def _walk(found: list[Any], above: list[Any]) -> Iterator[list[URLPattern | URLResolver]]:
    for entry in found:
        parts = [*above, entry]
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, parts)
        else:
            yield parts


def _route(parts: list[Any]) -> Route:
    template = "".join(str(part.pattern) for part in parts)
    converters = {name: value for part in parts for name, value in part.pattern.converters.items()}
    return Route(parts[-1].name or template, template, converters)
