"""What must be true after any number of crashes: the provider against the log."""

from collections import Counter
from typing import Any, Protocol

from domain.billing_ids import payment_of
from infra.bootstrap import System
from infra.embedded.payments import SHOP, SHOP_KEY
from tests.payments import SandboxProcess

#: The letters, and the facts of each of which there is one.
LETTERS = {
    "payment-succeeded": ("PaymentSucceeded",),
    "subscription-active": ("SubscriptionActivated",),
    "subscription-renewed": ("PeriodPaid", "SubscriptionRecovered"),
    "renewal-coming": ("RenewalAnnounced",),
}


class Person(Protocol):
    subscription_id: str


class Life(Protocol):
    payments: SandboxProcess
    people: list[Any]


def assert_everybody_got_what_they_paid_for(system: System, life: Life) -> str:
    log = [each.payload for each in system.log.read(0, (), 1_000_000).facts]
    kinds = Counter(type(each).__name__ for each in log)
    started = {str(f.subscription_id) for f in of(log, "SubscriptionStarted")}
    assert {person.subscription_id for person in life.people} <= started, "lost"
    charged = charges_of(life.payments)
    assert set(charged.values()) == {1}, "charged twice"
    succeeded = Counter(str(f.payment_id) for f in of(log, "PaymentSucceeded"))
    assert succeeded == charged, "a charge and what is known of it"
    paid = {str(payment_of(f.invoice_id)) for f in of(log, "InvoicePaid")}
    unwanted = {str(f.payment_id) for f in of(log, "UnexpectedPaymentReceived")}
    assert paid | unwanted == {*charged}, "a paid invoice and its charge"
    periods = Counter((f.subscription_id, f.period_no) for f in of(log, "PeriodOpened"))
    assert set(periods.values()) <= {1}, "a period opened twice"
    assert_each_ends_as_it_must(system, log)
    letters = Counter(f.template for f in of(log, "LetterOrdered"))
    for template, facts in LETTERS.items():
        assert letters[template] == sum(kinds[fact] for fact in facts), template
    return (
        f"{len(started)} subscriptions, {len(periods)} renewals, "
        f"{len(charged)} charges for {len(paid)} paid invoices, "
        f"{kinds['AttemptOutcomeUnknown']} outcomes in doubt, "
        f"{sum(letters.values())} letters: nothing lost, nothing twice"
    )


def assert_each_ends_as_it_must(system: System, log: list[Any]) -> None:
    """Who has access has paid for every period; who has none has a reason."""
    ended = {
        f.subscription_id
        for kind in ("SubscriptionExpired", "SubscriptionIncompleteExpired")
        for f in of(log, kind)
    }
    invoiced = Counter(f.subscription_id for f in of(log, "InvoiceFinalized"))
    settled = Counter(f.subscription_id for f in of(log, "InvoicePaid"))
    with system.pool.connection() as connection:
        query = "SELECT subscription_id, status FROM read.subscriptions"
        for id_, status in connection.execute(query).fetchall():
            if id_ in ended:
                assert status.endswith("expired")
            else:
                assert status == "active", (id_, status)
                assert invoiced[id_] == settled[id_], id_


def of(log: list[Any], kind: str) -> list[Any]:
    return [each for each in log if type(each).__name__ == kind]


def charges_of(payments: SandboxProcess) -> Counter[str]:
    """How often the provider says that it has taken money for each payment."""
    taken: Counter[str] = Counter()
    query: dict[str, Any] = {"status": "succeeded", "limit": 100}
    while True:
        answer = payments.client.get(
            "/v3/payments", params=query, auth=(SHOP, SHOP_KEY)
        ).json()
        taken.update(each["metadata"]["payment_id"] for each in answer["items"])
        if "next_cursor" not in answer:
            return taken
        query["cursor"] = answer["next_cursor"]
