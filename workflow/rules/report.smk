"""Runs → facts → answers → the report.

In: every run, experiments/<experiment>.json, data/summary.json, every figure, the configuration. Out:
facts/<key>.json, answers.json, pocket.json (the best network, for the page), report.html, report.pdf; beside them timings.csv and machine.json, all
that may differ between two equal runs.
"""

WORDS = sorted(
    str(path) for path in Path("report").rglob("*") if path.suffix in {".j2", ".css", ".bib"}
)
SCRIPTS = [str(path) for path in sorted(Path("report/pages/scripts").glob("*.js"))]
# Made in checks.smk; nothing where nothing is published.
VERIFICATION = [f"{RESULTS}/verification.json"] if PUBLISHED else []
# What rounding decides, tried once, and on which runs.
ROUNDING = [f"{PUBLISHED}/{name}" for name in ["rounding.json", "runs.csv"]]
ROUNDING = ROUNDING if Path(ROUNDING[0]).exists() else []
QUESTIONS = [*PLAN.experiments, *ABOUT_ALL]


rule configuration:
    """Write down the configuration that the results belong to."""
    output:
        configuration=f"{RESULTS}/config.yaml",
    log:
        f"{RESULTS}/logs/configuration.log",
    benchmark:
        f"{RESULTS}/benchmarks/configuration.tsv"
    localrule: True
    conda:
        ENVIRONMENT
    params:
        configuration=lambda wildcards: yaml.safe_dump(
            published(config),
            sort_keys=False,
            allow_unicode=True,
            default_flow_style=None,
            width=90,
        ),
    shell:
        f"printf '%s' {{params.configuration:q}} {WRITTEN}"


rule listing:
    """List the runs that belong to the results: too many for a command line."""
    output:
        runs=f"{RESULTS}/runs.txt",
    log:
        f"{RESULTS}/logs/listing.log",
    benchmark:
        f"{RESULTS}/benchmarks/listing.tsv"
    localrule: True
    conda:
        ENVIRONMENT
    params:
        runs=later(TRAINED),
    shell:
        f"printf '%s\\n' {{params.runs}} {WRITTEN}"


rule facts:
    """Decide everything that the report says, a file for each question."""
    input:
        runs=later(TRAINED),
        inside=later(
            files(RUN, PLAN.runs, ["history.csv", "inside.json", "inside.npz", "weights.npz"])
        ),
        experiments=expand(rules.experiment.output, experiment=PLAN.experiments),
        summary=rules.describe.output.summary,
        listed=rules.listing.output.runs,
        printed="report/facts/original.yaml",
    output:
        questions=expand(f"{RESULTS}/facts/{{key}}.json", key=QUESTIONS),
        whole=f"{RESULTS}/facts/whole.json",
    log:
        f"{RESULTS}/logs/facts.log",
    benchmark:
        f"{RESULTS}/benchmarks/facts.tsv"
    conda:
        ENVIRONMENT
    params:
        folder=subpath(output.whole, parent=True),
        target=config["target_accuracy"],
        baseline=lambda wildcards: json.dumps(asdict(PLAN.usual)),
        inside=config["report"]["inside"],
        # The original printed its figures for MNIST.
        original="--original-data" if DATASET == "mnist" else "",
        code=fingerprint(
            "workflow.scripts.facts", *(f"report.questions.{name}.facts" for name in folders())
        ),
    shell:
        f"{environment.WARM} "
        "workflow.scripts.facts --summary {input.summary} --listed {input.listed}"
        " --experiments {input.experiments} --target {params.target} --baseline {params.baseline:q}"
        " {params.original} --inside={params.inside:q} --folder {params.folder} 2> {log}"


rule answers:
    """Write down every question with the sentence that answers it."""
    input:
        facts=rules.facts.output.questions,
        whole=rules.facts.output.whole,
        summary=rules.describe.output.summary,
        configuration=rules.configuration.output.configuration,
        words=WORDS,
        style=STYLE,
    output:
        answers=f"{RESULTS}/answers.json",
    log:
        f"{RESULTS}/logs/answers.log",
    benchmark:
        f"{RESULTS}/benchmarks/answers.tsv"
    conda:
        ENVIRONMENT
    params:
        results=subpath(output.answers, parent=True),
        code=fingerprint(
            "workflow.scripts.answers", *(f"report.questions.{name}.facts" for name in folders())
        ),
    shell:
        f"{environment.WARM} "
        "workflow.scripts.answers --results {params.results}"
        " --configuration {input.configuration} --answers {output.answers} 2> {log}"


