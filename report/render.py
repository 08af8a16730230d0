"""Findings and figures → the report, as a page and as a PDF.

In: a results folder (runs, experiments, figures, data/summary.json, config.yaml). Out: report.html,
self-contained, and report.pdf, from the same templates. Used by workflow/scripts/report.py.
"""

import json
import re
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import yaml
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    pass_context,
    select_autoescape,
)
from markupsafe import Markup, escape

from nn.training import QUOTED_IMAGES
from report import findings, labels, typeset
from report.explorer import bokeh, explorer
from report.figures.style import DIVERGING
from report.numbering import Numbers
from report.pictures import Pictures
from report.runs import read_experiment, read_variants
from report.versions import versions

TEMPLATES = Path(__file__).parent / "templates"
PAGE = Path(__file__).parent / "page"
# A script each, so that one that fails leaves the others working; they share what they declare.
SCRIPTS = (
    "elements.js",
    "contents.js",
    "copies.js",
    "enlargements.js",
    "table.js",
    "paint.js",
    "network.js",
    "draw.js",
    "explorer.js",
)
ATTACHED_ON = datetime(2000, 1, 1)
FORMULA = re.compile(r"\S*[/√]\S*")


def collect(results, configuration, runs, baseline):
    """Everything that the templates may use and that results tell.

    Parameters
    ----------
    results : Path
        results/<dataset>
    configuration : Path
        The configuration that made them, as YAML.
    runs : list of Path
        The run.json files that belong to it.
    baseline : str
        The name of the baseline's run, which need not be among them.
    """
    config = yaml.safe_load(configuration.read_text())
    summary = json.loads((results / "data" / "summary.json").read_text())
    variants = read_variants([path.parent for path in runs])
    experiments = [
        read_experiment(results / "experiments" / f"{key}.json", variants)
        for key in config["experiments"]
    ]
    standings = {name: findings.stand(variant) for name, variant in variants.items()}
    rankings = {experiment.key: findings.rank(experiment) for experiment in experiments}
    all_runs = findings.everything(variants)
    comparisons = findings.compare(variants, Path(__file__).parent / "original.yaml")
    return {
        "config": config,
        "configuration_text": configuration.read_text(),
        "summary": summary,
        "target": config["target_accuracy"],
        "n_seeds": len(config["seeds"]),
        "n_train": sum(summary["train_counts"]),
        "n_test": sum(summary["test_counts"]),
        "quoted_images": QUOTED_IMAGES,
        "variants": standings,
        "rankings": rankings,
        "all_runs": all_runs,
        "best": all_runs[0],
        "worst": findings.worst(all_runs),
        "by_accuracy": sorted(standings.values(), key=lambda s: -s.train.mean),
        "baseline": variants.get(baseline) and findings.stand(variants[baseline]),
        "rivals_of_best": findings.rivals(all_runs),
        "untrained_separation": findings.untrained_separation(all_runs),
        "seeds_matter_points": findings.SEEDS_MATTER_POINTS,
        "apart": findings.apart(all_runs),
        "same_networks": findings.same_networks(all_runs),
        "separation_rank_correlation": findings.separation_rank_correlation(all_runs),
        "comparisons": comparisons,
        "printed": {row.ours.name: row for row in comparisons},
        # The folder is named after the dataset that was used; the original's was MNIST.
        "same_data": results.name == "mnist",
        "steps": findings.steps_to_best(rankings),
        "parts": _parts(rankings),
        "n_weights": _n_weights(config["hidden_units"], summary),
        "versions": versions(),
        "results": results,
    }


def render(context, for_print):
    """The report as HTML; for print, figures stay files, for the screen they are embedded.

    Parameters
    ----------
    context : dict
        What `collect` returns, and what only the caller knows: `stands_in_for` (the title of a
        dataset that could not be had, or ""), `overlay` (the options that a command needs to remake
        a figure from the same configuration), `commit` (the state of the source).
    for_print : bool
    """
    references = typeset.References(TEMPLATES.parent / "references.bib")
    pictures = Pictures(context["results"] / "figures", for_print)
    tables = Numbers("Table")
    environment = _environment(tables)
    environment.globals |= {
        "cite": references.cite,
        "references": references.entries,
        "picture": pictures.show,
        "see": pictures.numbers.see,
        "for_print": for_print,
        "answer_of": partial(_answer, environment, context),
    }
    if not for_print:
        context = context | _for_the_page(context)
    css = _css("print.css" if for_print else "screen.css")
    body = environment.get_template("report.html.j2").render(**context, css=css)
    for numbers in (pictures.numbers, tables):
        body = numbers.put_in(body)
    return _with_fonts(body, for_print)


