"""A whole store as JSON lines, and back: the same bytes at the same positions."""
