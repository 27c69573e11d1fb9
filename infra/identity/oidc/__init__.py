"""Signing in with Google or any other OpenID provider (OpenID Connect Core 1.0)."""
