"""The OpenAPI document is the truth: a reply with a status or a shape that it does not tell is a fault."""

import json
import re
from functools import cache
from typing import Any

import yaml
from django.http import HttpResponse
from jsonschema import Draft202012Validator, FormatChecker

from tests.journeys.site import ROOT

DOCUMENT = ROOT / "tests" / "architecture" / "openapi.yml"
# What a client meets before it has named an operation: told once in the description, not with each of them.
ANYWHERE = {"405"}


@cache
def document() -> dict[str, Any]:
    """The document as it is checked in; another test compares it with the code."""
    found: dict[str, Any] = yaml.safe_load(DOCUMENT.read_text())
    return found


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    paths = sorted(document()["paths"], key=lambda path: path.count("{"))
    return [(re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), path) for path in paths]


@cache
def _validator(path: str, method: str, status: str) -> Draft202012Validator | None:
    """None for a reply without a body."""
    responses = document()["paths"][path][method]["responses"]
    content = responses[status].get("content")
    if content is None:
        return None
    schema = {**content["application/json"]["schema"], "components": document()["components"]}
    return Draft202012Validator(schema, format_checker=FormatChecker())


def conforms(method: str, address: str, reply: HttpResponse) -> None:
    """Fails unless the document tells this reply; addresses that are none of its operations are passed over."""
    bare = address.partition("?")[0]
    path = next((path for pattern, path in _patterns() if pattern.fullmatch(bare)), None)
    operation = document()["paths"].get(path or "", {}).get(method.lower())
    status = str(reply.status_code)
    if operation is None:
        assert path is None or status in {*ANYWHERE, "401"} or method in {"HEAD", "OPTIONS"}, (
            method,
            bare,
            status,
        )
        return
    assert status in operation["responses"], f"{method} {path} does not tell {status}: {reply.content!r}"
    validator = _validator(str(path), method.lower(), status)
    if validator is None:
        assert reply.content == b"", f"{method} {path} {status}"
        return
    assert reply["Content-Type"] == "application/json", f"{method} {path} {status}"
    faults = [
        f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(json.loads(reply.content))
    ]
    assert faults == [], f"{method} {path} {status}: {faults}"
