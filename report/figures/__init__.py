"""Pictures: one module for each kind, each with a `draw` that returns a figure and its description, and
`numbers`, a table of what it shows.

Modules that draw one run take a `Run`; those that draw a question take an `Experiment`; those
that draw the whole take everything. workflow/scripts/draw.py calls them.
"""
