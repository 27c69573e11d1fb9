"""Real servers from Python packages, for one machine without containers."""
