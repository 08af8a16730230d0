"""Runs → figures.

In: run folders, experiments/<experiment>.json, data/summary.json. Out: figures/runs/<variant>/<kind>.svg
(the assignment's four pictures, and the gallery's row), figures/experiments/<experiment>/<kind>.svg, figures/<kind>.svg,
each with the numbers that it shows, as <kind>.csv.
A job draws one picture, and takes the fingerprint of that kind's module only.
"""

# Every kind, and what it reads of its runs beside run.json: of a question all seeds, else the first.
RUN_FIGURES = {
    "overview": ["history.csv", "inside.json", "inside.npz"],
    "panel": ["history.csv", "weights.npz", "inside.npz"],
    "confusion": ["inside.npz"],
    "map": ["inside.npz", "embedding.npz"],
    "row": ["history.csv", "weights.npz", "inside.npz"],
}
EXPERIMENT_FIGURES = {
    "curves": ["history.csv"],
    "bars": [],
    "layers": ["inside.json"],
    "heatmap": [],
    "ordering": ["history.csv", "weights.npz", "inside.json"],
    "deltas": [],
}
# Of which questions some kinds are drawn; the others of all.
ONLY_OF = {
    "bars": lambda experiment: experiment.kind != "grid",
    "heatmap": lambda experiment: experiment.kind == "grid",
    "ordering": lambda experiment: experiment.varied == ("initializer",),
    "deltas": lambda experiment: (
        experiment.varied == ("loss",)
        and all(PLAN.variants[v.name].output_activation == "sigmoid" for v in experiment.variants)
    ),
}
OVERALL_FIGURES = {
    "data": [],
    "families": [],
    "separation": ["inside.npz", "embedding.npz"],
}
if any(variant.slope != 1 for variant in PLAN.variants.values()):
    OVERALL_FIGURES["plane"] = []
# What every picture, and every text, is set with.
STYLE = [
    "report/figures/style.mplstyle",
    *map(str, sorted(Path("report/fonts").glob("*.ttf"))),
]
# Of a variant, as a list of one.
FIRST_RUN = Named({name: [(name, seed)] for name, seed in PLAN.first_runs})


rule embedding:
    """Lay out the second hidden layer's view of 500 images."""
    input:
        inside=rules.inspect.output.arrays,
    output:
        embedding=f"{RUN}/embedding.npz",
    log:
        f"{RESULTS}/logs/embedding/{{variant}}/seed{{seed}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/embedding/{{variant}}/seed{{seed}}.tsv"
    conda:
        ENVIRONMENT
    params:
        made_with=made_with("numpy", "scipy", "scikit-learn"),
        code=fingerprint("workflow.scripts.embed", numbers_only=True),
    shell:
        f"{environment.WARM} "
        "workflow.scripts.embed --inside {input.inside} --embedding {output.embedding} 2> {log}"


rule run_figure:
    """Draw one picture of a variant (its first seed)."""
    input:
        summary=rules.describe.output.summary,
        run=lambda wildcards: files(RUN, FIRST_RUN[wildcards.variant], ["run.json"]),
        files=lambda wildcards: files(
            RUN, FIRST_RUN[wildcards.variant], RUN_FIGURES[wildcards.kind]
        ),
        style=STYLE,
    output:
        numbers=f"{RESULTS}/figures/runs/{{variant}}/{{kind}}.csv",
        figure=report(
            f"{RESULTS}/figures/runs/{{variant}}/{{kind}}.svg",
            caption=here("workflow/captions/run_figure.rst"),
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
        ENVIRONMENT
    params:
        target=config["target_accuracy"],
        code=lambda wildcards: fingerprint(
            "workflow.scripts.draw", f"report.figures.{wildcards.kind}"
        ),
    shell:
        f"{environment.WARM} "
        "workflow.scripts.draw --scope run --summary {input.summary}"
        " --target {params.target} --runs {input.run} --figure {output.figure} 2> {log}"


rule experiment_figure:
    """Draw one picture of a question: all its variants, all its seeds."""
    input:
        summary=rules.describe.output.summary,
        experiment=rules.experiment.output,
        runs=lambda wildcards: each(
            rules.train.output.run, PLAN.experiments[wildcards.experiment].runs
        ),
        files=lambda wildcards: files(
            RUN, PLAN.experiments[wildcards.experiment].runs, EXPERIMENT_FIGURES[wildcards.kind]
        ),
        style=STYLE,
    output:
        numbers=f"{RESULTS}/figures/experiments/{{experiment}}/{{kind}}.csv",
        figure=report(
            f"{RESULTS}/figures/experiments/{{experiment}}/{{kind}}.svg",
            caption=here("workflow/captions/experiment_figure.rst"),
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
        ENVIRONMENT
    params:
        target=config["target_accuracy"],
        code=lambda wildcards: fingerprint(
            "workflow.scripts.draw", f"report.figures.{wildcards.kind}"
        ),
    shell:
        f"{environment.WARM} "
        "workflow.scripts.draw --scope experiment --summary {input.summary}"
        " --target {params.target} --experiment {input.experiment} --runs {input.runs}"
        " --figure {output.figure} 2> {log}"


rule overall_figure:
    """Draw the data, or all runs together."""
    input:
        summary=rules.describe.output.summary,
        runs=later(TRAINED),
        files=lambda wildcards: files(RUN, PLAN.first_runs, OVERALL_FIGURES[wildcards.kind]),
        style=STYLE,
    output:
        numbers=f"{RESULTS}/figures/{{kind}}.csv",
        figure=report(
            f"{RESULTS}/figures/{{kind}}.svg",
            caption=here("workflow/captions/overall_figure.rst"),
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
        ENVIRONMENT
    params:
        target=config["target_accuracy"],
        usual=lambda wildcards: json.dumps(asdict(PLAN.usual)),
        code=lambda wildcards: fingerprint(
            "workflow.scripts.draw", f"report.figures.{wildcards.kind}"
        ),
    shell:
        f"{environment.WARM} "
        "workflow.scripts.draw --scope overall --summary {input.summary}"
        " --target {params.target} --runs {input.runs} --usual {params.usual:q} --figure {output.figure} 2> {log}"


FIGURES = [
    *expand(rules.run_figure.output, variant=PLAN.variants, kind=RUN_FIGURES),
    *[
        figure
        for key, experiment in PLAN.experiments.items()
        for figure in expand(
            rules.experiment_figure.output,
            experiment=key,
            kind=[
                kind
                for kind in EXPERIMENT_FIGURES
                if kind not in ONLY_OF or ONLY_OF[kind](experiment)
            ],
        )
    ],
    *expand(rules.overall_figure.output, kind=OVERALL_FIGURES),
]


rule figures:
    """Draw every figure, without a report."""
    input:
        FIGURES,
