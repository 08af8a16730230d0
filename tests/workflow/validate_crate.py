"""Validate an RO-Crate by its profile, without a network: run by the Python that has the validator.

In: a crate, a profile, the JSON-LD vocabulary of RO-Crate. Out: its faults, a line each; how many checks were made.
"""

import json
import sys
from pathlib import Path

from rocrate_validator import services
from rocrate_validator.models import Severity
from rocrate_validator.utils import document_loader
from rocrate_validator.utils.http import HttpRequester

crate, profile, vocabulary = sys.argv[1:]
TERMS = json.loads(Path(vocabulary).read_text(encoding="utf-8"))
# The package has the vocabulary of version 1.3, which moved these two.
TERMS["@context"] |= {
    name: f"https://bioschemas.org/{name}" for name in ("ComputationalWorkflow", "FormalParameter")
}


class Answer:
    """What the network would answer."""

    status_code, headers = 200, {"Content-Type": "application/ld+json"}
    text = json.dumps(TERMS)
    content = text.encode()

    def json(self):
        return TERMS


HttpRequester.__getattr__ = lambda *_: lambda *_, **__: Answer()
document_loader._fetch_json_ld = lambda _: TERMS
found = services.validate(
    services.ValidationSettings(
        rocrate_uri=crate, profile_identifier=profile, requirement_severity=Severity.REQUIRED
    )
)
for issue in found.get_issues():
    print(issue.check.identifier, issue.message)
print(len(found.executed_checks), "checks")