rule pocket:
    """Make the best network small enough for the page, with test images to try it on."""
    input:
        dataset=rules.prepare.output.dataset,
        summary=rules.describe.output.summary,
        whole=rules.facts.output.whole,
        runs=later(each(rules.train.output.run, PLAN.first_runs)),
        weights=later(each(rules.train.output.weights, PLAN.first_runs)),
    output:
        f"{RESULTS}/pocket.json",
    log:
        f"{RESULTS}/logs/pocket.log",
    benchmark:
        f"{RESULTS}/benchmarks/pocket.tsv"
    conda:
        ENVIRONMENT
    params:
        drawing=lambda wildcards: json.dumps(ENTRY.get("drawing")),
        code=fingerprint("workflow.scripts.pocket"),
    shell:
        "python -m workflow.scripts.pocket --dataset {input.dataset} --summary {input.summary}"
        " --whole {input.whole} --runs {input.runs} --drawing {params.drawing:q} --pocket {output} 2> {log}"


rule report:
    """Render the report, as a page (html) or in print (pdf)."""
    input:
        figures=later(FIGURES),
        facts=rules.facts.output.questions,
        whole=rules.facts.output.whole,
        answers=rules.answers.output.answers,
        origins=later(each(rules.train.output.origin, PLAN.runs)),
        summary=rules.describe.output.summary,
        configuration=rules.configuration.output.configuration,
        listed=rules.listing.output.runs,
        table=rules.table.output,
        words=WORDS,
        style=STYLE,
        nine_lines="nn/network.py",
        verification=VERIFICATION,
        rounding=ROUNDING,
        # What only the page uses.
        page=lambda wildcards: (
            [
                *SCRIPTS,
                *rules.pocket.output,
                *TRAINED,
                *files(RUN, PLAN.runs, ["history.csv"]),
                *files(RUN, PLAN.first_runs, ["weights.npz"]),
            ]
            if wildcards.format == "html"
            else []
        ),
    output:
        report=report(
            f"{RESULTS}/report.{{format}}",
            caption=here("workflow/captions/report.rst"),
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
        ENVIRONMENT
    params:
        results=subpath(output.report, parent=True),
        asked_for=lambda wildcards: (
            config["datasets"][SOURCE.stands_in_for]["title"] if SOURCE.stands_in_for else ""
        ),
        # What a command must add to find these very runs. Laid over config.yaml, their configuration
        # could not tell what was dropped.
        overlay=" ".join(
            option
            for option, needed in {
                f"--configfile {RESULTS}/config.yaml --replace-workflow-config": not AS_COMMITTED,
                # The next call may find what this one could not have.
                f"--config dataset={DATASET}": bool(SOURCE.stands_in_for),
            }.items()
            if needed
        ),
        checked=" ".join(f"--{Path(path).stem} {path}" for path in [*VERIFICATION, *ROUNDING[:1]]),
        code=fingerprint(
            "workflow.scripts.report", *(f"report.questions.{name}.facts" for name in folders())
        ),
    shell:
        f"{environment.WARM} "
        "workflow.scripts.report --results {params.results}"
        " --configuration {input.configuration} --runs {input.listed}"
        " --attached {input.table} {input.answers}"
        " --stands-in-for={params.asked_for:q} --overlay={params.overlay:q} {params.checked}"
        " --target {output.report} 2> {log}"


rule timings:
    """Collect seconds and peak memory of every run."""
    input:
        each(rules.train.benchmark, PLAN.runs) if TIMED else [],
    output:
        f"{RESULTS}/timings.csv",
    log:
        f"{RESULTS}/logs/timings.log",
    benchmark:
        f"{RESULTS}/benchmarks/timings.tsv"
    conda:
        ENVIRONMENT
    params:
        code=fingerprint("workflow.scripts.timings"),
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
        ENVIRONMENT
    params:
        versions=json.dumps(versions()),
        code=fingerprint("workflow.scripts.machine"),
    shell:
        f"{environment.FREE} python -m workflow.scripts.machine --description {{output}} 2> {{log}}"
