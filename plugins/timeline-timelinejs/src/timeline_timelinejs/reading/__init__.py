"""Reads what TimelineJS draws: its JSON, and its spreadsheet as CSV."""
