"""The programs of the rules, one each; what goes wrong in one is the last line of its log.

In: arguments. Out: files. Used by workflow/rules.
"""

import sys

from workflow.errors import say_in_one_line

WITHOUT_EFFECT = {"say_in_one_line"}  # on results; see workflow/fingerprint.py

sys.excepthook = say_in_one_line
