"""``python -m infra.documentation`` writes it anew."""

import logging

from infra.documentation import DOCS, pages

logging.basicConfig(level=logging.INFO, format="%(message)s")

for name, text in pages().items():
    page = DOCS / name
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, encoding="utf-8")
    logging.getLogger(__name__).info("docs/%s", name)
