"""Facts and figures → the report, as a page and as a PDF.

In: a results folder (facts, figures, data/summary.json, config.yaml; for the page also histories, weights by
epoch and pocket.json). Out: report.html, self-contained, and report.pdf, from the same templates.
Used by workflow/scripts/report.py and answers.py.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from itertools import pairwise
from math import comb
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from nn.inspection import SATURATION_MARGIN
from nn.training import QUOTED_IMAGES
from report import labels
from report.embedding import NEIGHBOURS
from report.facts.failure import NO_BETTER
from report.facts.thresholds import LABELS
from report.figures import crowd, row
from report.figures.style import DIVERGING
from report.origins import n_environments, n_native
from report.packed import squeezed
from report.pages import definitions, typeset
from report.pages.explorer import bokeh, explorer
from report.pages.numbering import Numbers
from report.pages.pictures import Pictures
from report.pages.places import named_places
from report.questions import ABOUT_ALL, module, template

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
QUESTIONS = HERE.parent / "questions"
SCRIPTS_FOLDER = HERE / "scripts"
# A script each, so that one that fails leaves the others working; they share what they declare.
SCRIPTS = (
    "elements.js",
    "contents.js",
    "predict.js",
    "copies.js",
    "enlargements.js",
    "numbers.js",
    "unpack.js",
    "table.js",
    "paint.js",
    "network.js",
    "draw.js",
    "explorer.js",
)
ATTACHED_ON = datetime(2000, 1, 1)
FORMULA = re.compile(r"(?:std )?\S*[/√]\S*|std [\d.]+|\[[^)]*\)")
LINK = re.compile(r"(<a [^>]*>)(.*?)(</a>)", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
WHOLE = re.compile(r'<span class="whole">(.*?)</span>')
# What is not text, or an apostrophe in it.
APOSTROPHE = re.compile(
    r"<(script|style|code|pre)\b.*?</\1>|<[^>]*>|(?<=\w)(?:'|&#39;)(?=\w)", re.DOTALL
)
TEMPLATE = re.compile(r"<template>(.*?)</template>", re.DOTALL)
PACKED = '<script type="text/plain" class="packed">{}</script>'
# What a line may not part; not before a formula: WeasyPrint then breaks after every word that comes before.
TOGETHER = {" = ": "\u00a0=\u00a0", "lr ": "lr\u00a0", "+ ": "+\u00a0"}
FEW = 3  # labels that a few words may list
FEW_SEEDS = 6  # that a table has room for, side by side


@dataclass(frozen=True)
class Question:
    """A question as its section's template sees it: its facts, and standings by name."""

    facts: dict

    @property
    def key(self):
        return self.facts["key"]

    @property
    def anchor(self):
        """The id of its section."""
        return self.key if self.key in ABOUT_ALL else f"question-{self.key}"

    @property
    def heading(self):
        return labels.heading(self.facts)

    @property
    def template(self):
        return template(self.facts)

    @property
    def standings(self):
        return {standing["name"]: standing for standing in self.facts["standings"]}


def collect(results, configuration, overlay=""):
    """Everything that the templates may use and that results tell.

    Parameters
    ----------
    results : Path
        results/<dataset>
    configuration : Path
        The configuration that made them, as YAML.
    overlay : str
        The options that a command needs to remake a figure from the same configuration.
    """
    config = yaml.safe_load(configuration.read_text())
    summary = _json(results / "data" / "summary.json")
    whole = _json(results / "facts" / "whole.json")
    asked = [Question(_json(results / "facts" / f"{key}.json")) for key in config["experiments"]]
    about_all = [Question(_json(results / "facts" / f"{key}.json")) for key in ABOUT_ALL]
    return {
        "config": config,
        "configuration_text": configuration.read_text(),
        "summary": summary,
        "target": config["target_accuracy"],
        "whole": whole,
        "parts": _parts(asked, about_all),
        "s": {standing["name"]: standing for standing in whole["variants"]},
        "n_train": whole["n_train"],
        "n_test": whole["n_test"],
        "n_seeds": whole["n_seeds"],
        "commonest_share": whole["commonest_share"],
        "quoted_images": QUOTED_IMAGES,
        "n_weights": _n_weights(config["hidden_units"], summary),
        "results": results,
        "overlay": overlay,
    }


