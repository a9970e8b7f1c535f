"""Reads of paperwork: what a post may see of forms and checked articles."""
