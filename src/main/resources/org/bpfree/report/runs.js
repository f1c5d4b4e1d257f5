"use strict";
// The parts of a single run are made when a reader unfolds it.
function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

const note = (text) => element("p", { class: "note" }, text);
const percent = (value) => (value === null ? "–" : value.toFixed(1));

// Of classes: what the page calls a figure, and its title.
const CLASS_FIGURES = [["precision", "precision, %"], ["recall", "recall, %"], ["f1", "F1, %"]];
const cellsOfClass = (run, label) => CLASS_FIGURES.map(([name]) => element("td", { class: "number" }, percent(run[name][label])));

function wholeMatrix(run, classes) {
  const head = element("tr", {}, element("th", {}, "class"), ...CLASS_FIGURES.map(([, title]) => element("th", {}, title)), ...classes.map((name) => element("th", { class: "column" }, element("span", {}, name))));
  const rows = run.counts.map((counts, label) => {
    const images = Math.max(1, d3.sum(counts));
    const cells = counts.map((count, i) => element("td", { class: i === label ? "correct" : "wrong", style: `--share: ${Math.round((100 * count) / images)}%` }, String(count)));
    return element("tr", {}, element("th", {}, classes[label]), ...cellsOfClass(run, label), ...cells);
  });
  return element("table", { class: "confusion" }, element("thead", {}, head), element("tbody", {}, ...rows));
}

function mistakes(run, classes) {
  const head = element("tr", {}, ...["class", "taken for", "test images", "class correct, %"].map((title) => element("th", {}, title)));
  const rows = run.mistakes.map(([label, prediction, count]) => element("tr", {}, element("th", {}, classes[label]), element("td", {}, classes[prediction]), element("td", { class: "number" }, String(count)), element("td", { class: "number" }, percent(run.recall[label]))));
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
}

function unfold(place) {
  const run = page.runs[place.dataset.run];
  place.append(note(run.folder));
  if (run.classes !== undefined) {
    const classes = page.classes[run.classes];
    place.append(
      element("h4", {}, run.counts ? "Confusion of classes" : "Most frequent mistakes"),
      element("div", { class: "scroll" }, run.counts ? wholeMatrix(run, classes) : mistakes(run, classes)),
      note(run.counts ? "Test images by class (rows) and by the class the network took them for (columns)." : "There are too many classes for whole matrices of all runs; 'bpfree eval' shows this run's."),
    );
  } else {
    place.append(note("The confusion of classes was not recorded: the run is not finished, or of an older version. 'bpfree eval' shows it."));
  }
  if (run.missing) place.append(note(run.missing));
  if (run.samples.length > 0) {
    const samples = run.samples.map((each) => element("li", { class: each.correct ? "correct" : "wrong" }, element("img", { src: page.pictures[each.picture], alt: "" }), element("span", {}, each.caption)));
    place.append(element("h4", {}, "Sample predictions"), note("The first test images, with the class the network gives them and its share of the soft-max."), element("ul", { class: "samples" }, ...samples));
  }
  if (run.filters !== undefined) {
    place.append(element("h4", {}, "Filters of the first layer"), element("img", { class: "filters", src: page.pictures[run.filters], alt: "filters of the first layer" }), note(run.filterScale));
  }
  const settings = Object.entries(run.settings).map(([path, value]) => element("tr", {}, element("th", {}, path), element("td", {}, value)));
  if (settings.length > 0) place.append(element("h4", {}, "Settings that not all runs share"), element("div", { class: "scroll" }, element("table", {}, element("tbody", {}, ...settings))));
}

for (const place of document.querySelectorAll("details.run")) {
  place.addEventListener("toggle", () => { if (place.childElementCount === 1) unfold(place); });
}
const all = document.querySelectorAll("details.run");
if (all.length === 1) all[0].open = true;
