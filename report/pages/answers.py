"""Every question with its answer, as data for whoever reads no page.

In: facts, and the words of the sections. Out: `answers.json`: for each question its text, the sentence that
answers it, outcome, verdicts, numbers with the variants that they come from, what it quotes, and how firmly it holds.
Used by workflow/scripts/answers.py; the report shows the same sentences.
"""

import html
import re

NUMBER = re.compile(r'<a class="number" href="#run-([^"]+)">(.*?)</a>', re.DOTALL)
QUOTED = re.compile(r'href="#question-([^"]+)"')
IMAGE = re.compile(r'<img[^>]* alt="([^"]*)"[^>]*>')
CITATION = re.compile(r'\s*<a class="cite".*?</a>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
LISTED = ("key", "question", "title", "served_by", "outcome", "claim", "n_seeds", "firmness")


def answers(questions, say):
    """All answers, in the report's order.

    Parameters
    ----------
    questions : list of Question
    say : callable
        (question, "asked" or "answer") → that block of its section, as HTML.

    Returns
    -------
    list of dict
    """
    return [_answer(question, say) for question in questions]


def _answer(question, say):
    facts = question.facts
    sentence = str(say(question, "answer"))
    return {
        **{key: facts[key] for key in LISTED},
        "asked": words(say(question, "asked")),
        "answer": words(sentence),
        "numbers": [
            {"text": words(text), "variant": name} for name, text in NUMBER.findall(sentence)
        ],
        # Other questions that it says something of: their runs are its evidence, too.
        "quotes": sorted({*QUOTED.findall(sentence)} - {facts["key"]}),
        "verdicts": facts.get("verdicts", []),
        "variants": {
            s["name"]: {
                "label": s["label"],
                "train": s["train"],
                "test": s["test"],
                "by_seed": s["seeds"],
            }
            for s in facts["standings"]
        },
    }


def words(page):
    """What a reader would hear: the text, with every picture's alternative in its place."""
    page = CITATION.sub("", str(page))
    page = TAG.sub("", IMAGE.sub(r"\1", page))
    return " ".join(html.unescape(page).replace("\xa0", " ").split())
