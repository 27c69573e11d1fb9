"""Every letter there is, in every language."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from domain.kernel.values import Locale, Money
from domain.mailing.templates import VARIABLES, Template
from infra.smtp.stationery import FOLDER, LOCALES, Stationery, Unreadable
from infra.smtp.wording import date, money

ZONE = ZoneInfo("Europe/Moscow")
SITE = "https://cinema.example"
#: Sent by the reactor, beside what the letter's order says.
LINK = {"link": f"{SITE}/verify?token=t&x=1"}
SECRETS = {"verify-email": LINK, "password-reset": LINK}
LETTERS = [(template, locale) for template in VARIABLES for locale in LOCALES]

stationery = Stationery(SITE, ZONE)


def value(name: str) -> str | Money:
    if name.startswith("amount"):
        return Money(129900)
    is_instant = name.endswith(("_at", "until"))
    return "2026-02-28T21:30:00+00:00" if is_instant else f"«{name}» <&>"


def variables(template: Template) -> Mapping[str, Any]:
    told = {name: value(name) for name in VARIABLES[template]}
    return {**told, **SECRETS.get(template, {})}


def test_every_template_has_declared_what_it_needs() -> None:
    assert set(VARIABLES) == set(get_args(Template))


@pytest.mark.parametrize(("template", "locale"), LETTERS)
def test_every_letter_can_be_written(template: Template, locale: Locale) -> None:
    sheet = stationery.write(template, locale, variables(template))
    assert sheet.subject
    assert "\n" not in sheet.subject
    assert sheet.text.strip()
    assert f'<html lang="{locale}">' in sheet.html
    for unescaped in ("<&>", "{{", "{%", "Markup", "Undefined"):
        assert unescaped not in sheet.html
    assert "src=" not in sheet.html, "nothing is loaded from anywhere"


@pytest.mark.parametrize(("template", "locale"), LETTERS)
def test_what_a_letter_is_not_told_it_does_not_say(
    template: Template, locale: Locale
) -> None:
    told = dict(variables(template))
    for name in VARIABLES[template]:
        rest = {key: value for key, value in told.items() if key != name}
        if is_used(template, locale, name):
            with pytest.raises(Unreadable, match=name):
                stationery.write(template, locale, rest)


def is_used(template: Template, locale: Locale, name: str) -> bool:
    wording = (FOLDER / locale / f"{template}.jinja").read_text()
    return f"{name} " in wording


def test_a_variable_nobody_declared_refuses_the_letter(tmp_path: Path) -> None:
    (tmp_path / "ru").mkdir()
    wording = "{% block subject %}{{ name }}{% endblock %}"
    (tmp_path / "ru" / "welcome.jinja").write_text(wording)
    with pytest.raises(Unreadable, match="'name' is undefined"):
        Stationery(SITE, ZONE, tmp_path).write("welcome", "ru", {})


def test_a_template_cannot_reach_out_of_its_sandbox(tmp_path: Path) -> None:
    (tmp_path / "ru").mkdir()
    wording = "{% block subject %}{{ ''.__class__.__mro__ }}{% endblock %}"
    (tmp_path / "ru" / "welcome.jinja").write_text(wording)
    with pytest.raises(Unreadable, match="unsafe"):
        Stationery(SITE, ZONE, tmp_path).write("welcome", "ru", {})


def test_an_unknown_letter_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="no-such"):
        stationery.write("no-such", "ru", {})


@pytest.mark.parametrize(
    ("locale", "amount", "shown"),
    [
        ("ru", Money(129905), "1\u202f299,05\u00a0₽"),
        ("ru", Money(5, "USD"), "0,05\u00a0$"),
        ("en", Money(129905), "₽1,299.05"),
        ("en", Money(100, "EUR"), "€1.00"),
    ],
)
def test_amounts_read_as_the_reader_is_used_to(
    locale: Locale, amount: Money, shown: str
) -> None:
    assert money(locale)(amount) == shown


def test_an_instant_is_a_day_where_the_reader_is() -> None:
    instant = "2026-02-28T21:30:00+00:00"
    assert date("ru", ZONE)(instant) == "1\u00a0марта 2026\u00a0г."
    assert date("en", ZONE)(instant) == "1\u00a0March 2026"
