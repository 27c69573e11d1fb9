"""What staff does with a subscription, each time for a reason."""

from datetime import timedelta
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette_admin.actions import row_action
from starlette_admin.flash import flash
from typing_extensions import override

from query_api.dashboards.acting import ByVerbs, form
from query_api.dashboards.ports import Dashboards
from query_api.dashboards.wording import both, said

ADDRESS = "/command/v1/subscriptions"
LIVE = ("trialing", "active", "past_due", "suspended", "paused")
DAYS = Markup(
    '<label class="form-label" for="days">{label}</label>'
    '<input class="form-control mb-3" id="days" name="days" type="number"'
    ' min="{least}" max="366" value="7" required>'
)
WHEN = Markup(
    '<label class="form-label" for="at">{label}</label>'
    '<select class="form-select mb-3" id="at" name="at">'
    '<option value="period_end">{later}</option><option value="now">{now}</option>'
    "</select>"
)


def reason(_: Request, row: Any) -> str:
    return form(row, Markup(""), required=True)


def days(_: Request, row: Any) -> str:
    label = said("Сколько дней", "How many days")
    return form(row, DAYS.format(label=label, least=1), required=True)


def days_from_now(_: Request, row: Any) -> str:
    label = said("Через сколько дней закончится (0: сейчас)", "Ends in days (0: now)")
    return form(row, DAYS.format(label=label, least=0), required=True)


def when(_: Request, row: Any) -> str:
    more = WHEN.format(
        label=said("Когда", "When"),
        later=said("В конце периода", "At the end of the period"),
        now=said("Сейчас", "Now"),
    )
    return form(row, more, required=True)


class Managing(ByVerbs):
    edit_permission = "subscriptions:manage"
    row_actions = ("view", "free_time", "move_trial", "block", "unblock", "cancel")

    def __init__(self, given: Dashboards) -> None:
        super().__init__(given)
        self.clock = given.clock

    @override
    async def is_row_action_allowed_for_obj(
        self, request: Request, name: str, obj: Any
    ) -> bool:
        if name == "view":
            return bool(await self.is_row_action_allowed(request, name))
        is_live = obj.status in LIVE
        is_blocked = obj.blocked_at is not None
        fits = {
            "free_time": obj.status in ("active", "paused"),
            "move_trial": obj.status == "trialing",
            "block": is_live and not is_blocked,
            "unblock": is_live and is_blocked,
            "cancel": is_live or obj.status == "incomplete",
        }
        return self.may_write(request) and fits.get(name, False)

    @row_action(
        name="free_time",
        text=both("Подарить дни", "Give days away"),
        header=both("Подарить дни", "Give days away"),
        confirmation=both(
            "Период закончится позже, и следующее списание тоже.",
            "The period ends later, and so the next charge is later, too.",
        ),
        submit_btn_text=both("Подарить", "Give"),
        action_btn_class="btn btn-outline-primary",
        icon_class="fa fa-gift",
        form=days,
        exclude_from_list=True,
        modal_size="md",
    )
    async def free_time(self, request: Request, pk: Any) -> None:
        body = {"days": await asked_days(request)}
        await self.command(request, f"{ADDRESS}/{pk}/free-time", body)
        flash(request, said("Дни добавлены.", "The days are added."), "success")

    @row_action(
        name="move_trial",
        text=both("Перенести конец пробного", "Move the end of the trial"),
        header=both("Когда закончится пробный период", "When the trial ends"),
        submit_btn_text=both("Перенести", "Move"),
        action_btn_class="btn btn-outline-primary",
        icon_class="fa fa-hourglass-half",
        form=days_from_now,
        exclude_from_list=True,
        modal_size="md",
    )
    async def move_trial(self, request: Request, pk: Any) -> None:
        end = self.clock() + timedelta(days=await asked_days(request))
        body = {"ends_at": end.isoformat()}
        await self.command(request, f"{ADDRESS}/{pk}/trial", body)
        flash(request, said("Перенесено.", "Moved."), "success")

    @row_action(
        name="block",
        text=both("Заблокировать", "Block"),
        header=both("Заблокировать", "Block"),
        confirmation=both(
            "Доступ прекратится сразу; списаний не будет, а время пойдёт.",
            "Access is off at once. Nothing is charged; time goes on.",
        ),
        submit_btn_text=both("Заблокировать", "Block"),
        action_btn_class="btn btn-outline-danger",
        icon_class="fa fa-ban",
        form=reason,
        exclude_from_list=True,
        modal_size="md",
    )
    async def block(self, request: Request, pk: Any) -> None:
        await self.command(request, f"{ADDRESS}/{pk}/block", None)
        flash(request, said("Заблокирована.", "Blocked."), "success")

    @row_action(
        name="unblock",
        text=both("Разблокировать", "Unblock"),
        header=both("Разблокировать", "Unblock"),
        submit_btn_text=both("Разблокировать", "Unblock"),
        action_btn_class="btn btn-outline-primary",
        icon_class="fa fa-unlock",
        form=reason,
        exclude_from_list=True,
        modal_size="md",
    )
    async def unblock(self, request: Request, pk: Any) -> None:
        await self.command(request, f"{ADDRESS}/{pk}/unblock", None)
        flash(request, said("Разблокирована.", "Unblocked."), "success")

    @row_action(
        name="cancel",
        text=both("Отменить", "Cancel"),
        header=both("Отменить подписку", "Cancel the subscription"),
        submit_btn_text=both("Отменить подписку", "Cancel the subscription"),
        action_btn_class="btn btn-outline-danger",
        icon_class="fa fa-circle-xmark",
        form=when,
        exclude_from_list=True,
        modal_size="md",
    )
    async def cancel(self, request: Request, pk: Any) -> None:
        asked = await request.form()
        body = {"at": str(asked.get("at", ""))}
        await self.command(request, f"{ADDRESS}/{pk}/staff-cancellation", body)
        flash(request, said("Отменена.", "Canceled."), "success")


async def asked_days(request: Request) -> int:
    """What is no number is refused where numbers are checked."""
    given = str((await request.form()).get("days", ""))
    return int(given) if given.isdecimal() else -1
