"""Sets the stage of a journey inside the site's own environment.

    python -m tests.journeys.stage package.module:function   with keyword arguments as JSON on stdin

prints what the function returns, as JSON, on the last line. A journey drives a browser, whose event loop forbids
Django's ORM in the same process, so whatever a journey needs in the database is made here (see `Site.stage`).
"""

import importlib
import json
import os
import sys

import django


def main(target: str) -> None:
    """Call module:function with the arguments from stdin and print the outcome."""
    module, _, name = target.partition(":")
    arguments = json.load(sys.stdin)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contest.project.settings")
    django.setup()
    outcome = getattr(importlib.import_module(module), name)(**arguments)
    print(json.dumps(outcome))


if __name__ == "__main__":
    main(sys.argv[1])
