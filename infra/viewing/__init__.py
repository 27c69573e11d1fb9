"""What people watch: too much of it for the log of facts."""
