"""Runs → facts: what several questions share. Every judgement of the report is made here, or in a
question's own facts.py, by report.statistics, and written down as plain data.

Templates choose words by what is decided here and do no arithmetic.
"""
