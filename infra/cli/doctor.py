"""``cinema doctor``: what is missing or unreachable, and how to fix it."""

from dataclasses import asdict
from typing import Annotated

import typer

from infra.cli.output import NOTHING, document
from infra.cli.session import AsJson, Data, found


def add_to(app: typer.Typer) -> None:
    app.command("doctor")(doctor)


def doctor(
    port: Annotated[int, typer.Option(help="The first port of cinema up.")] = 8000,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Look for what is missing or unreachable; exit code 1 if something is."""
    from infra.doctor import examine

    findings = []
    for finding in examine(found(data), port):
        findings.append(finding)
        if not as_json:
            mark = "WRONG" if finding.remedy else "ok"
            typer.echo(f"{mark:<6} {finding.what:<18} {finding.found}")
            if finding.remedy:
                typer.echo(f"{'':<6} {'':<18} -> {finding.remedy}")
    if as_json:
        document([asdict(finding) for finding in findings])
    if any(finding.remedy for finding in findings):
        raise typer.Exit(NOTHING)
