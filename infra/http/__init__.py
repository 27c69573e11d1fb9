"""What both applications are wrapped in: errors, limits, headers."""
