"use strict";
// Charts as files: numbers as CSV, pictures as SVG and PNG on light ground, with title and legend inside.
const PICTURE_WIDTH = 760;
const LEGEND_ROW = 20;
// What of the page's style a picture needs; groups have none of their own.
const SHAPE = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray"];
const TEXT = ["fill", "stroke", "stroke-width", "paint-order", "font-size", "font-family", "font-weight"];

function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function fileName(chart, ending) {
  return [chart.title, chart.task].filter(Boolean).join(" ").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") + "." + ending;
}

function csv(chart, series) {
  const quoted = (text) => (/[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
  const rows = [chart.kind === "dots" ? ["arm", chart.x.title, "interval low", "interval high", "seeds"] : ["arm", chart.x.title, chart.y.title, "lowest seed", "highest seed", "seeds"]];
  for (const each of series) {
    for (const point of each.points) {
      const cells = point.map((value, i) => (value === null ? "" : i === 0 && chart.x.categories && chart.kind === "lines" ? chart.x.categories[value] : String(value)));
      rows.push([page.arms[each.arm].label, ...cells]);
    }
  }
  return rows.map((row) => row.map(quoted).join(",")).join("\n") + "\n";
}

// A picture that stands alone: what the page's style gives its parts is written into them.
function picture(chart, series, fit) {
  const bare = heightOf(chart, series, PICTURE_WIDTH, 380);
  const { node } = drawn(chart, series, PICTURE_WIDTH, bare, fit);
  const top = 34;
  const columns = Math.max(1, Math.floor(PICTURE_WIDTH / (60 + 7 * d3.max(series, (each) => page.arms[each.arm].label.length))));
  const named = chart.kind === "dots" ? [] : series;
  const height = top + bare + Math.ceil(named.length / columns) * LEGEND_ROW + 8;
  const body = d3.create("svg:g").attr("transform", `translate(0,${top})`);
  while (node.firstChild) body.append(() => node.firstChild);
  const svg = d3.select(node).attr("viewBox", `0 0 ${PICTURE_WIDTH} ${height}`).attr("height", height);
  svg.append("rect").attr("width", PICTURE_WIDTH).attr("height", height).style("fill", "#ffffff");
  svg.append("text").attr("class", "heading").attr("x", 8).attr("y", 22).text([chart.title, chart.task].filter(Boolean).join(": "));
  svg.append(() => body.node());
  named.forEach((each, i) => {
    const at = svg.append("g").attr("transform", `translate(${8 + (i % columns) * (PICTURE_WIDTH / columns)},${top + bare + 4 + Math.floor(i / columns) * LEGEND_ROW})`);
    at.append(() => swatch(each.arm));
    at.append("text").attr("class", "label").attr("x", 36).attr("y", 11).text(page.arms[each.arm].label);
  });
  const stage = document.createElement("div");
  stage.className = "stage";
  stage.append(node);
  document.body.append(stage);
  document.documentElement.dataset.theme = "light";
  for (const part of node.querySelectorAll("*")) {
    const style = getComputedStyle(part);
    const names = part.tagName === "g" ? [] : part.tagName === "text" ? TEXT : SHAPE;
    for (const name of names) part.setAttribute(name, style.getPropertyValue(name));
    part.removeAttribute("style");
    part.removeAttribute("class");
  }
  delete document.documentElement.dataset.theme;
  stage.remove();
  return new XMLSerializer().serializeToString(node);
}

function asPng(svg, done) {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = image.width * 2;
    canvas.height = image.height * 2;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(done, "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
}

const files = {
  csv: (chart, series) => save(fileName(chart, "csv"), new Blob([csv(chart, series)], { type: "text/csv" })),
  svg: (chart, series, fit) => save(fileName(chart, "svg"), new Blob([picture(chart, series, fit)], { type: "image/svg+xml" })),
  png: (chart, series, fit) => asPng(picture(chart, series, fit), (blob) => save(fileName(chart, "png"), blob)),
};
