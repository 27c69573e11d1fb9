"""Finance: what recurs, what was earned, who stays, and what the books come to."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import zip_longest

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette_admin.views import CustomView
from starlette_admin.widgets import (
    BaseWidget,
    CardRowWidget,
    ChartWidget,
    Col,
    ColumnWidget,
    StatWidget,
    TableWidget,
)
from typing_extensions import override

from projections.books import Balance
from projections.finance import Cohort, Dunned, Earned, FinanceView, Month
from query_api.dashboards.money import money
from query_api.dashboards.overview import (
    CALM,
    CURRENCY,
    QUARTER,
    WHOLE,
    axis,
    constant,
)
from query_api.dashboards.security import may
from query_api.dashboards.wording import both, said

MONTHS = 12

#: The books' accounts as people call them.
ACCOUNTS = {
    "receivable": both("Дебиторская задолженность", "Receivable"),
    "cash_in_transit": both("Деньги у шлюза", "Cash in transit"),
    "gateway_fees": both("Комиссия шлюза", "Gateway fees"),
    "deferred_revenue": both("Доходы будущих периодов", "Deferred revenue"),
    "revenue": both("Выручка", "Revenue"),
    "vat_payable": both("НДС к уплате", "VAT payable"),
    "refund_liability": both("К возврату", "Refund liability"),
    "customer_credit": both("Кредит клиентов", "Customer credit"),
    "bad_debt": both("Безнадёжные долги", "Bad debt"),
    "suspense": both("До выяснения", "Suspense"),
}


class Finance(CustomView):
    menu_label = both("Финансы", "Finance")
    icon = "fa fa-coins"
    path = "/finance"
    route_name = "finance"

    def __init__(self, finance: FinanceView, now: Callable[[], datetime]) -> None:
        super().__init__(widget=self.build)
        self.finance = finance
        self.now = now

    @override
    def is_accessible(self, request: Request) -> bool:
        return may(request, "payments:read")

    async def build(self, _: Request) -> BaseWidget:
        return await run_in_threadpool(self.drawn, self.now())

    def drawn(self, at: datetime) -> BaseWidget:
        months = self.finance.mrr(at, MONTHS, CURRENCY)
        earned = self.finance.earned(at, MONTHS, CURRENCY)
        dunned = self.finance.dunning(at, MONTHS)
        rows = [
            movements(months),
            revenue(earned),
            retention(self.finance.cohorts(at, MONTHS)),
            recovery(dunned),
            trial_balance(self.finance.balances(at)),
        ]
        numbers = summary(months, earned, dunned, self.finance.open_differences())
        return ColumnWidget(
            [numbers, *(CardRowWidget([Col(row, WHOLE)]) for row in rows)]
        )


def summary(
    months: Sequence[Month],
    earned: Sequence[Earned],
    dunned: Sequence[Dunned],
    differences: int,
) -> CardRowWidget:
    now, this = months[-1], earned[-1]
    recovered = sum(each.recovered for each in dunned)
    ended = recovered + sum(each.lost for each in dunned)
    share = f"{100 * recovered / ended:.0f} %" if ended else "—"
    stats = (
        StatWidget(both("Ежемесячная выручка (MRR)", "MRR"), constant(money(now.mrr))),
        StatWidget(
            both("Признано в этом месяце", "Earned this month"),
            constant(money(this.revenue)),
        ),
        StatWidget(
            both("Спасено просроченных", "Recovered of past due"), constant(share)
        ),
        StatWidget(
            both("Расхождения со шлюзами", "Differences with gateways"),
            constant(differences),
            color="danger" if differences else "success",
        ),
    )
    return CardRowWidget([Col(stat, QUARTER) for stat in stats])


def movements(months: Sequence[Month]) -> BaseWidget:
    kinds = (
        (said("новые", "new"), [each.new for each in months]),
        (said("вернувшиеся", "reactivation"), [each.reactivation for each in months]),
        (said("рост", "expansion"), [each.expansion for each in months]),
        (said("снижение", "contraction"), [each.contraction for each in months]),
        (said("ушедшие", "churn"), [each.churn for each in months]),
    )
    colors = ["#2fb344", "#066fd1", "#74b816", "#f59f00", "#d63939"]
    return ChartWidget(
        both("Изменения MRR по месяцам, ₽", "Movements of MRR by month, ₽"),
        "bar",
        constant(
            [
                {"name": name, "data": [each / 100 for each in data]}
                for name, data in kinds
            ]
        ),
        options=axis([called(each.month) for each in months], colors)
        | {"chart": {"stacked": True, **CALM}},
    )


def revenue(earned: Sequence[Earned]) -> BaseWidget:
    data = [each.revenue / 100 for each in earned]
    return ChartWidget(
        both("Признанная выручка без НДС, ₽", "Revenue earned, without VAT, ₽"),
        "area",
        constant([{"name": said("выручка", "revenue"), "data": data}]),
        options=axis([called(each.month) for each in earned], ["#ae3ec9"])
        | {"chart": CALM},
    )


def retention(cohorts: Sequence[Cohort]) -> TableWidget:
    rows = [
        [
            called(each.month),
            each.size,
            *(
                "" if active is None else f"{100 * active / each.size:.0f} %"
                for active, _ in zip_longest(each.active, range(MONTHS))
            ),
        ]
        for each in cohorts
    ]
    columns = [said("Начали", "Began"), said("Сколько", "Number")]
    columns += [f"+{number}" for number in range(MONTHS)]
    title = both("Остались к концу месяца", "Still there when a month ended")
    return TableWidget(title, columns, constant(rows))


def recovery(dunned: Sequence[Dunned]) -> TableWidget:
    rows = [
        [
            called(each.month),
            each.cases,
            each.recovered,
            each.lost,
            "—" if each.rate is None else f"{100 * each.rate:.0f} %",
        ]
        for each in dunned
        if each.cases
    ]
    columns = [
        said("Месяц", "Month"),
        said("Просрочено", "Past due"),
        said("Оплачено", "Recovered"),
        said("Потеряно", "Lost"),
        said("Спасено", "Rate"),
    ]
    title = both("Просроченные продления", "Renewals past due")
    return TableWidget(title, columns, constant(rows))


def trial_balance(balances: Sequence[Balance]) -> TableWidget:
    """The sums of both columns are the same, or the books are wrong."""
    rows = [
        [
            account(each.account),
            money(each.debit, each.currency),
            money(each.credit, each.currency),
            signed(each.debit - each.credit, each.currency),
        ]
        for each in balances
    ]
    columns = [
        said("Счёт", "Account"),
        said("Дебет", "Debit"),
        said("Кредит", "Credit"),
        said("Сальдо", "Balance"),
    ]
    title = both("Оборотно-сальдовая ведомость", "Trial balance")
    return TableWidget(title, columns, constant(rows))


def account(name: str) -> str:
    kind, _, gateway = name.partition(":")
    called_ = str(ACCOUNTS.get(kind, kind))
    return f"{called_} · {gateway}" if gateway else called_


def signed(minor: int, currency: str) -> str:
    return f"−{money(-minor, currency)}" if minor < 0 else money(minor, currency)


def called(month: date) -> str:
    return f"{month:%m.%Y}"
