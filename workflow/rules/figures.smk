"""Runs → figures.

In: run folders, experiments/<experiment>.json, data/summary.json. Out: figures/runs/<run>/<kind>.svg
(the assignment's four pictures), figures/experiments/<experiment>/<kind>.svg, figures/<kind>.svg.
A job draws all pictures of one subject: loading the libraries takes as long as drawing two of them.
"""

RUN_FIGURES = ["overview", "panel", "confusion", "map"]
EXPERIMENT_FIGURES = ["curves", "bars", "layers", "gallery"]
OVERALL_FIGURES = ["data", "families", "separation"]
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
        code=fingerprint("workflow.scripts.embed"),
    shell:
        "python -m workflow.scripts.embed --inside {input} --embedding {output} 2> {log}"


rule run_figures:
    """Draw the four pictures of a run (its first seed)."""
    input:
        summary=rules.prepare.output.summary,
        files=[f"{FIRST_SEED}/{file}" for file in RUN_FILES],
        embedding=rules.embedding.output,
        style=STYLE,
    output:
        [
            report(
                f"{RESULTS}/figures/runs/{{run}}/{kind}.svg",
                caption="../captions/run_figure.rst",
                category="Runs",
                subcategory="{run}",
                labels={"run": "{run}", "picture": kind},
            )
            for kind in RUN_FIGURES
        ],
    log:
        f"{RESULTS}/logs/figures/runs/{{run}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/figures/runs/{{run}}.tsv"
    conda:
        "../../environment.yml"
    params:
        target=config["target_accuracy"],
        code=fingerprint(
            "workflow.scripts.draw", *expand("report.figures.{kind}", kind=RUN_FIGURES)
        ),
    shell:
        "python -m workflow.scripts.draw --scope run --summary {input.summary}"
        " --target {params.target} --runs {input.files[3]} --figures {output} 2> {log}"


rule experiment_figures:
    """Draw the pictures of a question: all its runs, all seeds."""
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
        [
            report(
                f"{RESULTS}/figures/experiments/{{experiment}}/{kind}.svg",
                caption="../captions/experiment_figure.rst",
                category="Questions",
                subcategory="{experiment}",
                labels={"question": "{experiment}", "picture": kind},
            )
            for kind in EXPERIMENT_FIGURES
        ],
    log:
        f"{RESULTS}/logs/figures/experiments/{{experiment}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/figures/experiments/{{experiment}}.tsv"
    conda:
        "../../environment.yml"
    params:
        target=config["target_accuracy"],
        code=fingerprint(
            "workflow.scripts.draw", *expand("report.figures.{kind}", kind=EXPERIMENT_FIGURES)
        ),
    shell:
        "python -m workflow.scripts.draw --scope experiment --summary {input.summary}"
        " --target {params.target} --experiment {input.experiment} --runs {input.runs}"
        " --figures {output} 2> {log}"


rule overall_figures:
    """Draw the data, and all runs together."""
    input:
        summary=rules.prepare.output.summary,
        runs=expand(rules.train.output[3], run=PLAN.runs, seed=SEEDS),
        embeddings=expand(rules.embedding.output, run=PLAN.runs),
        style=STYLE,
    output:
        [
            report(
                f"{RESULTS}/figures/{kind}.svg",
                caption="../captions/overall_figure.rst",
                category="Overview",
                labels={"picture": kind},
            )
            for kind in OVERALL_FIGURES
        ],
    log:
        f"{RESULTS}/logs/figures/overall.log",
    benchmark:
        f"{RESULTS}/benchmarks/figures/overall.tsv"
    conda:
        "../../environment.yml"
    params:
        target=config["target_accuracy"],
        code=fingerprint(
            "workflow.scripts.draw", *expand("report.figures.{kind}", kind=OVERALL_FIGURES)
        ),
    shell:
        "python -m workflow.scripts.draw --scope overall --summary {input.summary}"
        " --target {params.target} --runs {input.runs} --figures {output} 2> {log}"


FIGURES = [
    *expand(rules.run_figures.output, run=PLAN.runs),
    *expand(rules.experiment_figures.output, experiment=PLAN.experiments),
    *rules.overall_figures.output,
]


rule figures:
    """Draw every figure, without a report."""
    input:
        FIGURES,
