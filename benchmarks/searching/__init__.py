"""The search engines side by side, each filled with the same films."""
