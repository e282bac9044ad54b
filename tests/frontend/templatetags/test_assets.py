import json
import os

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template

from frontend.templatetags import assets

CHUNKS = {
    "_shared.js": {"file": "assets/shared-1.js", "css": ["assets/shared-1.css"]},
    "_inner.js": {"file": "assets/inner-1.js", "css": ["assets/inner-1.css"], "imports": ["_shared.js"]},
    "src/entries/site.ts": {
        "file": "assets/site-1.js",
        "css": ["assets/site-1.css"],
        "imports": ["_inner.js", "_shared.js"],
        "isEntry": True,
    },
}


@pytest.fixture
def built(tmp_path, monkeypatch):
    (tmp_path / "manifest.json").write_text(json.dumps(CHUNKS))
    monkeypatch.setattr(assets.manifest, "__defaults__", (tmp_path,))
    assets._read.cache_clear()
    yield tmp_path
    assets._read.cache_clear()


def test_styles_of_imports_come_first_and_once():
    styles, script = assets.files_of("site", CHUNKS)

    assert styles == ["assets/shared-1.css", "assets/inner-1.css", "assets/site-1.css"]
    assert script == "assets/site-1.js"


def test_a_style_file_that_is_shared_comes_before_the_entrys_own():
    chunks = {
        "_question.css": {"file": "assets/question-1.css"},
        "_base.css": {"file": "assets/base-1.css"},
        "src/entries/desk.ts": {
            "file": "assets/desk-1.js",
            "css": ["assets/desk-1.css", "assets/base-1.css", "assets/question-1.css"],
        },
    }

    styles, _script = assets.files_of("desk", chunks)

    assert styles == ["assets/base-1.css", "assets/question-1.css", "assets/desk-1.css"]


def test_the_tag_writes_links_and_a_module(built):
    html = Template('{% load assets %}{% asset "site" %}').render(Context())

    assert html == (
        '<link rel="stylesheet" href="/static/frontend/dist/assets/shared-1.css">'
        '<link rel="stylesheet" href="/static/frontend/dist/assets/inner-1.css">'
        '<link rel="stylesheet" href="/static/frontend/dist/assets/site-1.css">'
        '<script type="module" src="/static/frontend/dist/assets/site-1.js"></script>'
    )


def test_an_unknown_entry_is_named():
    with pytest.raises(ImproperlyConfigured, match="no entry 'sight'"):
        assets.files_of("sight", CHUNKS)


def test_a_client_that_is_not_built_says_what_to_run(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="run `make client`"):
        assets.manifest(tmp_path)


def test_a_new_build_is_seen_while_debugging(built, settings):
    settings.DEBUG = True
    assets.manifest()
    newer = {"src/entries/site.ts": {"file": "assets/site-2.js"}}
    path = built / "manifest.json"
    before = path.stat().st_mtime_ns
    path.write_text(json.dumps(newer))
    if path.stat().st_mtime_ns == before:  # a coarse file system clock
        os.utime(path, ns=(before + 1, before + 1))

    assert assets.manifest() == newer
