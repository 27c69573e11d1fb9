"""What each fact about money says to a person, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    ru: str
    en: str


FACTS: Mapping[str, Told] = {
    "PaymentOpened": Told("Платёж открыт", "The payment was opened"),
    "AttemptCreated": Told("Начата попытка оплаты", "An attempt was begun"),
    "AttemptSubmitted": Told(
        "Запрос отправлен платёжному шлюзу", "The gateway was asked for the money"
    ),
    "AttemptResubmitted": Told(
        "Тот же запрос отправлен ещё раз с тем же ключом",
        "The same request was sent again with the same key",
    ),
    "AttemptOutcomeUnknown": Told(
        "Ответ не получен: исход неизвестен, деньги могли быть списаны",
        "No answer came: the outcome is unknown, the money may have been taken",
    ),
    "AttemptNotFound": Told(
        "В списке шлюза этой попытки нет", "The gateway's list does not show it"
    ),
    "AttemptPending": Told(
        "Шлюз ждёт подтверждения", "The gateway waits for a confirmation"
    ),
    "AttemptCanceled": Told("Попытка отклонена", "The attempt was declined"),
    "AttemptRejected": Told(
        "Шлюз не принял запрос; ничего не списано",
        "The gateway refused the request; nothing was taken",
    ),
    "AttemptResolvedAbsent": Told(
        "Запрос не дошёл до шлюза; ничего не списано",
        "The request never arrived; nothing was taken",
    ),
    "PaymentSucceeded": Told("Деньги получены", "The money was taken"),
    "PaymentClosureRequested": Told(
        "Новых попыток не будет", "No further attempts are made"
    ),
    "PaymentClosed": Told("Платёж закрыт без списания", "Closed; nothing was taken"),
    "ChargeQuarantined": Told(
        "Шлюз показывает не то, о чём его просили: проверяет сотрудник",
        "The gateway shows what was not asked of it: staff look into it",
    ),
    "RefundReserved": Told("Зарезервировано для возврата", "Reserved for a refund"),
    "RefundReleased": Told("Резерв возврата снят", "No longer reserved for a refund"),
    "PaymentRefunded": Told("Возвращено", "Paid back"),
    "InvoiceFinalized": Told("Счёт выставлен", "The invoice was finalized"),
    "InvoiceNumbered": Told("Счёту присвоен номер", "The invoice was numbered"),
    "InvoicePaid": Told("Счёт оплачен", "The invoice was paid"),
    "InvoiceVoided": Told("Счёт аннулирован", "The invoice was voided"),
    "InvoiceMarkedUncollectible": Told(
        "Счёт признан безнадёжным", "The invoice was given up as uncollectible"
    ),
    "UnexpectedPaymentReceived": Told(
        "Деньги пришли за то, что уже не продаётся",
        "Money came for what is not sold any more",
    ),
    "CreditNoteIssued": Told("Выписана кредит-нота", "A credit note was issued"),
    "SubscriptionActivated": Told("Подписка начала действовать", "It came into force"),
    "PeriodOpened": Told("Открыт следующий период", "The next period was opened"),
    "PeriodPaid": Told("Период оплачен", "The period was paid for"),
    "SubscriptionPastDue": Told("Оплата просрочена", "The payment is past due"),
    "DunningStepTaken": Told("Напоминание об оплате", "A step of dunning"),
    "SubscriptionSuspended": Told("Доступ приостановлен", "Access was suspended"),
    "SubscriptionRecovered": Told("Подписка возобновлена", "It was paid after all"),
    "SubscriptionExpired": Told("Подписка истекла", "The subscription expired"),
    "SubscriptionCanceled": Told("Подписка отменена", "It was canceled"),
    "SubscriptionPaidLate": Told(
        "Деньги пришли после окончания подписки", "Money came after its end"
    ),
    "PlanChanged": Told("Тариф изменён", "The plan was changed"),
    "PlanChangeRequested": Told("Запрошена смена тарифа", "Another plan was asked for"),
    "PlanChangeRejected": Told("Смена тарифа не состоялась", "The plan stays"),
    "RefundRequested": Told("Запрошен возврат", "A refund was asked for"),
    "RefundSubmitted": Told(
        "Возврат отправлен шлюзу", "The gateway was asked to repay"
    ),
    "RefundResubmitted": Told("Возврат отправлен ещё раз", "The refund was sent again"),
    "RefundOutcomeUnknown": Told(
        "Исход возврата неизвестен", "The refund's outcome is unknown"
    ),
    "RefundPending": Told("Возврат обрабатывается", "The refund is under way"),
    "RefundSucceeded": Told("Деньги возвращены", "The money was paid back"),
    "RefundCanceled": Told("Возврат отклонён", "The refund was declined"),
    "RefundNeedsAttention": Told(
        "Возврат проверяет сотрудник", "Staff look into the refund"
    ),
}


def told(name: str) -> Told:
    """What is new here is told by its name."""
    return FACTS.get(name, Told(name, name))
