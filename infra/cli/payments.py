"""``cinema payments``: the money here, held against the money there."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from infra.cli import output
from infra.cli.session import AsJson, Data, assembled

if TYPE_CHECKING:
    from infra.bootstrap import System
    from infra.gateways.reconciling import Report

app = typer.Typer(no_args_is_help=True, help="The money here and at the gateways.")

FOUND = ("gateway", "finding", "ref", "payment_id", "ours", "theirs", "status")


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("A day is written as 2026-03-31.") from None


@app.callback()
def payments() -> None:
    """The money here and at the gateways."""


@app.command()
def reconcile(
    which: Annotated[
        date | None,
        typer.Option(
            "--day", parser=day, metavar="DAY", help="In Moscow; yesterday if left out."
        ),
    ] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Compare a day with each gateway's list. Ends with 1 if something differs."""
    from infra.gateways.reconciling import Unanswered

    with assembled(data) as system:
        try:
            reports = reconciled(system, which)
        except Unanswered as error:
            output.fail(f"The gateway does not answer: {error}. Try again later.")
    found = [row(report, each) for report in reports for each in report.findings]
    checked = sum(report.checked for report in reports)
    if as_json:
        days = {report.gateway: report.day for report in reports}
        output.document({"days": days, "checked": checked, "differences": found})
    elif not output.table(FOUND, ([each[name] for name in FOUND] for each in found)):
        typer.echo(f"{checked} charges compared, nothing differs.")
    if found:
        raise typer.Exit(output.NOTHING)


def reconciled(system: "System", which: date | None) -> "list[Report]":
    from domain.business_day import business_day
    from infra.workers import reconciler

    chosen = which or business_day(system.clock()) - timedelta(days=1)
    found = reconciler(system)
    return [
        found.reconcile(gateway, chosen, scheduled=False) for gateway in found.gateways
    ]


def row(report: "Report", finding: Any) -> dict[str, Any]:
    from domain.reconciliation.commands import Difference

    is_difference = isinstance(finding, Difference)
    return {
        "gateway": report.gateway,
        "finding": finding.kind if is_difference else finding.reason,
        "ref": finding.ref,
        "payment_id": finding.payment_id,
        "ours": written(finding.ours) if is_difference else None,
        "theirs": written(finding.theirs if is_difference else finding.amount),
        "status": finding.status if is_difference else "succeeded",
    }


def written(money: Any) -> str | None:
    if money is None:
        return None
    return f"{money.minor // 100}.{money.minor % 100:02} {money.currency}"
