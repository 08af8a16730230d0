"""Runs → figures.

In: run folders, experiments/<experiment>.json, data/summary.json. Out: figures/runs/<run>/<kind>.svg
(the assignment's four pictures), figures/experiments/<experiment>/<kind>.svg, figures/<kind>.svg.
A job draws one picture, and takes the fingerprint of that kind's module only.
"""

# Every kind, and what it reads of its runs beside run.json: of a question all seeds, else the first.
RUN_FIGURES = {
    "overview": ["history.csv", "inside.npz"],
    "panel": ["history.csv", "weights.npz", "inside.npz"],
    "confusion": ["inside.npz"],
    "map": ["inside.npz", "embedding.npz"],
}
EXPERIMENT_FIGURES = {
    "curves": ["history.csv"],
    "bars": [],
    "layers": [],
    "gallery": ["history.csv", "weights.npz", "inside.npz"],
}
OVERALL_FIGURES = {
    "data": [],
    "families": [],
    "separation": ["inside.npz", "embedding.npz"],
}
STYLE = "report/figures/style.mplstyle"
FIRST_SEED = f"{RESULTS}/runs/{{run}}/seed{SEEDS[0]}"


rule embedding:
    """Lay out the second hidden layer's view of 500 images (first seed)."""
    input:
        f"{FIRST_SEED}/inside.npz",
    output:
        f"{FIRST_SEED}/embedding.npz",
    log:
        f"{RESULTS}/logs/embedding/{{run}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/embedding/{{run}}.tsv"
    conda:
        "../../environment.yml"
    params:
        made_with=made_with("numpy", "scipy", "scikit-learn"),
        code=fingerprint("workflow.scripts.embed"),
    shell:
        "python -m workflow.scripts.embed --inside {input} --embedding {output} 2> {log}"


rule run_figure:
    """Draw one of the four pictures of a run (its first seed)."""
    input:
        summary=rules.describe.output.summary,
        run=f"{FIRST_SEED}/run.json",
        files=lambda wildcards: expand(
            f"{FIRST_SEED}/{{file}}", run=wildcards.run, file=RUN_FIGURES[wildcards.kind]
        ),
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
            "workflow.scripts.draw", f"report.figures.{wildcards.kind}"
        ),
    shell:
        "python -m workflow.scripts.draw --scope run --summary {input.summary}"
        " --target {params.target} --runs {input.run} --figure {output} 2> {log}"


rule experiment_figure:
    """Draw one picture of a question: all its runs, all seeds."""
    input:
        summary=rules.describe.output.summary,
        experiment=rules.experiment.output,
        runs=lambda wildcards: expand(
            rules.train.output[3],
            run=PLAN.experiments[wildcards.experiment].runs,
            seed=SEEDS,
        ),
        files=lambda wildcards: expand(
            f"{RESULTS}/runs/{{run}}/seed{{seed}}/{{file}}",
            run=PLAN.experiments[wildcards.experiment].runs,
            seed=SEEDS,
            file=EXPERIMENT_FIGURES[wildcards.kind],
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
        summary=rules.describe.output.summary,
        runs=expand(rules.train.output[3], run=PLAN.runs, seed=SEEDS),
        files=lambda wildcards: expand(
            f"{FIRST_SEED}/{{file}}", run=PLAN.runs, file=OVERALL_FIGURES[wildcards.kind]
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
    *expand(rules.run_figure.output, run=PLAN.runs, kind=RUN_FIGURES),
    *expand(rules.experiment_figure.output, experiment=PLAN.experiments, kind=EXPERIMENT_FIGURES),
    *expand(rules.overall_figure.output, kind=OVERALL_FIGURES),
]


rule figures:
    """Draw every figure, without a report."""
    input:
        FIGURES,
