"""What triage knows without a database: words, trees, models of text."""
