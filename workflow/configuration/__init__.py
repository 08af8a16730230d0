"""What is asked for: from a YAML file to a plan of variants, experiments and runs.

settings.py reads and settles, with numbers.py and schema.py; plan.py resolves, with names.py.
"""
