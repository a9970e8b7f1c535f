"""What triage does with files and with the rows of this installation."""
