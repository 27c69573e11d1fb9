"""Confirming an e-mail address with the link from the letter.

The link shows a page with a button: programs that open every link of a letter must not
confirm an address for somebody who has not read it.
"""

from html import escape
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response
from fastapi.responses import HTMLResponse

from command_api.dependencies import Wired
from command_api.identity import InvalidLink
from command_api.secrets import SecretBody, Token, no_store
from command_api.security import Everybody

router = APIRouter(
    prefix="/verifications",
    tags=["sign-in"],
    dependencies=[Depends(Everybody()), Depends(no_store)],
)

LinkToken = Annotated[str, Query(max_length=4096)]
Language = Annotated[str, Header(alias="Accept-Language")]

PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
PAGE = """<!doctype html>
<html lang="{lang}"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">
<h1>{title}</h1>{content}</html>
"""
BUTTON = """<form method="post" action="/auth/v1/verifications/page?token={token}">
<button>{label}</button></form>"""
WORDS = {
    "ru": {
        "title": "Подтверждение адреса",
        "label": "Подтвердить адрес",
        "done": "Адрес подтверждён. Эту страницу можно закрыть.",
        "invalid": "Ссылка уже использована или устарела. Запросите новую.",
    },
    "en": {
        "title": "Confirm your address",
        "label": "Confirm the address",
        "done": "The address is confirmed. You can close this page.",
        "invalid": "This link was used before, or is too old. Ask for a new one.",
    },
}


class VerificationBody(SecretBody):
    token: Token


@router.post("", status_code=204)
def verify_email(body: VerificationBody, wired: Wired) -> None:
    wired.identity.registration.verify_email(body.token)


@router.get("", response_class=HTMLResponse)
def show_button(token: LinkToken, language: Language = "ru") -> Response:
    lang = language_of(language)
    button = BUTTON.format(token=escape(token), label=WORDS[lang]["label"])
    return page(lang, button)


@router.post("/page", response_class=HTMLResponse)
def press_button(token: LinkToken, wired: Wired, language: Language = "ru") -> Response:
    lang = language_of(language)
    try:
        wired.identity.registration.verify_email(token)
    except InvalidLink as error:
        return page(lang, f"<p>{WORDS[lang]['invalid']}</p>", error.status_code)
    return page(lang, f"<p>{WORDS[lang]['done']}</p>")


def language_of(accepted: str) -> str:
    return "en" if accepted.strip().lower().startswith("en") else "ru"


def page(lang: str, content: str, status: int = 200) -> Response:
    html = PAGE.format(lang=lang, title=WORDS[lang]["title"], content=content)
    return HTMLResponse(html, status, headers=PAGE_HEADERS)
