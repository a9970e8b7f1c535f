"""Templates of forms from above and checked articles. Written by paperwork.services only."""
