"""What a person sees who opens the bare address: where things are."""

from starlette.responses import HTMLResponse

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cinema</title>
<link rel="icon" href="data:,">
<style>
body { max-width: 36rem; margin: 12vh auto; padding: 0 1.5rem; line-height: 1.6;
       font-family: system-ui, sans-serif; color: #18161f; background: #f7f6f2 }
h1 { letter-spacing: .08em }
li { margin: .5rem 0 }
a { color: #a3211b }
</style>
<h1>CINEMA</h1>
<p>The backend of an online cinema. It has no pages for viewers: a frontend brings them,
and talks to these.</p>
<ul>
<li><a href="/admin">Dashboards</a>, for staff</li>
<li><a href="/query/v1/docs">Queries</a>: films, search, one's own account</li>
<li><a href="/command/v1/docs">Commands</a>: whatever changes something</li>
<li><a href="/query/v1/films">Films</a>, as a frontend gets them</li>
</ul>
</html>
"""

welcome = HTMLResponse(PAGE)
