"""The staff's dashboards at ``/admin``: read models to look at, commands over HTTP."""
