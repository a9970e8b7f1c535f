"""The layouts of the blank forms, one function a form, grouped by what they ask."""
