"""What a letter says: a Jinja file for each template and language.

A file has three blocks: ``subject``, ``text`` and ``html``. The same file is compiled
twice, because names are escaped in HTML and must not be in plain text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from domain.kernel.values import Locale
from infra.smtp.wording import filters

FOLDER = Path(__file__).parent / "templates"
LOCALES: tuple[Locale, ...] = ("ru", "en")


class Unreadable(Exception):
    """The letter cannot be rendered; its template or its variables are wrong."""


@dataclass(frozen=True, slots=True)
class Sheet:
    subject: str
    text: str
    html: str


class Stationery:
    def __init__(self, public_url: str, zone: tzinfo, folder: Path = FOLDER) -> None:
        shared = {"site": public_url.rstrip("/")}
        self.plain = {
            locale: environment(locale, zone, folder, shared, escape=False)
            for locale in LOCALES
        }
        self.escaping = {
            locale: environment(locale, zone, folder, shared, escape=True)
            for locale in LOCALES
        }

    def write(
        self, template: str, locale: Locale, variables: Mapping[str, Any]
    ) -> Sheet:
        """Raises ``Unreadable``."""
        name = f"{locale}/{template}.jinja"
        try:
            plain = self.plain[locale].get_template(name)
            escaping = self.escaping[locale].get_template(name)
            subject = " ".join(block(plain, "subject", variables).split())
            frame = self.escaping[locale].get_template("frame.html.jinja")
            content = Markup(block(escaping, "html", variables))  # noqa: S704
            return Sheet(
                subject=subject,
                text=block(plain, "text", variables).strip() + "\n",
                html=frame.render(subject=subject, content=content, locale=locale),
            )
        except (TemplateError, TypeError, ValueError) as error:
            raise Unreadable(f"{name}: {error}") from error


def environment(
    locale: Locale,
    zone: tzinfo,
    folder: Path,
    shared: Mapping[str, str],
    *,
    escape: bool,
) -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=escape,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters(locale, zone))
    made.globals.update(shared)
    return made


def block(template: Template, name: str, variables: Mapping[str, Any]) -> str:
    context = template.new_context(dict(variables))
    return "".join(template.blocks[name](context))
