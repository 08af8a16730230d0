"""Arrays → trained runs.

In: data/dataset.npz and the plan. Out: runs/<run>/seed<k>/ with history, weights, what is inside and
what made it, for every run and seed; experiments/<experiment>.json, which runs an experiment shows;
runs.csv; pocket.json, the best network for the page.
"""

RUN_FILES = ["history.csv", "weights.npz", "inside.npz", "run.json"]


rule train:
    """Train one run with one seed, and look inside it."""
    input:
        dataset=rules.prepare.output.dataset,
    output:
        expand(f"{RESULTS}/runs/{{{{run}}}}/seed{{{{seed}}}}/{{file}}", file=RUN_FILES),
        # What tells equal runs apart: no input of anything, so that nothing is made anew for it.
        origin=f"{RESULTS}/runs/{{run}}/seed{{seed}}/origin.json",
    log:
        f"{RESULTS}/logs/train/{{run}}/seed{{seed}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/train/{{run}}/seed{{seed}}.tsv"
    # Long jobs first: figures of finished runs wait until every core has had its trainings.
    priority: 1
    conda:
        "../../environment.yml"
    threads: 1
    params:
        choices=lambda wildcards: json.dumps(asdict(PLAN.runs[wildcards.run])),
        folder=subpath(output[0], parent=True),
        made_with=made_with("numpy"),
        code=fingerprint("workflow.scripts.train"),
    shell:
        "python -m workflow.scripts.train --dataset {input.dataset} --name {wildcards.run}"
        " --choices {params.choices:q} --seed {wildcards.seed} --folder {params.folder}"
        " --code {params.code} 2> {log}"


rule runs:
    """Train every run with every seed, without a report."""
    input:
        expand(f"{RESULTS}/runs/{{run}}/seed{{seed}}/run.json", run=PLAN.runs, seed=SEEDS),


rule experiment:
    """Write down which runs an experiment shows."""
    output:
        f"{RESULTS}/experiments/{{experiment}}.json",
    log:
        f"{RESULTS}/logs/experiments/{{experiment}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/experiments/{{experiment}}.tsv"
    localrule: True
    conda:
        "../../environment.yml"
    params:
        experiment=lambda wildcards: json.dumps(asdict(PLAN.experiments[wildcards.experiment])),
    shell:
        "printf '%s\\n' {params.experiment:q} > {output} 2> {log}"


rule table:
    """Collect the runs into one table, a row for each run and seed."""
    input:
        rules.runs.input,
    output:
        f"{RESULTS}/runs.csv",
    log:
        f"{RESULTS}/logs/table.log",
    benchmark:
        f"{RESULTS}/benchmarks/table.tsv"
    conda:
        "../../environment.yml"
    params:
        code=fingerprint("workflow.scripts.table"),
    shell:
        "python -m workflow.scripts.table --runs {input} --table {output} 2> {log}"


rule pocket:
    """Make the best network small enough for the page, with test images to try it on."""
    input:
        dataset=rules.prepare.output.dataset,
        summary=rules.describe.output.summary,
        runs=rules.runs.input,
        weights=expand(rules.train.output[1], run=PLAN.runs, seed=SEEDS[0]),
    output:
        f"{RESULTS}/pocket.json",
    log:
        f"{RESULTS}/logs/pocket.log",
    benchmark:
        f"{RESULTS}/benchmarks/pocket.tsv"
    conda:
        "../../environment.yml"
    params:
        drawing=json.dumps(ENTRY.get("drawing")),
        code=fingerprint("workflow.scripts.pocket"),
    shell:
        "python -m workflow.scripts.pocket --dataset {input.dataset} --summary {input.summary}"
        " --runs {input.runs} --drawing {params.drawing:q} --pocket {output} 2> {log}"
