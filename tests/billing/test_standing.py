"""Paused by the subscriber; blocked, and given time, by staff."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.account.commands import RegisterAccount
from domain.kernel.messages import Metadata
from domain.kernel.values import AccountId
from tests.billing.conftest import BORIS, Shop
from tests.billing.views import assert_all_equal_what_is_built_from_nothing

WHY = {"Cinema-Reason": "asked%20for"}
ANOTHER = UUID(int=1)


def bought(shop: Shop) -> tuple[str, datetime]:
    id_ = shop.buy()
    return id_, at(shop.subscription(id_)["period"]["end"])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def has_access(shop: Shop) -> bool:
    has: bool = shop.get("/me/entitlements").json()["has_access"]
    return has


def ask(shop: Shop, id_: str, verb: str, **options: Any) -> None:
    answer = shop.post(f"/subscriptions/{id_}/{verb}", **options)
    assert answer.status_code == 200, answer.text
    shop.drain()


def staff(shop: Shop, id_: str, verb: str, **body: Any) -> None:
    ask(shop, id_, verb, as_="support", headers=WHY, json=body or None)


def test_paused_now_nothing_is_charged_and_the_rest_is_kept(shop: Shop) -> None:
    id_, end = bought(shop)
    shop.pass_time(days=10)
    left = end - shop.hands.now
    ask(shop, id_, "pause", json={"at": "now"})
    assert shop.subscription(id_)["status"] == "paused"
    assert not has_access(shop)
    shop.step_to(end + timedelta(days=60))
    assert len(shop.gateway.taken) == 1
    assert shop.facts("RenewalAnnounced", "PeriodOpened") == []
    ask(shop, id_, "resumption")
    back = shop.subscription(id_)
    new_end = shop.hands.now + left
    assert (back["status"], at(back["access_until"])) == ("active", new_end)
    assert has_access(shop)
    shop.step_to(new_end - timedelta(seconds=1))
    assert len(shop.gateway.taken) == 1
    shop.step_to(new_end)
    assert len(shop.gateway.taken) == 2
    assert at(shop.subscription(id_)["period"]["start"]) == new_end
    assert_all_equal_what_is_built_from_nothing(shop)


def test_paused_at_the_end_the_next_period_begins_with_the_money(shop: Shop) -> None:
    id_, end = bought(shop)
    back_at = end + timedelta(days=20)
    ask(shop, id_, "pause", json={"resume_at": back_at.isoformat()})
    assert at(shop.subscription(id_)["pause_at"]) == end
    assert at(shop.subscription(id_)["resume_at"]) == back_at
    shop.step_to(back_at - timedelta(seconds=1))
    assert shop.subscription(id_)["status"] == "paused"
    assert (has_access(shop), len(shop.gateway.taken)) == (False, 1)
    shop.gateway.declines.append("insufficient_funds")
    shop.step_to(back_at)
    assert shop.subscription(id_)["status"] == "past_due"
    assert not has_access(shop)
    shop.step_to(back_at + timedelta(days=1))
    assert (has_access(shop), len(shop.gateway.taken)) == (True, 2)
    found = shop.subscription(id_)
    assert at(found["period"]["start"]) == back_at + timedelta(days=1)
    assert_all_equal_what_is_built_from_nothing(shop)


def test_a_pause_at_the_boundary_comes_before_it_or_after(shop: Shop) -> None:
    id_, end = bought(shop)
    shop.step_to(end - timedelta(seconds=1))
    shop.hands.now = end
    ask(shop, id_, "pause", json={"at": "now"})
    assert shop.subscription(id_)["status"] == "paused"
    assert len(shop.gateway.taken) == 1
    ask(shop, id_, "resumption")
    assert len(shop.gateway.taken) == 2
    next_end = at(shop.subscription(id_)["period"]["end"])
    shop.gateway.declines.append("insufficient_funds")
    shop.step_to(next_end)
    refused = shop.post(f"/subscriptions/{id_}/pause", json={"at": "now"})
    assert (refused.status_code, refused.json()["code"]) == (409, "period-unpaid")


def test_a_pause_is_the_subscribers_own_and_can_be_taken_back(shop: Shop) -> None:
    id_, end = bought(shop)
    path = f"/subscriptions/{id_}/pause"
    assert shop.post(path, "boris", json={}).status_code == 404
    early = {"at": "period_end", "resume_at": end.isoformat()}
    refused = shop.post(path, json=early)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (
        422,
        "/resume_at",
    )
    ask(shop, id_, "pause", json={})
    ask(shop, id_, "pause", method="DELETE")
    shop.step_to(end)
    assert len(shop.gateway.taken) == 2


def a_film(shop: Shop) -> str:
    body = {"titles": {"ru": "Солярис"}, "type": "movie", "access": "subscription"}
    answer = shop.post("/films", "support", json=body)
    assert answer.status_code == 201, answer.text
    shop.drain()
    return f"/films/{answer.json()['id']}/playback"


def test_who_is_blocked_cannot_watch_from_this_moment_on(shop: Shop) -> None:
    id_, _ = bought(shop)
    film = a_film(shop)
    assert shop.get(film).status_code == 200
    path = f"/subscriptions/{id_}/block"
    assert shop.post(path).status_code == 403
    assert shop.post(path, "support").json()["code"] == "reason-missing"
    version = shop.get(f"/subscriptions/{id_}", "support").headers["ETag"]
    stale = {**WHY, "If-Match": '"1"'}
    assert shop.post(path, "support", headers=stale).status_code == 412
    ask(shop, id_, "block", as_="support", headers={**WHY, "If-Match": version})
    assert shop.get(film).json()["code"] == "subscription-required"
    assert (shop.subscription(id_)["blocked"], has_access(shop)) == (True, False)
    staff(shop, id_, "unblock")
    assert shop.get(film).status_code == 200
    assert_all_equal_what_is_built_from_nothing(shop)


def test_while_it_is_blocked_nothing_is_charged(shop: Shop) -> None:
    id_, end = bought(shop)
    staff(shop, id_, "block")
    shop.step_to(end + timedelta(days=40))
    assert len(shop.gateway.taken) == 1
    staff(shop, id_, "unblock")
    assert len(shop.gateway.taken) == 2
    assert at(shop.subscription(id_)["period"]["start"]) == shop.hands.now
    assert has_access(shop)
    assert_all_equal_what_is_built_from_nothing(shop)


def test_dunning_waits_while_it_is_blocked(shop: Shop) -> None:
    id_, end = bought(shop)
    shop.gateway.declines.append("insufficient_funds")
    shop.step_to(end + timedelta(hours=1))
    staff(shop, id_, "block")
    shop.step_to(end + timedelta(days=4))
    assert shop.facts("DunningStepTaken") == []
    staff(shop, id_, "unblock")
    assert [fact.step for fact in shop.facts("DunningStepTaken")] == [2]
    assert shop.subscription(id_)["status"] == "active"


def test_free_time_moves_the_renewal(shop: Shop) -> None:
    id_, end = bought(shop)
    shop.step_to(end - timedelta(days=2))
    staff(shop, id_, "free-time", days=7)
    later = end + timedelta(days=7)
    assert at(shop.subscription(id_)["access_until"]) == later
    shop.step_to(later - timedelta(seconds=1))
    assert [fact.renews_at for fact in shop.facts("RenewalAnnounced")] == [end, later]
    assert len(shop.gateway.taken) == 1
    shop.step_to(later)
    assert len(shop.gateway.taken) == 2
    assert at(shop.subscription(id_)["period"]["start"]) == later
    assert_all_equal_what_is_built_from_nothing(shop)


def test_staff_cancels(shop: Shop) -> None:
    id_, end = bought(shop)
    staff(shop, id_, "staff-cancellation", at="period_end")
    assert at(shop.subscription(id_)["cancel_at"]) == end
    staff(shop, id_, "staff-cancellation", at="now")
    assert shop.facts("SubscriptionCanceled")[0].reason == "by_staff"
    assert not has_access(shop)


def test_staff_gives_a_subscription_away(shop: Shop) -> None:
    path = f"/accounts/{BORIS}/subscriptions"
    body = {"plan_id": shop.plan()["id"], "days": 30}
    assert shop.post(path, "support", json=body, headers=WHY).status_code == 404
    register = RegisterAccount(
        account_id=AccountId(BORIS),
        locale="ru",
        time_zone="Asia/Vladivostok",
        now=shop.hands(),
    )
    shop.system.cinema.dispatch(register, Metadata.root(ANOTHER, "test"))
    assert shop.post(path, "boris", json=body, headers=WHY).status_code == 403
    given = shop.post(path, "support", json=body, headers=WHY)
    assert given.status_code == 201, given.text
    assert shop.post(path, "support", json=body, headers=WHY).status_code == 409
    shop.drain()
    found = shop.subscription(given.json()["id"], "boris")
    end = shop.hands.now + timedelta(days=30)
    assert (found["status"], at(found["access_until"])) == ("trialing", end)
    shop.step_to(end)
    assert shop.subscription(given.json()["id"], "boris")["status"] == "expired"
    [started] = shop.facts("TrialStarted")
    assert started.origin == "granted"
