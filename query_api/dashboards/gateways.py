"""Which gateway works, as a table."""

from collections.abc import Sequence

from starlette_admin.i18n import get_tzinfo
from starlette_admin.widgets import TableWidget

from query_api.dashboards.health import GatewayHealth
from query_api.dashboards.overview import constant
from query_api.dashboards.wording import both, said


def table(gateways: Sequence[GatewayHealth]) -> TableWidget:
    states = {
        "closed": said("работает", "works"),
        "half-open": said("пробуется снова", "is tried again"),
        "open": said("не работает", "does not work"),
    }
    zone = get_tzinfo()
    rows = [
        [
            each.name,
            states[each.state],
            each.failures,
            f"{each.failed_at.astimezone(zone):%d.%m %H:%M}" if each.failed_at else "—",
            each.cause or "—",
        ]
        for each in gateways
    ]
    columns = [
        said("Шлюз", "Gateway"),
        said("Состояние", "State"),
        said("Сбоев подряд", "Failures in a row"),
        said("Последний", "Last"),
        said("С чем", "With what"),
    ]
    return TableWidget(both("Платёжные шлюзы", "Gateways"), columns, constant(rows))
