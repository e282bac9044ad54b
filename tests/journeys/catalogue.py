"""Finds the product's Vietnamese words on a page that should speak English."""

import re
from functools import cache

from babel.messages.pofile import read_po
from playwright.sync_api import Page

from tests.journeys.browser import ROOT

CATALOGUE = ROOT / "frontend" / "locale" / "en" / "LC_MESSAGES" / "django.po"
FACT = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
LETTER = re.compile(r"[^\W\d_]")
TEXTS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    if (data.trim() && !parentElement.closest("script, style, noscript") && parentElement.checkVisibility()) {
      found.push(data.replace(/\\s+/g, " ").trim());
    }
  }
  return found;
}"""


@cache
def vietnamese() -> re.Pattern[str]:
    """Every sentence of the product that reads otherwise in English, with anything where its facts are."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    patterns = set()
    for message in catalogue:
        text = message.id if isinstance(message.id, str) else message.id[0]
        if text and message.string != message.id and LETTER.search(FACT.sub("", text)):
            pieces = (re.escape(piece) for piece in FACT.split(" ".join(text.split())))
            patterns.add(".+".join(pieces))
    return re.compile("|".join(sorted(patterns)))


def not_in_english(page: Page) -> list[str]:
    """Texts in sight that are the product's, and not in English."""
    return [text for text in page.evaluate(TEXTS) if vietnamese().fullmatch(text)]
