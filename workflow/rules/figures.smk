"""Runs → figures.

In: run folders, experiments/<experiment>.json, data/summary.json. Out: figures/runs/<variant>/<kind>.svg
(the assignment's four pictures), figures/experiments/<experiment>/<kind>.svg, figures/<kind>.svg.
A job draws one picture, and takes the fingerprint of that kind's module only.
"""

RUN_FIGURES = ["overview", "panel", "confusion", "map"]
EXPERIMENT_FIGURES = ["curves", "bars", "layers", "gallery"]
OVERALL_FIGURES = ["data", "families", "separation"]
STYLE = "report/figures/style.mplstyle"
# Of a variant, as a list of one.
FIRST_RUN = {name: [(name, seed)] for name, seed in PLAN.first_runs}


rule embedding:
    """Lay out the second hidden layer's view of 500 images."""
    input:
        inside=rules.train.output.inside,
    output:
        embedding=f"{RUN}/embedding.npz",
    log:
        f"{RESULTS}/logs/embedding/{{variant}}/seed{{seed}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/embedding/{{variant}}/seed{{seed}}.tsv"
    conda:
        "../../environment.yml"
    params:
        code=fingerprint("workflow.scripts.embed"),
    shell:
        "python -m workflow.scripts.embed --inside {input.inside} --embedding {output.embedding} 2> {log}"


rule run_figure:
    """Draw one of the four pictures of a variant (its first seed)."""
    input:
        summary=rules.prepare.output.summary,
        history=lambda wildcards: each(rules.train.output.history, FIRST_RUN[wildcards.variant]),
        weights=lambda wildcards: each(rules.train.output.weights, FIRST_RUN[wildcards.variant]),
        inside=lambda wildcards: each(rules.train.output.inside, FIRST_RUN[wildcards.variant]),
        run=lambda wildcards: each(rules.train.output.run, FIRST_RUN[wildcards.variant]),
        embedding=lambda wildcards: (
            each(rules.embedding.output.embedding, FIRST_RUN[wildcards.variant])
            if wildcards.kind == "map"
            else []
        ),
        style=STYLE,
    output:
        report(
            f"{RESULTS}/figures/runs/{{variant}}/{{kind}}.svg",
            caption="../captions/run_figure.rst",
            category="Runs",
            subcategory="{variant}",
            labels={"run": "{variant}", "picture": "{kind}"},
        ),
    log:
        f"{RESULTS}/logs/figures/runs/{{variant}}/{{kind}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/figures/runs/{{variant}}/{{kind}}.tsv"
    wildcard_constraints:
        kind="|".join(RUN_FIGURES),
    conda:
        "../../environment.yml"
    params:
        target=config["target_accuracy"],
        code=lambda wildcards: fingerprint(
            "workflow.scripts.draw", f"report.figures.{wildcards.kind}"
        ),
    shell:
        "python -m workflow.scripts.draw --scope run --summary {input.summary}"
        " --target {params.target} --runs {input.run} --figure {output} 2> {log}"


rule experiment_figure:
    """Draw one picture of a question: all its variants, all its seeds."""
    input:
        summary=rules.prepare.output.summary,
        experiment=rules.experiment.output,
        runs=lambda wildcards: each(
            rules.train.output.run, PLAN.experiments[wildcards.experiment].runs
        ),
        histories=lambda wildcards: each(
            rules.train.output.history, PLAN.experiments[wildcards.experiment].runs
        ),
        style=STYLE,
    output:
        report(
            f"{RESULTS}/figures/experiments/{{experiment}}/{{kind}}.svg",
            caption="../captions/experiment_figure.rst",
            category="Questions",
            subcategory="{experiment}",
            labels={"question": "{experiment}", "picture": "{kind}"},
        ),
    log:
        f"{RESULTS}/logs/figures/experiments/{{experiment}}/{{kind}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/figures/experiments/{{experiment}}/{{kind}}.tsv"
    wildcard_constraints:
        kind="|".join(EXPERIMENT_FIGURES),
    conda:
        "../../environment.yml"
    params:
        target=config["target_accuracy"],
        code=lambda wildcards: fingerprint(
            "workflow.scripts.draw", f"report.figures.{wildcards.kind}"
        ),
    shell:
        "python -m workflow.scripts.draw --scope experiment --summary {input.summary}"
        " --target {params.target} --experiment {input.experiment} --runs {input.runs}"
        " --figure {output} 2> {log}"


rule overall_figure:
    """Draw the data, or all runs together."""
    input:
        summary=rules.prepare.output.summary,
        runs=each(rules.train.output.run, PLAN.runs),
        embeddings=lambda wildcards: (
            each(rules.embedding.output.embedding, PLAN.first_runs)
            if wildcards.kind == "separation"
            else []
        ),
        style=STYLE,
    output:
        report(
            f"{RESULTS}/figures/{{kind}}.svg",
            caption="../captions/overall_figure.rst",
            category="Overview",
            labels={"picture": "{kind}"},
        ),
    log:
        f"{RESULTS}/logs/figures/{{kind}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/figures/{{kind}}.tsv"
    wildcard_constraints:
        kind="|".join(OVERALL_FIGURES),
    conda:
        "../../environment.yml"
    params:
        target=config["target_accuracy"],
        code=lambda wildcards: fingerprint(
            "workflow.scripts.draw", f"report.figures.{wildcards.kind}"
        ),
    shell:
        "python -m workflow.scripts.draw --scope overall --summary {input.summary}"
        " --target {params.target} --runs {input.runs} --figure {output} 2> {log}"


FIGURES = [
    *expand(rules.run_figure.output, variant=PLAN.variants, kind=RUN_FIGURES),
    *expand(rules.experiment_figure.output, experiment=PLAN.experiments, kind=EXPERIMENT_FIGURES),
    *expand(rules.overall_figure.output, kind=OVERALL_FIGURES),
]


rule figures:
    """Draw every figure, without a report."""
    input:
        FIGURES,
