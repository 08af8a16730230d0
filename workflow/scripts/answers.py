"""Write down every question with the sentence that answers it, as data.

In: facts/<key>.json, the sections' templates, the configuration. Out: answers.json. Rule: answers.
"""

import argparse
from pathlib import Path

from report.pages.answers import answers
from report.pages.render import collect, questions, sayer
from workflow.files import write_json


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--configuration", type=Path, required=True)
    parser.add_argument("--answers", type=Path, required=True)
    args = parser.parse_args()
    context = collect(args.results, args.configuration)
    write_json(args.answers, answers(questions(context), sayer(context)))


if __name__ == "__main__":
    main()