@named_places()
def render(context, for_print):
    """The report as HTML; for print, figures stay files, for the screen they are embedded.

    Parameters
    ----------
    context : dict
        What `collect` returns, and what only the caller knows: `stands_in_for` (the title of a
        dataset that could not be had, or ""), `origins` (what trained the runs), `verification` (against published results, or None), `rounding` (what it decides, or None), for the page what
        `for_the_page` returns.
    for_print : bool
    """
    pictures = Pictures(context["results"] / "figures", for_print)
    tools, put_in = _tools(context["overlay"], pictures)
    css = _css("print.css" if for_print else "screen.css")
    used = [standing["hyperparameters"] for standing in context["s"].values()]
    variables = (
        context
        | tools
        | {
            "for_print": for_print,
            "css": css,
            "activations_in_use": definitions.activations(used),
            "losses_in_use": definitions.losses(used),
            "saturation_margin": SATURATION_MARGIN,
            "gallery_columns": _gallery_columns(),
            "shown_under": _shown_under(context["parts"]),
        }
    )
    variables["n_native"] = n_native(context["origins"])
    variables["n_environments"] = n_environments(context["origins"])
    if not for_print:
        variables |= {"formula": typeset.math, "symbol": partial(typeset.math, inline=True)}
    variables["say"] = partial(say, variables)
    body = put_in(templates().get_template("report.html.j2").render(**variables))
    return finished(body, for_print)


def sayer(context):
    """A function: question, name of a block → that block of its section, outside of any report.

    Formulas stand there as LaTeX.
    """
    tools, _ = _tools(context["overlay"], Pictures(context["results"] / "figures", True))
    return partial(say, context | tools | {"formula": str, "symbol": str})


@named_places()
def say(variables, question, block):
    """A block of a question's section, as the section has it."""
    variables = variables | {"f": question.facts, "s": question.standings}
    variables["m"] = templates().get_template("macros.html.j2").make_module(variables)
    sources = map(templates().get_template, (question.template, "general/section.html.j2"))
    source = next(source for source in sources if block in source.blocks)
    said = "".join(source.blocks[block](source.new_context(variables))).strip()
    return Markup(with_apostrophes(said))


def page_of(template, context, for_print=False):
    """A page of its own, in the report's look."""
    tools, put_in = _tools("", None)
    css = _css("print.css" if for_print else "screen.css")
    rendered = templates().get_template(template).render(**context | tools, css=css)
    return finished(put_in(rendered), for_print)


@cache
def templates():
    """The templates, and how they write things."""
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, QUESTIONS]),
        autoescape=select_autoescape(["html", "j2"], default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": labels.number,
        "round_number": labels.rounded,
        "round_down": labels.rounded_down,
        "round_up": labels.rounded_up,
        "span": lambda spread: labels.span(spread["low"], spread["high"]),
        "about": labels.about,
        "thousands": labels.thousands,
        "name": labels.name,
        "setting": _setting,
        "init_label": labels.initializer_label,
        "brief": brief,
        "threshold": LABELS.get,
        "extract": lambda key, some: some[key],
    }
    environment.globals |= {
        "formula": typeset.formula,
        "symbol": partial(typeset.formula, inline=True),
        "nine_lines": typeset.nine_lines,
        "many_variants": crowd.MANY,
        "few_seeds": FEW_SEEDS,
        "n_neighbours": NEIGHBOURS,
        "no_better_points": NO_BETTER,
        "comb": comb,
    }
    return environment


def _tools(overlay, pictures):
    """What one report numbers and lists as it goes; and what puts in the numbers at the end."""
    tables = Numbers("Table")
    references = typeset.References(HERE.parent / "references.bib")
    told = {}
    tools = {
        # Where something was told first, by its name.
        "told_first": told.setdefault,
        "table_number": tables.take,
        "see_table": tables.see,
        "cite": references.cite,
        "references": references.entries,
        "settle_command": partial(_settle_command, overlay),
    }
    numbered = [tables]
    if pictures:
        tools |= {
            "picture": pictures.show,
            "bare_picture": pictures.put,
            "numbers_behind": pictures.table,
            "see": pictures.numbers.see,
        }
        numbered.append(pictures.numbers)

    def put_in(page):
        for numbers in numbered:
            page = numbers.put_in(page)
        return page

    return tools, put_in


def brief(facts, outcome, claim, highest=None, also=None):
    """An outcome in few words, with the labels that it is about, and what is said besides."""
    if highest or also:
        named = f"highest mean: {highest}" if highest and outcome == "undecided" else None
        return "; ".join(filter(None, [named, brief(facts, outcome, claim), also]))
    told = [f"{len(claim)} variants"] if len(claim) > FEW + 1 else claim
    words = module(facts["served_by"]).OUTCOMES[outcome]
    # Words with a place for each label take them one by one, others all together.
    if words.count("{}") > 1:
        return words.format(*claim)
    # Labels with commas of their own are kept apart by more than one.
    between = "; " if any(", " in label for label in claim) else ", "
    return words.format(" and ".join([between.join(told[:-1]), told[-1]] if told[1:] else told))


def _settle_command(overlay, facts, n_seeds):
    """The command that runs so many seeds of a question's variants, or of all."""
    n = labels.about(n_seeds)
    experiment = facts["key"] not in ABOUT_ALL
    seeds = f"experiments={{{facts['key']}: {{seeds: {n}}}}}" if experiment else f"seeds={n}"
    return " ".join(filter(None, ["snakemake --cores 4", overlay, f"--config '{seeds}'"]))


def _css(medium):
    sheets = ("common.css", medium)
    return "\n".join((TEMPLATES / name).read_text() for name in sheets) + typeset.code_css()


