"""Forms of paperwork."""
