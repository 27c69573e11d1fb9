"""When and where a film is shown."""

from query_api.dashboards.editing import Values
from query_api.dashboards.rows import Cell
from query_api.dashboards.wording import both, said

OPENS = Cell("opens", both("С", "From"), "moment")
CLOSES = Cell("closes", both("До", "Until"), "moment")
COUNTRIES = Cell("countries", both("Страны", "Countries"), "codes")
WINDOW = (OPENS, CLOSES, COUNTRIES)
HELP = both(
    "без окон: всегда и везде; страны кодами через пробел, без них: везде",
    "no windows: always and everywhere; countries by their codes, none: everywhere",
)


def window(kept: Values) -> Values:
    return {
        "opens": kept.get("opens"),
        "closes": kept.get("closes"),
        "countries": kept.get("countries") or None,
    }


def windows(values: Values) -> Values:
    """As the command API has it: no countries are all of them."""
    return {
        "windows": [
            {**each, "countries": each["countries"] or []}
            for each in values["windows"] or ()
        ]
    }


def period(kept: Values) -> str:
    """In words, for the history."""
    opens, closes = (
        cell.typed(kept.get(cell.name)).replace("T", " ") for cell in (OPENS, CLOSES)
    )
    where = " ".join(kept.get("countries") or ()) or said("везде", "everywhere")
    return f"{opens or '…'} – {closes or '…'} ({where})"
