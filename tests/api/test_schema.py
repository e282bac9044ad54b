"""The OpenAPI document tells every address, every error, and the viewer keeps to the strict policy."""

import re

import pytest
import yaml
from django.urls import get_resolver

from api import hot_path
from api.throttles import LIMITS

OUTSIDE = {"livez", "readyz", "api/v1/schema", "api/v1/docs"}


@pytest.fixture
def document(client):
    reply = client.get("/api/v1/schema")
    assert reply.status_code == 200
    return yaml.safe_load(reply.content)


def addresses():
    """The patterns of this door, as OpenAPI writes them."""
    patterns = [str(entry.pattern) for entry in get_resolver("api.urls").url_patterns]
    return {
        "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", pattern)
        for pattern in patterns
        if pattern not in OUTSIDE and not pattern.startswith("^")
    }


def test_it_is_openapi_3_1_and_tells_every_address(document):
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == addresses()


def operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_every_operation_tells_its_errors_in_the_one_shape(document):
    for name, operation in operations(document):
        codes = [status for status in operation["responses"] if status >= "400"]
        assert codes, name
        for status in codes:
            content = operation["responses"][status]["content"]["application/json"]
            assert content["schema"] == {"$ref": "#/components/schemas/Error"}, name


def test_every_reference_leads_somewhere(document):
    found = set(re.findall(r"#/components/schemas/(\w+)", str(document)))

    assert found - set(document["components"]["schemas"]) == set()
    security = {
        name for _, operation in operations(document) for part in operation["security"] for name in part
    }
    assert security - set(document["components"]["securitySchemes"]) == set()


def test_operations_have_names_of_their_own(document):
    names = [operation["operationId"] for _, operation in operations(document)]

    assert len(set(names)) == len(names)
    assert {endpoint.name for endpoint in hot_path.ENDPOINTS} <= set(names)


def test_the_limits_are_told(document):
    for scope, limit in LIMITS.items():
        assert f"| {scope} | {limit.account:,} | {limit.address:,} |" in document["info"]["description"]


# Whose `key` names an option, or an answer that a client has given.
NAMES = {"OptionView", "GivenAnswer", "OwnAnswer", "AckMessage"}


def test_only_the_bank_and_the_operator_of_a_live_round_see_a_key(document):
    holders = {
        name
        for name, schema in document["components"]["schemas"].items()
        if {"key", "keys", "accepted"} & set(schema.get("properties", {}))
    }

    assert holders - NAMES == {"QuestionOutput", "HostView"}


def test_the_viewer_has_no_inline_script_or_style_and_loads_from_here(client):
    page = client.get("/api/v1/docs")
    text = page.content.decode()

    assert page["Content-Security-Policy"].count("unsafe") == 0
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\bon\w+=|\bstyle=", text) == []
    sources = re.findall(r'(?:src|href)="([^"]+)"', text)
    assert sources
    assert all(source.startswith("/") for source in sources)


def test_the_script_of_the_viewer_names_the_schema(client):
    reply = client.get("/api/v1/docs?script=")

    assert reply["Content-Type"].startswith("application/javascript")
    assert "/api/v1/schema" in reply.content.decode()
