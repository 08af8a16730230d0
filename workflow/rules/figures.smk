"""Runs → figures.

In: run folders, experiments/<experiment>.json, data/summary.json. Out: figures/runs/<run>/<kind>.svg
(the assignment's four pictures), figures/experiments/<experiment>/<kind>.svg, figures/<kind>.svg.
"""

RUN_FIGURES = ["overview", "panel", "confusion", "map"]
EXPERIMENT_FIGURES = ["loss", "accuracy", "bars", "layers", "gallery"]
OVERALL_FIGURES = {"data": [], "families": list(PLAN.runs), "separation": list(PLAN.runs)}
STYLE = "report/figures/style.mplstyle"


rule run_figure:
    """Draw one of the four pictures of a run (its first seed)."""
    input:
        summary=rules.prepare.output.summary,
        files=[f"{RESULTS}/runs/{{run}}/seed{SEEDS[0]}/{file}" for file in RUN_FILES],
        style=STYLE,
    output:
        report(
            f"{RESULTS}/figures/runs/{{run}}/{{kind}}.svg",
            caption="../captions/run_figure.rst",
            category="Runs",
            subcategory="{run}",
            labels={"run": "{run}", "picture": "{kind}"},
        ),
    log:
        f"{RESULTS}/logs/figures/runs/{{run}}/{{kind}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/figures/runs/{{run}}/{{kind}}.tsv"
    wildcard_constraints:
        kind="|".join(RUN_FIGURES),
    conda:
        "../../environment.yml"
    params:
        target=config["target_accuracy"],
        code=lambda wildcards: fingerprint(
            f"report.figures.{wildcards.kind}", "workflow.scripts.draw"
        ),
    shell:
        "python -m workflow.scripts.draw --scope run --kind {wildcards.kind}"
        " --summary {input.summary} --target {params.target}"
        " --runs {input.files[3]} --figure {output} 2> {log}"


rule experiment_figure:
    """Draw one picture of a question: all its runs, all seeds."""
    input:
        summary=rules.prepare.output.summary,
        experiment=rules.experiment.output,
        runs=lambda wildcards: expand(
            rules.train.output[3],
            run=PLAN.experiments[wildcards.experiment].runs,
            seed=SEEDS,
        ),
        histories=lambda wildcards: expand(
            rules.train.output[0],
            run=PLAN.experiments[wildcards.experiment].runs,
            seed=SEEDS,
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
            f"report.figures.{wildcards.kind}", "workflow.scripts.draw"
        ),
    shell:
        "python -m workflow.scripts.draw --scope experiment --kind {wildcards.kind}"
        " --summary {input.summary} --target {params.target}"
        " --experiments {input.experiment} --runs {input.runs} --figure {output} 2> {log}"


rule overall_figure:
    """Draw a picture of the data, or of all runs together."""
    input:
        summary=rules.prepare.output.summary,
        runs=lambda wildcards: expand(
            rules.train.output[3], run=OVERALL_FIGURES[wildcards.kind], seed=SEEDS
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
            f"report.figures.{wildcards.kind}", "workflow.scripts.draw"
        ),
    shell:
        "python -m workflow.scripts.draw --scope overall --kind {wildcards.kind}"
        " --summary {input.summary} --target {params.target}"
        " --runs {input.runs} --figure {output} 2> {log}"


FIGURES = [
    *expand(rules.run_figure.output, run=PLAN.runs, kind=RUN_FIGURES),
    *expand(rules.experiment_figure.output, experiment=PLAN.experiments, kind=EXPERIMENT_FIGURES),
    *expand(rules.overall_figure.output, kind=OVERALL_FIGURES),
]


rule figures:
    """Draw every figure, without a report."""
    input:
        FIGURES,
