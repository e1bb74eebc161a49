"""Raises on import."""

message = "this plugin raises on import"
raise RuntimeError(message)
