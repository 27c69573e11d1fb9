"""When, where, for whom and under which names a film is shown."""

from typing import Any
from uuid import UUID

import pytest

from domain.kernel.messages import Metadata
from domain.kernel.values import Interval, Money, Names, PlanId
from domain.plan.commands import AddPlan, ArchivePlan
from tests.api.catalogue.site import FILMS, SOLARIS, Site
from tests.examples import NOON

NOBODY, PLAN = UUID(int=99), UUID(int=98)
MAY = {"opens": "2027-05-01T00:00:00+03:00", "closes": "2027-06-01T00:00:00Z"}


def sell_a_plan(site: Site) -> None:
    plan = AddPlan(
        plan_id=PlanId(PLAN),
        names=Names(ru="Месяц", en="Month"),
        interval=Interval("month"),
        price=Money(399_00),
        vat_percent=20,
        now=NOON,
    )
    site.system.cinema.dispatch(plan, Metadata.root(UUID(int=1), "test"))


@pytest.mark.parametrize(
    ("noun", "body"),
    [
        ("aliases", {"aliases": ["Solyaris"]}),
        ("availability", {"windows": [{**MAY, "countries": ["RU"]}]}),
        ("availability", {"windows": [{}]}),
        ("access", {"access": "subscription", "plans": [str(PLAN)]}),
    ],
)
def test_what_is_said_again_changes_nothing(
    site: Site, noun: str, body: dict[str, Any]
) -> None:
    sell_a_plan(site)
    id_ = site.film()
    for _ in range(2):
        answer = site.post(f"{FILMS}/{id_}/{noun}", **body)
        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        assert answer.headers["Location"] == f"/query/v1/films/{id_}"


def test_an_archived_plan_is_still_one_that_people_have(site: Site) -> None:
    sell_a_plan(site)
    archive = ArchivePlan(plan_id=PlanId(PLAN), now=NOON)
    site.system.cinema.dispatch(archive, Metadata.root(UUID(int=2), "test"))
    body = {"access": "subscription", "plans": [str(PLAN)]}
    assert site.post(f"{FILMS}/{site.film()}/access", **body).status_code == 200


@pytest.mark.parametrize(
    ("noun", "body", "pointer"),
    [
        ("aliases", {"aliases": ["a", " "]}, "/aliases/1"),
        ("aliases", {"aliases": ["a", "A"]}, "/aliases"),
        ("aliases", {"aliases": [str(n) for n in range(21)]}, "/aliases"),
        (
            "availability",
            {"windows": [{"opens": MAY["closes"], "closes": MAY["opens"]}]},
            "/windows/0/closes",
        ),
        (
            "availability",
            {"windows": [{"opens": "2027-05-01T00:00:00"}]},
            "/windows/0/opens",
        ),
        (
            "availability",
            {"windows": [{"opens": "0001-01-01T00:00:00+14:00"}]},
            "/windows/0/opens",
        ),
        (
            "availability",
            {"windows": [{}, {"countries": ["Russia"]}]},
            "/windows/1/countries",
        ),
        ("availability", {"windows": [{"opened": None}]}, "/windows/0/opened"),
    ],
)
def test_what_is_wrong_is_pointed_at(
    site: Site, noun: str, body: dict[str, Any], pointer: str
) -> None:
    answer = site.post(f"{FILMS}/{site.film()}/{noun}", **body)
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_free_films_need_no_plan(site: Site) -> None:
    sell_a_plan(site)
    body = {"access": "free", "plans": [str(PLAN)]}
    answer = site.post(f"{FILMS}/{site.film()}/access", **body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/plans"


def test_a_plan_that_is_not_there_is_not_found(site: Site) -> None:
    body = {"access": "subscription", "plans": [str(NOBODY)]}
    answer = site.post(f"{FILMS}/{site.film()}/access", **body)
    assert (answer.status_code, answer.json()["code"]) == (404, "plan-not-found")
    assert answer.json()["errors"][0]["pointer"] == "/plans/0"


def test_a_film_is_added_with_its_genres_and_credits(site: Site) -> None:
    drama = site.made("genres", name="Drama")
    people = [site.made("people", name=name) for name in ("Lana", "Lilly")]
    credits = [{"person_id": id_, "role": "director"} for id_ in people]
    id_ = site.made("films", **SOLARIS, genre_ids=[drama], credits=credits)
    page = site.seen(f"films/{id_}")
    assert [genre["id"] for genre in page["genres"]] == [drama]
    assert [person["id"] for person in page["credits"]["director"]] == people


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        ({"genre_ids": [str(NOBODY)]}, 404, "genre-not-found", "/genre_ids/0"),
        (
            {"credits": [{"person_id": str(NOBODY), "role": "actor"}]},
            404,
            "person-not-found",
            "/credits/0/person_id",
        ),
        ({"genre_ids": ["drama"]}, 422, "invalid", "/genre_ids/0"),
        (
            {"credits": [{"person_id": str(NOBODY), "role": "cook"}]},
            422,
            "invalid",
            "/credits/0/role",
        ),
    ],
)
def test_a_film_is_added_with_what_is_there(
    site: Site, body: dict[str, Any], status: int, code: str, pointer: str
) -> None:
    answer = site.post(FILMS, **SOLARIS, **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_a_film_is_not_added_with_a_credit_twice(site: Site) -> None:
    credit = {"person_id": site.made("people", name="Lana"), "role": "director"}
    answer = site.post(FILMS, **SOLARIS, credits=[credit, credit])
    assert (answer.status_code, answer.json()["code"]) == (409, "credit-given-already")


def test_a_film_comes_out_of_the_archive(site: Site) -> None:
    id_ = site.film()
    site.post(f"{FILMS}/{id_}/archive")
    assert site.seen("search?q=solaris")["items"] == []
    answer = site.post(f"{FILMS}/{id_}/restoration")
    assert (answer.status_code, answer.json()["version"]) == (200, 3)
    assert site.seen(f"films/{id_}")["title"] == "Solaris"
    assert site.seen("search?q=solaris")["total_estimate"] == 1
    stale = site.ask("POST", f"{FILMS}/{id_}/archive", headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.headers["ETag"]) == (412, '"3"')
