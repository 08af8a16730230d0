// Any runs together: loss, accuracy and updates by epoch, and their weights at chosen epochs.
// In: what report/explorer.py packed, Bokeh's source. Out: three charts and a table that follow the
// reader's choice. Bokeh is started when the reader comes near: the page opens faster without it.

const CHARTS = [
  { name: "loss", label: "loss", scale: "log" },
  { name: "train_accuracy", label: "accuracy (%)", scale: "linear" },
  { name: "update_w1", label: "mean |update|", scale: "log" },
];
// Numbers as the report writes them.
const TICKS = "return tick && (tick < 1e-3 || tick >= 1e5) ? tick.toExponential().replace(/e[+]?/, 'e').replace('-', '−') : String(tick)";
const ADDRESS = "#explorer=";
const TOOLTIP = '<div style="max-width:16rem">$name<br>epoch @epoch: @value{%.4g}</div>';

async function exploreRuns(section) {
  const { runs, lines, image_width } = JSON.parse(await inflated(document.getElementById("histories").textContent));
  const boxes = [...section.querySelectorAll(".choices input")];
  const slider = section.querySelector("#at-epoch");
  const rows = section.querySelector(".picked tbody");
  const stops = [...new Set(runs.flatMap((run) => run.snapshots.epochs))].sort((a, b) => a - b);
  const slots = new Map(); // picked variant → which line style it has
  const kinds = section.querySelector(".kind select"); // of losses: no two share an axis
  let charts = [];

  function pick(run, picked) {
    if (picked) {
      const taken = new Set(slots.values());
      slots.set(run, lines.findIndex((_, slot) => !taken.has(slot)));
    } else {
      slots.delete(run);
    }
    const line = lines[slots.get(run)];
    const swatch = boxes[runs.indexOf(run)].parentElement.querySelector("path");
    swatch.setAttribute("style", line ? `stroke:${line.color};stroke-dasharray:${line.dash}` : "");
    for (const chart of charts) chart.show(run, line);
    tellOtherLosses();
    tabulate();
  }

  function tellOtherLosses() {
    const others = [...slots.keys()].filter((run) => run.loss !== kinds.value).length;
    section.querySelector(".kind output").textContent = others ? `${others} picked with another loss` : "";
  }

  // A view can be sent: the address says what is picked and which epoch is shown.
  function writeAddress() {
    const names = [...slots.keys()].map((run) => encodeURIComponent(run.name));
    history.replaceState(null, "", `${ADDRESS}${names.join(",")}@${stops[slider.value]}`);
  }

  function readAddress() {
    if (!location.hash.startsWith(ADDRESS)) return;
    const [names, epoch] = location.hash.slice(ADDRESS.length).split("@");
    const wanted = names.split(",").map(decodeURIComponent);
    for (const run of runs) run.chosen = wanted.includes(run.name);
    if (stops.includes(Number(epoch))) slider.value = stops.indexOf(Number(epoch));
    const [first] = runs.filter((run) => run.chosen);
    if (first) kinds.value = first.loss;
    section.hidden = false;
    section.scrollIntoView({ behavior: "instant" });
  }

  function tabulate() {
    const epoch = stops[slider.value];
    section.querySelector(".at output").textContent = epoch;
    slider.setAttribute("aria-valuetext", `epoch ${epoch}`);
    rows.replaceChildren(...[...slots].map(([run, slot]) => rowOf(run, lines[slot], epoch)));
    for (const chart of charts) chart.mark(epoch);
  }

  function rowOf(run, line, epoch) {
    const [first] = run.seeds;
    const measured = (name, digits) => {
      const value = first[name][epoch - 1];
      return value === undefined ? "ended" : Number.isFinite(value) ? value.toFixed(digits) : "not finite";
    };
    const label = make("th", { scope: "row", textContent: run.label });
    label.prepend(boxes[runs.indexOf(run)].parentElement.querySelector("svg").cloneNode(true));
    const numbers = [["loss", 4], ["train_accuracy", 2], ["test_accuracy", 2]].map(([name, digits]) =>
      make("td", { textContent: measured(name, digits) }),
    );
    return make("tr", {}, label, ...numbers, ...weightsOf(run, epoch));
  }

  // The weights as they were kept last before that epoch.
  function weightsOf({ snapshots, label }, epoch) {
    const kept = snapshots.epochs.findLastIndex((at) => at <= epoch);
    snapshots.unpacked ??= snapshots.weights.map(unpacked);
    return snapshots.unpacked.map(({ columns: units, values }, i) => {
      const means = values.subarray(kept * units, (kept + 1) * units);
      const largest = 127 * snapshots.weights[i].scale;
      const canvas = make("canvas", { role: "img", ariaLabel: `W${i + 1} of ${label} at epoch ${snapshots.epochs[kept]}` });
      paint(canvas, means, i ? tileWidth(units) : image_width, [-largest, largest], scales.RdBu_r);
      return make("td", {}, canvas);
    });
  }

  // A chart of one column at a time, with a line for each picked variant and seed.
  function chartOf({ name, label, scale }, epochs) {
    const hover = new Bokeh.HoverTool({ tooltips: TOOLTIP, formatters: { "@value": "printf" } });
    const plot = new Bokeh.Plotting.figure({
      height: 220, sizing_mode: "stretch_width", output_backend: "svg", x_range: epochs, y_axis_type: scale, y_axis_label: label,
      tools: [new Bokeh.PanTool(), new Bokeh.BoxZoomTool(), new Bokeh.ResetTool(), hover],
    });
    plot.y_range.only_visible = true;
    if (scale === "log") {
      plot.yaxis.ticker = new Bokeh.LogTicker({ mantissas: [1, 2, 5], num_minor_ticks: 0 });
      plot.yaxis.formatter = new Bokeh.CustomJSTickFormatter({ code: TICKS });
    }
    plot.min_border_left = 70; // the same for all, so that their epochs stand one above the other
    for (const axis of [plot.xaxis, plot.yaxis]) {
      axis.axis_label_text_font_style = "normal";
      axis.axis_label_text_font = axis.major_label_text_font = "'Source Sans 3'";
    }
    const marker = new Bokeh.Span({ dimension: "height", location: 1, line_color: "#777777", line_dash: [3, 2] });
    plot.add_layout(marker);
    const drawn = new Map(); // run → its lines, a source and a glyph for each seed
    const sourceOf = (run, seed) => {
      const value = seed[name].map((v) => (Number.isFinite(v) && (v > 0 || scale === "linear") ? v : NaN));
      return { epoch: value.map((_, i) => i + 1), value };
    };
    const linesOf = (run) =>
      run.seeds.map((seed) => {
        const source = new Bokeh.ColumnDataSource({ data: sourceOf(run, seed) });
        const called = run.seeds.length > 1 ? `${run.label}, seed ${seed.seed}` : run.label;
        return { seed, source, glyph: plot.line({ field: "epoch" }, { field: "value" }, { source, name: called, line_width: 2 }) };
      });

    return {
      plot,
      show(run, style) {
        if (style && !drawn.has(run)) drawn.set(run, linesOf(run));
        for (const { glyph } of drawn.get(run) ?? []) {
          glyph.visible = Boolean(style) && (name !== "loss" || run.loss === kinds.value);
          if (style) Object.assign(glyph.glyph, { line_color: style.color, line_dash: style.dash });
        }
      },
      turnTo(chosen) {
        name = chosen;
        for (const [run, some] of drawn) for (const { seed, source } of some) source.data = sourceOf(run, seed);
      },
      mark(epoch) {
        marker.location = epoch;
      },
    };
  }

  async function start() {
    const library = await inflated(document.getElementById("bokeh").textContent);
    document.head.append(make("script", { textContent: library }));
    const longest = Math.max(...runs.flatMap((run) => run.seeds.map((seed) => seed.loss.length)));
    const epochs = new Bokeh.Range1d({ start: 1, end: longest });
    Bokeh.logger.set_level("off");
    charts = CHARTS.map((chart) => chartOf(chart, epochs));
    charts.at(-1).plot.xaxis.axis_label = "epoch";
    const stacked = charts.map(({ plot }) => [plot]);
    const grid = Bokeh.Plotting.gridplot(stacked, { sizing_mode: "stretch_width", toolbar_location: "above", toolbar_options: { logo: null } });
    Bokeh.Plotting.show(grid, section.querySelector(".charts"));
    kinds.addEventListener("change", () => {
      for (const [run, slot] of slots) charts[0].show(run, lines[slot]);
      tellOtherLosses();
    });
    for (const select of section.querySelectorAll("select[data-chart]")) {
      select.addEventListener("change", () => charts[select.dataset.chart].turnTo(select.value));
    }
    for (const [run, slot] of slots) for (const chart of charts) chart.show(run, lines[slot]);
    tabulate();
  }

  const search = section.querySelector(".find input");
  const labels = boxes.map((box) => box.parentElement);
  search.addEventListener("input", () => showMatching(labels, search.value));
  slider.max = stops.length - 1;
  slider.value = slider.max;
  kinds.value = runs.find((run) => run.chosen)?.loss ?? kinds.value;
  readAddress();
  boxes.forEach((box, i) => {
    box.checked = runs[i].chosen;
    box.addEventListener("change", () => {
      pick(runs[i], box.checked);
      writeAddress();
    });
  });
  section.querySelector(".none").addEventListener("click", () => {
    for (const box of boxes) if (box.checked) box.click();
  });
  slider.addEventListener("input", () => {
    tabulate();
    writeAddress();
  });
  for (const run of runs) if (run.chosen) pick(run, true);
  reveal(section);
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    start();
  }, { rootMargin: "600px" }).observe(section);
}

{
  const section = document.getElementById("explorer");
  if (section) exploreRuns(section);
}
