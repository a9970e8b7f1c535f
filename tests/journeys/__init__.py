"""Whole stories in a real browser: who does what, as people see it on the screen."""
