"""Signing in with one's own account; the browser holds nothing but a key."""

from dataclasses import replace
from typing import Any

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates
from starlette_admin.auth import AdminUser, BaseAuthProvider
from starlette_admin.helpers import index_url, safe_redirect_url
from typing_extensions import override

from query_api.dashboards.ports import (
    Answer,
    CommandApi,
    CommandsUnreachable,
    Session,
    Sessions,
    Tokens,
)
from query_api.dashboards.wording import said
from query_api.security import Authenticate, Principal

COOKIE = "cinema_dashboards"
TOKENS = "/auth/v1/tokens"
PERMISSION = "dashboards:read"
SEE_OTHER = 303
UNREACHABLE = 503
FORBIDDEN = 403


class OwnAccount(BaseAuthProvider):
    """The tokens stay on this side; whoever lost the permission is out at once."""

    def __init__(
        self, authenticate: Authenticate, commands: CommandApi, sessions: Sessions
    ) -> None:
        super().__init__()
        self.resolve = authenticate
        self.commands = commands
        self.sessions = sessions

    @override
    async def authenticate(self, request: Request) -> AdminUser | None:
        if "/static/" in request.url.path:
            return None
        key = request.cookies.get(COOKIE)
        if key is None:
            return None
        found = await run_in_threadpool(self.recognise, key)
        if found is None:
            return None
        session, principal = found
        request.state.key, request.state.session = key, session
        request.state.principal = principal
        return AdminUser(username=session.email)

    def recognise(self, key: str) -> tuple[Session, Principal] | None:
        session = self.sessions.find(key)
        if session is None:
            return None
        principal = self.resolve(session.tokens.access)
        if principal is None:
            session = self.refreshed(key, session)
            principal = self.resolve(session.tokens.access) if session else None
        if session is None or principal is None:
            return None
        return (session, principal) if PERMISSION in principal.permissions else None

    def refreshed(self, key: str, session: Session) -> Session | None:
        body = {"grant_type": "refresh_token", "refresh_token": session.tokens.refresh}
        try:
            answer = self.commands.send("POST", TOKENS, body)
        except CommandsUnreachable:
            return None
        if answer.is_refusal:
            self.sessions.close(key)
            return None
        session = replace(session, tokens=tokens_in(answer))
        self.sessions.keep(key, session)
        return session

    @override
    def get_routes(self, templates: Jinja2Templates) -> list[Route]:
        async def login(request: Request) -> Response:
            return await self.login(request, templates)

        return [
            Route(self.login_path, login, methods=["GET", "POST"], name="login"),
            Route(self.logout_path, self.logout, methods=["POST"], name="logout"),
        ]

    async def login(self, request: Request, templates: Jinja2Templates) -> Response:
        """The framework's own page logs who tries; this one does not."""
        home = index_url(request)
        wanted = request.query_params.get("next") or home
        following = safe_redirect_url(wanted, request, home)
        if getattr(request.state, "admin_user", None):
            return RedirectResponse(following, SEE_OTHER)
        if request.method == "GET":
            return templates.TemplateResponse(request, "login.html")
        form = await request.form()
        email, password = str(form.get("email", "")), str(form.get("password", ""))
        outcome = await run_in_threadpool(self.sign_in, email.strip(), password)
        if isinstance(outcome, Answer):
            context = {"error": explained(outcome), "email": email}
            return templates.TemplateResponse(
                request, "login.html", context, status_code=outcome.status
            )
        answer = RedirectResponse(following, SEE_OTHER)
        answer.set_cookie(COOKIE, outcome, **cookie(request))
        return answer

    def sign_in(self, email: str, password: str) -> str | Answer:
        """The browser's key, or the refusal."""
        body = {"grant_type": "password", "email": email, "password": password}
        try:
            answer = self.commands.send("POST", TOKENS, body)
        except CommandsUnreachable:
            return Answer(UNREACHABLE, {})
        if answer.is_refusal:
            return answer
        tokens = tokens_in(answer)
        principal = self.resolve(tokens.access)
        if principal is None or PERMISSION not in principal.permissions:
            self.sign_out(tokens)
            return Answer(FORBIDDEN, {})
        return self.sessions.open(Session(tokens, email, answer.position or 0))

    async def logout(self, request: Request) -> Response:
        await run_in_threadpool(self.end, request.state.key)
        answer = RedirectResponse(index_url(request), SEE_OTHER)
        answer.delete_cookie(COOKIE, path=request.scope["root_path"])
        return answer

    def end(self, key: str) -> None:
        session = self.sessions.find(key)
        self.sessions.close(key)
        if session:
            self.sign_out(session.tokens)

    def sign_out(self, tokens: Tokens) -> None:
        try:
            self.commands.send("DELETE", TOKENS, token=tokens.access)
        except CommandsUnreachable:
            return  # It ends by itself; here nobody has its tokens any more.


def tokens_in(answer: Answer) -> Tokens:
    return Tokens(answer.body["access_token"], answer.body["refresh_token"])


def cookie(request: Request) -> dict[str, Any]:
    return {
        "httponly": True,
        "samesite": "lax",
        "secure": request.url.scheme == "https",
        "path": request.scope["root_path"],
    }


def explained(refusal: Answer) -> str:
    match refusal.status:
        case 401 | 422:
            return said(
                "Адрес или пароль не подходят.", "The address or the password is wrong."
            )
        case 403:
            return said(
                "У этой учётной записи нет доступа к панели.",
                "This account may not use the dashboards.",
            )
        case 429:
            return said(
                "Слишком много попыток; попробуйте позже.",
                "Too many attempts; try again later.",
            )
        case _:
            return said(
                "Вход сейчас невозможен; попробуйте чуть позже.",
                "Signing in is not possible right now; try again in a moment.",
            )


def may(request: Request, permission: str) -> bool:
    principal: Principal | None = getattr(request.state, "principal", None)
    return principal is not None and permission in principal.permissions
