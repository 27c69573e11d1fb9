"""What a film can be asked by its form: each field an intention of its own."""

from query_api.dashboards.editing import Form, Values, linked, posted
from query_api.dashboards.film_series import EPISODES, SEASONS
from query_api.dashboards.film_windows import windows

TITLES = ("title_ru", "title_en", "title_original")
DESCRIPTION = ("description_ru", "description_en")
#: A field of the form for each role.
ROLES = {
    "directors": "director",
    "writers": "writer",
    "actors": "actor",
    "producers": "producer",
}
ADDED = (
    *TITLES,
    *DESCRIPTION,
    "type",
    "access",
    "rating",
    "age_rating",
    "release_date",
    "countries",
    "certificate",
    "media",
)


def titles(values: Values) -> Values:
    ru, en, original = (values[name] for name in TITLES)
    return {"titles": {"ru": ru, "en": en, "original": original}}


def description(values: Values) -> Values:
    ru, en = (values[name] for name in DESCRIPTION)
    return {"description": {"ru": ru, "en": en}}


def countries(values: Values) -> Values:
    return {"countries": values["countries"] or []}


def aliases(values: Values) -> Values:
    return {"aliases": values["aliases"] or []}


def access(values: Values) -> Values:
    return {"access": values["access"], "plans": values["plans"] or []}


def adding(values: Values) -> Values:
    alone = ("type", "rating", "age_rating", "release_date", "certificate", "media")
    return {
        **titles(values),
        **description(values),
        **countries(values),
        **{name: values[name] for name in alone},
        "access": values["access"] or "subscription",
    }


FILM = Form(
    address="/command/v1/films",
    adding=adding,
    added=ADDED,
    verbs=(
        posted("titles", *TITLES, body=titles),
        posted("aliases", "aliases", body=aliases),
        posted("description", *DESCRIPTION, body=description),
        posted("type", "type"),
        posted("access", "access", "plans", body=access),
        posted("release", "release_date"),
        posted("rating", "rating"),
        posted("age-rating", "age_rating"),
        posted("countries", "countries", body=countries),
        posted("certificate", "certificate"),
        posted("media", "media"),
        posted("availability", "windows", body=windows),
        linked("genres", "genres"),
        *(linked(field, f"credits/{role}") for field, role in ROLES.items()),
        SEASONS,
        EPISODES,
    ),
)
