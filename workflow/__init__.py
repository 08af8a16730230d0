"""The pipeline: from a configuration to rules, and the programs that these call.

In: config/. Out: results/. A package, so that none of this name that is installed takes its place.
"""
