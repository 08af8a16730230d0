"""Figures and findings → the report.

In: every figure, every run, experiments/<experiment>.json, data/summary.json, the configuration. Out:
report.html, report.pdf; beside them timings.csv and machine.json, all that may differ between two
equal runs.
"""

TEMPLATES = sorted(
    str(path)
    for path in Path("report").rglob("*")
    if path.suffix in {".j2", ".css", ".bib", ".yaml"}
)
# What only the page uses.
PAGE_ONLY = [*map(str, sorted(Path("report/page").glob("*.js"))), *rules.pocket.output]


rule configuration:
    """Write down the configuration that the results belong to, and the runs that it asks for."""
    output:
        configuration=f"{RESULTS}/config.yaml",
        runs=f"{RESULTS}/runs.txt",
    log:
        f"{RESULTS}/logs/configuration.log",
    benchmark:
        f"{RESULTS}/benchmarks/configuration.tsv"
    localrule: True
    conda:
        "../../environment.yml"
    params:
        configuration=yaml.safe_dump(
            config,
            sort_keys=False,
            allow_unicode=True,
            default_flow_style=None,
            width=90,
        ),
        runs=lambda wildcards: rules.runs.input,
    shell:
        "(printf '%s' {params.configuration:q} > {output.configuration};"
        " printf '%s\\n' {params.runs} > {output.runs}) 2> {log}"


rule report:
    """Render the report, as a page (html) or in print (pdf)."""
    input:
        figures=FIGURES,
        runs=rules.runs.input,
        embeddings=each(rules.embedding.output.embedding, PLAN.first_runs),
        experiments=expand(rules.experiment.output, experiment=PLAN.experiments),
        summary=rules.prepare.output.summary,
        configuration=rules.configuration.output.configuration,
        listed=rules.configuration.output.runs,
        table=rules.table.output,
        templates=TEMPLATES,
        page=lambda wildcards: PAGE_ONLY if wildcards.format == "html" else [],
        nine_lines="nn/network.py",
    output:
        report=report(
            f"{RESULTS}/report.{{format}}",
            caption="../captions/report.rst",
            category="Report",
            labels={"format": "{format}"},
        ),
    log:
        f"{RESULTS}/logs/report.{{format}}.log",
    benchmark:
        f"{RESULTS}/benchmarks/report.{{format}}.tsv"
    wildcard_constraints:
        format="html|pdf",
    conda:
        "../../environment.yml"
    params:
        results=subpath(output.report, parent=True),
        baseline=PLAN.baseline,
        asked_for=(
            config["datasets"][SOURCE.stands_in_for]["title"] if SOURCE.stands_in_for else ""
        ),
        # What a command must add to find these very runs.
        overlay="" if AS_COMMITTED else f"--configfile {RESULTS}/config.yaml",
        code=fingerprint("workflow.scripts.report"),
    shell:
        "python -m workflow.scripts.report --results {params.results}"
        " --configuration {input.configuration} --runs {input.listed} --table {input.table}"
        " --baseline {params.baseline} --stands-in-for={params.asked_for:q}"
        " --overlay={params.overlay:q} --target {output.report} 2> {log}"


rule timings:
    """Collect seconds and peak memory of every run."""
    input:
        each(rules.train.benchmark, PLAN.runs),
    output:
        f"{RESULTS}/timings.csv",
    log:
        f"{RESULTS}/logs/timings.log",
    benchmark:
        f"{RESULTS}/benchmarks/timings.tsv"
    conda:
        "../../environment.yml"
    shell:
        "python -m workflow.scripts.timings --benchmarks {input} --table {output} 2> {log}"


rule machine:
    """Describe the machine and the versions in use."""
    output:
        f"{RESULTS}/machine.json",
    log:
        f"{RESULTS}/logs/machine.log",
    benchmark:
        f"{RESULTS}/benchmarks/machine.tsv"
    conda:
        "../../environment.yml"
    params:
        versions=json.dumps(versions()),
    shell:
        "python -m workflow.scripts.machine --description {output} 2> {log}"


rule compare:
    """Say what differs between these results and others: --config other=path/to/results/mnist."""
    input:
        here=f"{RESULTS}/runs.csv",
        there=f"{OTHER}/runs.csv",
        beside=[f"{folder}/{file}" for folder in (RESULTS, OTHER) for file in COMPARED],
        templates=TEMPLATES,
    output:
        report(
            f"{RESULTS}/compared.html",
            caption="../captions/compared.rst",
            category="Report",
            labels={"format": "comparison"},
        ),
    log:
        f"{RESULTS}/logs/compare.log",
    benchmark:
        f"{RESULTS}/benchmarks/compare.tsv"
    conda:
        "../../environment.yml"
    params:
        here=subpath(input.here, parent=True),
        there=subpath(input.there, parent=True),
        code=fingerprint("workflow.scripts.compare"),
    shell:
        "python -m workflow.scripts.compare --here {params.here} --there {params.there:q}"
        " --page {output} 2> {log}"