def finished(page, for_print):
    """A page as it is written: with its fonts, what print cannot take mended, what is seldom opened packed."""
    page = with_apostrophes(page)
    if for_print:
        # WeasyPrint makes links of their own of what stands inside one, outside of the tagged structure.
        page = LINK.sub(_bare, page)
    fonts = typeset.font_files() if for_print else typeset.font_faces(page + labels.number(-1.5))
    page = page.replace("/* fonts */", fonts)
    # Most of the page's elements are in pictures that few readers open.
    return TEMPLATE.sub(lambda part: PACKED.format(squeezed(part[1])), page)


def with_apostrophes(html):
    """HTML whose text has apostrophes as they are printed; code keeps those that are typed."""
    return APOSTROPHE.sub(lambda found: found[0] if found[0][0] == "<" else "’", html)


def _bare(link):
    """A link without elements inside; a formula in it still stays on one line."""
    joined = WHOLE.sub(lambda formula: formula[1].replace("/", "/\u2060"), link[2])
    return link[1] + TAG.sub("", joined) + link[3]


def for_the_page(context, variants, pocket):
    """What only the page uses: its scripts, the library, and the data that they show.

    Parameters
    ----------
    context : dict
        What `collect` returns.
    variants : dict of str to Variant
    pocket : dict
        The content of pocket.json.
    """
    whole = context["whole"]
    shown = [*whole["everything"]["order"][:1], *filter(None, [whole["everything"]["worst"]])]
    baseline = whole["baseline"]
    chosen = {*shown, *([baseline["name"]] if baseline else [])}
    explored = explorer(whole["variants"], variants, chosen, context["summary"]["image_shape"])
    return {
        "pocket": pocket,
        "kinds_of_loss": explored["losses"],
        "histories": squeezed(json.dumps(explored, separators=(",", ":"))),
        "scales": {name: typeset.color_scale(name) for name in ("Greys", "viridis", DIVERGING)},
        "scripts": [Markup((SCRIPTS_FOLDER / name).read_text()) for name in SCRIPTS],
        "bokeh": squeezed(bokeh()),
    }


def write_pdf(html, path, figures, attached):
    """Lay out the printed report; nothing but embedded data, its figures and the fonts may be read.

    Parameters
    ----------
    html : str
    path : Path
    figures : Path
        The folder of this report's figures.
    attached : iterable of Path
        Files that the PDF carries along.
    """
    from weasyprint import HTML, Attachment

    from report.pages.links import name_links
    from report.pages.reading import OnlyFrom

    # One date for all, so that equal runs give equal reports.
    dated = {"created": ATTACHED_ON, "modified": ATTACHED_ON}
    fetcher = OnlyFrom([figures, *typeset.FONTS.values()])
    HTML(string=html, base_url=f"{Path.cwd().as_uri()}/", url_fetcher=fetcher).write_pdf(
        path,
        pdf_variant="pdf/ua-1",
        finisher=name_links(html),
        attachments=[Attachment(filename=file, **dated) for file in attached],
    )


def questions(context):
    """All questions, in the report's order."""
    return [question for part in context["parts"].values() for question in part]


def _parts(asked, about_all):
    """The report's order: questions with a number and those about all runs, extras, the appendix."""
    parts = {"questions": [], "about_all": about_all, "extras": [], "appendix": []}
    # A grid of question 2.2 stands beside 2.2, wherever the configuration asks it.
    for question in sorted(asked, key=lambda question: _rank(question.facts["question"])):
        number = question.facts["question"]
        part = "questions" if number[0].isdigit() else "extras"
        parts["appendix" if number == "Appendix" else part].append(question)
    return parts


def _rank(number):
    """Questions by number, everything else after them as it came."""
    return number if number[0].isdigit() else "9"


def _gallery_columns():
    """(title, width in per cent) of what stands side by side in a gallery's picture."""
    starts = [start for start, _ in row.PLACES.values()] + [1]
    return [
        (title, round(100 * (end - start), 2))
        for title, (start, end) in zip(row.TITLES, pairwise(starts), strict=True)
    ]


def _shown_under(parts):
    """The first question that shows a variant, by the variant's name."""
    shown = {}
    for question in [*parts["questions"], *parts["extras"], *parts["appendix"]]:
        for name in question.standings:
            shown.setdefault(name, question)
    return shown


def _n_weights(hidden_units, summary):
    height, width = summary["image_shape"]
    sizes = (height * width, *hidden_units, len(summary["classes"]))
    return sum(fan_in * fan_out for fan_in, fan_out in pairwise(sizes))


def _json(path):
    return json.loads(path.read_text())


def _setting(label):
    """A label in the running text; formulas and equations in it stay on one line."""
    for apart, together in TOGETHER.items():
        label = label.replace(apart, together)
    label = str(escape(label))
    whole = FORMULA.sub(r'<span class="whole">\g<0></span>', label)
    return Markup('<span class="setting">{}</span>').format(Markup(whole))
