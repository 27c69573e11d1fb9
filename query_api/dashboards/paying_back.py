"""Paying back from the page of a payment: how much, why, and whether access ends."""

from typing import Any
from uuid import uuid4

from markupsafe import Markup
from starlette.requests import Request
from starlette_admin.actions import row_action
from starlette_admin.flash import flash
from typing_extensions import override

from query_api.dashboards.acting import ByVerbs, form
from query_api.dashboards.money import money
from query_api.dashboards.wording import both, said

ADDRESS = "/command/v1/payments"
REFUNDABLE = ("succeeded", "partially_refunded")
#: The key belongs to the form: sent twice, it is one refund.
FIELDS = Markup(
    '<input type="hidden" name="key" value="{key}">'
    '<label class="form-label" for="amount">{amount}</label>'
    '<input class="form-control mb-3" id="amount" name="amount" inputmode="decimal"'
    ' placeholder="{left}">'
    '<label class="form-label" for="access">{access}</label>'
    '<select class="form-select mb-3" id="access" name="access">'
    '<option value="policy">{policy}</option><option value="ends">{ends}</option>'
    '<option value="stays">{stays}</option></select>'
)


def fields(_: Request, row: Any) -> str:
    back = row.refunded["minor"] if row.refunded else 0
    left = money(row.amount["minor"] - back, row.amount["currency"])
    more = FIELDS.format(
        key=uuid4(),
        left=left,
        amount=said("Сколько (пусто: весь остаток)", "How much (empty: all of it)"),
        access=said("Доступ", "Access"),
        policy=said(
            "Закончится, если вернуть всё за текущий период",
            "Ends if all of the current period is paid back",
        ),
        ends=said("Закончится", "Ends"),
        stays=said("Останется", "Stays"),
    )
    return form(row, more, required=True)


class PayingBack(ByVerbs):
    edit_permission = "payments:refund"
    row_actions = ("view", "refund")

    @override
    async def is_row_action_allowed_for_obj(
        self, request: Request, name: str, obj: Any
    ) -> bool:
        if name == "refund":
            return self.may_write(request) and obj.status in REFUNDABLE
        return bool(await self.is_row_action_allowed(request, name))

    @row_action(
        name="refund",
        text=both("Вернуть деньги", "Refund"),
        header=both("Вернуть деньги", "Refund"),
        confirmation=both(
            "Шлюз вернёт их туда, откуда они пришли; плательщик получит письмо.",
            "The gateway sends the money back to where it came from; the payer gets a "
            "letter.",
        ),
        submit_btn_text=both("Вернуть", "Refund"),
        action_btn_class="btn btn-outline-danger",
        icon_class="fa fa-rotate-left",
        form=fields,
        exclude_from_list=True,
        modal_size="md",
    )
    async def refund(self, request: Request, pk: Any) -> None:
        asked = await request.form()
        body: dict[str, Any] = {
            "reason": str(asked.get("reason", "")),
            "access": str(asked.get("access", "policy")),
        }
        if amount := str(asked.get("amount", "")).strip().replace(",", "."):
            row = self.table.get(str(pk))
            currency = row["amount"]["currency"] if row else "RUB"
            body["amount"] = {"amount": with_minor(amount), "currency": currency}
        await self.command(request, f"{ADDRESS}/{pk}/refunds", body)
        flash(request, said("Возврат начат.", "The refund is under way."), "success")


def with_minor(amount: str) -> str:
    """``100`` and ``100.5`` as people write them; what is no number stays as it is."""
    whole, _, minor = amount.partition(".")
    return f"{whole}.{minor:0<2}"
