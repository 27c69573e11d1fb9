from uuid import uuid4

from tests.identity.conftest import Site, within_a_second


def test_the_profile_is_there_after_the_first_sign_in(site: Site) -> None:
    ann = site.person("ann@example.org")
    site.drain()
    answer = site.client.get("/query/v1/me", headers=ann.headers)
    profile = answer.json()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert profile["id"] == str(ann.account_id)
    assert profile["email"] == "ann@example.org"
    assert (profile["locale"], profile["time_zone"]) == ("ru", "Europe/Moscow")
    assert (profile["verified"], profile["roles"]) == (False, [])


def test_a_profile_that_is_not_read_yet_is_no_mistake_of_its_owner(site: Site) -> None:
    ann = site.person()
    headers = ann.headers | {"Prefer": "wait=0"}
    late = site.client.get("/query/v1/me", headers=headers)
    assert (late.status_code, late.json()["code"]) == (503, "projection-lag")


def test_nobody_has_no_profile(site: Site) -> None:
    assert site.client.get("/query/v1/me").status_code == 401


def test_sessions_are_listed_and_ended(site: Site) -> None:
    ann = site.person("ann@example.org")
    phone = site.sign_in("ann@example.org").json()
    sessions = site.client.get("/query/v1/me/sessions", headers=ann.headers).json()
    assert [session["current"] for session in sessions].count(True) == 1
    [other] = [session["id"] for session in sessions if not session["current"]]
    path = f"/auth/v1/sessions/{other}"
    stranger = site.client.delete(path, headers=site.person().headers)
    unknown = site.client.delete(f"/auth/v1/sessions/{uuid4()}", headers=ann.headers)
    assert (stranger.status_code, unknown.status_code) == (404, 404)
    assert stranger.json()["detail"] == unknown.json()["detail"]
    assert site.client.delete(path, headers=ann.headers).status_code == 204
    assert site.refresh(phone["refresh_token"]).status_code == 401
    assert site.refresh(ann.refresh_token).status_code == 200


def test_all_sessions_can_be_ended_or_all_others(site: Site) -> None:
    ann = site.person("ann@example.org")
    phone = site.sign_in("ann@example.org").json()
    others = "/auth/v1/sessions?keep_current=true"
    assert site.client.delete(others, headers=ann.headers).status_code == 204
    assert site.refresh(phone["refresh_token"]).status_code == 401
    fresh = site.refresh(ann.refresh_token).json()
    headers = {"Authorization": f"Bearer {fresh['access_token']}"}
    assert site.client.delete("/auth/v1/sessions", headers=headers).status_code == 204
    within_a_second(lambda: site.system.authenticate(fresh["access_token"]) is None)
    assert site.refresh(fresh["refresh_token"]).status_code == 401