def page_of(template, context):
    """A page of its own, in the report's look."""
    rendered = (
        _environment(Numbers("Table"))
        .get_template(template)
        .render(**context, css=_css("screen.css"))
    )
    return _with_fonts(rendered, for_print=False)


def _environment(tables):
    """The templates, with what all of them may use; `tables` numbers theirs."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html", "j2"], default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": labels.number,
        "round_number": labels.rounded,
        "thousands": lambda count: f"{count:,}".replace(",", "\u202f"),
        "class_name": pass_context(lambda context, i: context["summary"]["classes"][i]),
        "key_label": labels.key_label,
        "setting": _setting,
        "run_label": labels.run_label,
        "name": labels.NAMES.get,
    }
    environment.globals |= {
        "table_number": tables.take,
        "see_table": tables.see,
        "formula": typeset.formula,
        "symbol": partial(typeset.formula, inline=True),
        "nine_lines": typeset.nine_lines,
    }
    return environment


def _answer(environment, context, template, ranking=None):
    """The sentence that answers a question, as the template of its section has it."""
    variables = context | {"ranking": ranking}
    variables["m"] = environment.get_template("macros.html.j2").make_module(variables)
    sources = map(environment.get_template, (template, "questions/experiment.html.j2"))
    source = next(source for source in sources if "answer" in source.blocks)
    return Markup("".join(source.blocks["answer"](source.new_context(variables))).strip())


def _css(medium):
    sheets = ("common.css", medium)
    return "\n".join((TEMPLATES / name).read_text() for name in sheets) + typeset.code_css()


def _with_fonts(page, for_print):
    fonts = typeset.font_files() if for_print else typeset.font_faces(page + labels.number(-1.5))
    return page.replace("/* fonts */", fonts)


def _for_the_page(context):
    """What only the page uses: its scripts, the library, and the data that they show."""
    shown = filter(None, (context[name] for name in ("best", "worst", "baseline")))
    chosen = {standing.name for standing in shown}
    return {
        "pocket": json.loads((context["results"] / "pocket.json").read_text()),
        "explorer": explorer(context["by_accuracy"], chosen, context["summary"]["image_shape"]),
        "scales": {name: typeset.color_scale(name) for name in ("Greys", "viridis", DIVERGING)},
        "scripts": [Markup((PAGE / name).read_text()) for name in SCRIPTS],
        "bokeh": Markup(bokeh()),
    }


def write_pdf(html, path, attached):
    """Lay out the printed report; nothing but embedded data and local figures may be read.

    Parameters
    ----------
    html : str
    path : Path
    attached : iterable of Path
        Files that the PDF carries along.
    """
    from weasyprint import HTML, Attachment
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols={"data", "file"}, fail_on_errors=True)
    # One date for all, so that equal runs give equal reports.
    dated = {"created": ATTACHED_ON, "modified": ATTACHED_ON}
    HTML(string=html, base_url=str(Path.cwd()), url_fetcher=fetcher).write_pdf(
        path,
        pdf_variant="pdf/ua-1",
        attachments=[Attachment(filename=file, **dated) for file in attached],
    )


def _parts(rankings):
    """The report's order: questions with a number, then extras, then the appendix."""
    parts = {"questions": [], "extras": [], "appendix": []}
    for ranking in rankings.values():
        asked = ranking.experiment.question
        part = "questions" if asked[0].isdigit() else "extras"
        parts["appendix" if asked == "Appendix" else part].append(
            (ranking, _template(ranking.experiment.key))
        )
    return parts


def _n_weights(hidden_units, summary):
    height, width = summary["image_shape"]
    sizes = (height * width, *hidden_units, len(summary["classes"]))
    return sum(fan_in * fan_out for fan_in, fan_out in pairwise(sizes))


def _template(key):
    """The template of a question, or the one that serves every experiment."""
    own = f"questions/{key}.html.j2"
    return own if (TEMPLATES / own).exists() else "questions/experiment.html.j2"


def _setting(label):
    """A label in the running text; formulas and equations in it stay on one line."""
    label = str(escape(label.replace(" = ", "\u00a0=\u00a0")))
    whole = FORMULA.sub(r'<span class="whole">\g<0></span>', label)
    return Markup('<span class="setting">{}</span>').format(Markup(whole))
