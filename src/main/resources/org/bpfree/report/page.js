"use strict";
// What readers do: the legend and the filter, which rule all charts, tables and runs; sorting; charts drawn when they come into view.
const hidden = new Set();
let words = [];
const tip = document.getElementById("tip");

const matches = (text) => words.every((word) => text.toLowerCase().includes(word));
const armText = (arm, task) => page.arms[arm].label + " " + (task || page.arms[arm].tasks.join(" "));
const shown = (arm, task) => !hidden.has(arm) && matches(armText(arm, task));

for (const place of document.querySelectorAll(".swatch")) place.append(swatch(Number(place.dataset.arm)));

// Charts.
const figures = [...document.querySelectorAll("figure[data-chart]")].map((element) => ({
  element, chart: page.charts[element.dataset.chart], box: element.querySelector(".drawing"), fit: false, width: 0, seen: false,
}));
const seriesOf = (figure) => figure.chart.series.filter((each) => shown(each.arm, figure.chart.task));

function draw(figure) {
  const width = Math.round(figure.box.clientWidth);
  if (width === 0) return;
  figure.width = width;
  figure.seen = true;
  const series = seriesOf(figure);
  const height = heightOf(figure.chart, series, width, Number(figure.box.dataset.height));
  const { node, places } = drawn(figure.chart, series, width, height, figure.fit);
  figure.box.style.minHeight = height + "px";
  figure.box.replaceChildren(node);
  node.addEventListener("pointermove", (event) => point(figure, node, places, event));
  node.addEventListener("pointerleave", () => { tip.hidden = true; highlight(null); });
}

function point(figure, node, places, event) {
  const box = node.getBoundingClientRect();
  const zoom = node.viewBox.baseVal.width / box.width;
  const [x, y] = [(event.clientX - box.left) * zoom, (event.clientY - box.top) * zoom];
  const nearest = d3.least(places, (place) => (figure.chart.kind === "dots" ? Math.abs(place.y - y) : Math.hypot(place.x - x, place.y - y)));
  if (!nearest) return;
  tip.textContent = `${page.arms[nearest.arm].label}: ${nearest.text}`;
  tip.hidden = false;
  const left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
  tip.style.left = Math.max(8, left) + "px";
  tip.style.top = Math.max(8, event.clientY - tip.offsetHeight - 12) + "px";
  highlight(nearest.arm);
}

function highlight(arm) {
  document.body.classList.toggle("pointing", arm !== null);
  for (const each of document.querySelectorAll(".series.pointed")) each.classList.remove("pointed");
  if (arm !== null) for (const each of document.querySelectorAll(`.series[data-arm="${arm}"]`)) each.classList.add("pointed");
}

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const figure = figures.find((each) => each.element === entry.target);
    if (entry.isIntersecting && !figure.seen) draw(figure);
  }
}, { rootMargin: "400px" });
const resized = new ResizeObserver((entries) => {
  for (const entry of entries) {
    const figure = figures.find((each) => each.box === entry.target);
    if (figure.seen && Math.round(entry.contentRect.width) !== figure.width) draw(figure);
  }
});
for (const figure of figures) {
  watcher.observe(figure.element);
  resized.observe(figure.box);
  for (const button of figure.element.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      if (button.dataset.do === "fit") {
        figure.fit = !figure.fit;
        button.setAttribute("aria-pressed", figure.fit);
        draw(figure);
      } else {
        files[button.dataset.do](figure.chart, seriesOf(figure), figure.fit);
      }
    });
  }
}
addEventListener("beforeprint", () => figures.filter((figure) => !figure.seen).forEach(draw));

// The legend, one for all charts.
const legend = document.getElementById("legend");
const keys = page.arms.map((arm, i) => {
  const key = document.createElement("button");
  key.type = "button";
  key.append(swatch(i), arm.label + (arm.role === "" ? "" : ` (${arm.role})`));
  key.addEventListener("click", () => { if (!hidden.delete(i)) hidden.add(i); update(); });
  key.addEventListener("dblclick", () => {
    const alone = page.arms.every((_, other) => other === i || hidden.has(other)) && !hidden.has(i);
    hidden.clear();
    if (!alone) page.arms.forEach((_, other) => { if (other !== i) hidden.add(other); });
    update();
  });
  key.addEventListener("pointerenter", () => highlight(i));
  key.addEventListener("pointerleave", () => highlight(null));
  legend.append(key);
  return key;
});

function update() {
  keys.forEach((key, arm) => {
    key.setAttribute("aria-pressed", !hidden.has(arm));
    key.hidden = !page.arms[arm].drawn || !matches(armText(arm));
  });
  for (const row of document.querySelectorAll("tr[data-arm], details.run")) {
    row.hidden = hidden.has(Number(row.dataset.arm)) || !matches(row.dataset.text);
  }
  for (const figure of figures) {
    figure.element.hidden = words.length > 0 && seriesOf(figure).length === 0;
    if (figure.seen) draw(figure);
  }
  const left = page.arms.filter((_, arm) => matches(armText(arm))).length;
  document.getElementById("filtered").textContent = words.length === 0 ? "" : `${left} of ${keys.length} arms match`;
}
document.getElementById("filter").addEventListener("input", (event) => {
  words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
  update();
});
update();

// Tables.
for (const table of document.querySelectorAll("table.sortable")) {
  [...table.tHead.rows[0].cells].forEach((head, column) => head.firstElementChild.addEventListener("click", () => sort(table, head, column)));
}

function sort(table, head, column) {
  const up = head.getAttribute("aria-sort") !== "ascending" && !(head.classList.contains("number") && head.getAttribute("aria-sort") === null);
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const key = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
  const compare = (a, b) => {
    const [x, y] = [key(a), key(b)];
    const [p, q] = [parseFloat(x), parseFloat(y)];
    if (Number.isNaN(p) !== Number.isNaN(q)) return Number.isNaN(p) ? 1 : -1; // what is no number comes last either way
    const order = Number.isNaN(p) ? x.localeCompare(y) : p - q;
    return up ? order : -order;
  };
  table.tBodies[0].append(...[...table.tBodies[0].rows].sort(compare));
}

// On a phone contents would stand before what readers came for.
if (innerWidth < 900) document.querySelector(".contents").open = false;
