from domain.session.decider import SessionNotFound, session
from tests.examples.people import (
    report_reuse,
    reuse_detected,
    sign_in,
    sign_out,
    signed_in,
    signed_out,
)
from tests.scenario import DeciderScenario

given = DeciderScenario(session)


def test_a_session_begins_once() -> None:
    given().when(sign_in()).then(signed_in())
    given(signed_in()).when(sign_in()).then()
    given(signed_in(), signed_out()).when(sign_in()).then()


def test_a_session_ends_once() -> None:
    given(signed_in()).when(sign_out()).then(signed_out())
    given(signed_in(), signed_out()).when(sign_out()).then()
    given(signed_in(), reuse_detected()).when(sign_out()).then()


def test_a_misuse_ends_it_too() -> None:
    given(signed_in()).when(report_reuse()).then(reuse_detected())
    given(signed_in(), reuse_detected()).when(report_reuse()).then()
    given(signed_in(), signed_out()).when(report_reuse()).then()


def test_only_what_has_begun_can_end() -> None:
    for command in sign_out(), report_reuse():
        given().when(command).then_refused(SessionNotFound)
