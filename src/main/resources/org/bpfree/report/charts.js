"use strict";
// Draws the charts as SVG: D3 has the scales, ticks and shapes, this file has what the page shows of them.
const page = JSON.parse(document.getElementById("data").textContent);
const SYMBOLS = [d3.symbolCircle, d3.symbolSquare, d3.symbolTriangle, d3.symbolDiamond, d3.symbolCross, d3.symbolStar, d3.symbolWye];
const DASHES = ["", "7 3", "2 3", "9 3 2 3"];
const COLOURS = 7;
const NARROW = 480;

// Colour, dash and marker of each arm: no two arms share all three up to 28, and neighbours differ in colour and marker, so that
// neither colours nor paper without them are needed. The reference is black (white on dark ground), the control grey.
let next = 0;
const looks = page.arms.map((arm) => {
  if (arm.role !== "") {
    return { colour: arm.role === "reference" ? "var(--text)" : "var(--faint)", dash: arm.role === "reference" ? "" : "4 4", symbol: SYMBOLS[0], width: 2.5 };
  }
  const i = next++;
  const turn = Math.floor(i / COLOURS);
  return { colour: `var(--c${i % COLOURS})`, dash: DASHES[turn % DASHES.length], symbol: SYMBOLS[(i + turn) % SYMBOLS.length], width: 1.8 };
});

const symbol = (arm, size) => d3.symbol(looks[arm].symbol, size)();
const number = d3.format(",.4~r");
const tick = (value) => (Math.abs(value) >= 1e4 ? d3.format("~s")(value) : d3.format(",.4~r")(value));

function swatch(arm) {
  const svg = d3.create("svg").attr("width", 30).attr("height", 14).attr("aria-hidden", "true");
  svg.append("line").attr("x1", 1).attr("x2", 29).attr("y1", 7).attr("y2", 7).call(stroke, arm);
  svg.append("path").attr("d", symbol(arm, 50)).attr("transform", "translate(15,7)").style("fill", looks[arm].colour);
  return svg.node();
}

function stroke(selection, arm) {
  selection.style("stroke", looks[arm].colour).style("stroke-width", looks[arm].width).style("stroke-dasharray", looks[arm].dash || null).style("fill", "none");
}

// Where an axis begins and ends: at the ends the page gives, or, zoomed or without them, where the numbers do.
function ends(axis, values, fit) {
  const low = !fit && axis.min !== null ? axis.min : d3.min(values);
  const high = !fit && axis.max !== null ? axis.max : d3.max(values);
  if (low === undefined) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

const isAngle = (axis) => axis.title === "degrees";

function scaleOf(axis, values, fit, range, count) {
  if (axis.categories) {
    const end = Math.max(axis.categories.length - 1, 1);
    return d3.scaleLinear([0, end], range);
  }
  const scale = (axis.scale === "log" ? d3.scaleLog() : d3.scaleLinear()).domain(ends(axis, values, fit)).range(range);
  return axis.scale === "whole" || isAngle(axis) ? scale : scale.nice(count);
}

function ticksOf(axis, scale, count) {
  if (axis.categories) return axis.categories.map((_, i) => i);
  const [low, high] = scale.domain();
  if (axis.scale === "log") {
    const exponents = d3.range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)) + 1);
    const of = (digits) => exponents.flatMap((e) => digits.map((digit) => digit * 10 ** e)).filter((value) => value >= low * 0.999 && value <= high * 1.001);
    return [[1, 2, 5], [1, 3], [1]].map(of).find((values) => values.length <= count + 2) ?? of([1]);
  }
  const unit = isAngle(axis) && high - low >= 60 ? d3.range(0, high + 1, 30) : scale.ticks(count);
  return axis.scale === "whole" ? unit.filter(Number.isInteger) : unit;
}

function grid(svg, place, scale, ticks, axis, across) {
  const flat = across === "x";
  const group = svg.append("g").attr("class", "axis");
  const named = axis.categories !== null && axis.categories !== undefined;
  const room = flat && named ? (place.right - place.left) / Math.max(1, ticks.length) : Infinity;
  const longest = named ? d3.max(axis.categories, (text) => text.length) * 6.4 : 0;
  const slanted = longest > room;
  for (const value of ticks) {
    const at = scale(value);
    group.append("line").attr("class", "grid")
      .attr("x1", flat ? at : place.left).attr("x2", flat ? at : place.right)
      .attr("y1", flat ? place.top : at).attr("y2", flat ? place.bottom : at);
    const label = group.append("text").text(named ? axis.categories[value] : tick(value));
    if (!flat) label.attr("x", place.left - 6).attr("y", at).attr("dy", "0.32em").attr("text-anchor", "end");
    else if (slanted) label.attr("transform", `translate(${at + 4},${place.bottom + 12}) rotate(-40)`).attr("text-anchor", "end");
    else label.attr("x", at).attr("y", place.bottom + 16).attr("text-anchor", "middle");
  }
  if (flat) group.append("text").attr("class", "title").attr("x", (place.left + place.right) / 2).attr("y", place.end - 6).attr("text-anchor", "middle").text(axis.title);
  else group.append("text").attr("class", "title").attr("x", 2).attr("y", 12).text(axis.title);
}

function marksOf(svg, chart, scale, place, upright) {
  for (const mark of chart.marks) {
    const at = scale(mark.at);
    if (at < (upright ? place.left : place.top) - 1 || at > (upright ? place.right : place.bottom) + 1) continue;
    const line = svg.append("line").attr("class", "mark " + mark.look);
    if (upright) line.attr("x1", at).attr("x2", at).attr("y1", place.top).attr("y2", place.bottom);
    else line.attr("x1", place.left).attr("x2", place.right).attr("y1", at).attr("y2", at);
    line.append("title").text(`${mark.title}: ${number(mark.at)}`);
  }
}

// Names of the lines above a chart with dots, in as many rows as they need so as not to touch.
function markNames(svg, chart, scale, place) {
  const rows = [];
  for (const mark of [...chart.marks].sort((a, b) => a.at - b.at)) {
    const text = `${mark.title} ${number(mark.at)}`;
    const width = text.length * 6.2;
    const at = scale(mark.at);
    if (at < place.left - 1 || at > place.right + 1) continue;
    const left = Math.max(place.left, Math.min(at - width / 2, place.right - width));
    let row = rows.findIndex((end) => end + 8 < left);
    if (row < 0) row = rows.push(0) - 1;
    rows[row] = left + width;
    svg.append("text").attr("class", "name " + mark.look).attr("x", left).attr("y", place.top - 6 - 14 * row).text(text);
  }
}

const drawings = {
  lines(svg, chart, series, width, height, fit) {
    const named = chart.x.categories;
    const longest = named ? d3.max(named, (text) => text.length) * 6.4 : 0;
    const crowded = named && longest > (width - 66) / named.length;
    const place = { left: 48, right: width - 20, top: 24, bottom: height - (crowded ? Math.min(110, 34 + longest * 0.66) : 40), end: height };
    const pad = named ? Math.min(24, width / 12) : 0;
    const xs = series.flatMap((each) => each.points.map((point) => point[0]));
    const ys = series.flatMap((each) => each.points.flatMap((point) => [point[1], point[2], point[3]]).filter((value) => value !== null && value !== undefined));
    const x = scaleOf(chart.x, xs, fit, [place.left + pad, place.right - pad], width < NARROW ? 4 : 8);
    const y = scaleOf(chart.y, ys, fit, [place.bottom, place.top], 5);
    grid(svg, place, x, ticksOf(chart.x, x, width < NARROW ? 4 : 8), chart.x, "x");
    grid(svg, place, y, ticksOf(chart.y, y, 5), chart.y, "y");
    marksOf(svg, chart, y, place, false);
    const clip = "clip" + Math.random().toString(36).slice(2);
    svg.append("clipPath").attr("id", clip).append("rect").attr("x", place.left - 10).attr("y", place.top - 10)
      .attr("width", place.right - place.left + 20).attr("height", place.bottom - place.top + 20);
    const ink = svg.append("g").attr("clip-path", `url(#${clip})`);
    const isThere = (point) => point[1] !== null;
    const area = d3.area((point) => x(point[0]), (point) => y(point[2]), (point) => y(point[3])).defined((point) => isThere(point) && point.length > 3 && point[2] !== null && point[3] !== null);
    const line = d3.line((point) => x(point[0]), (point) => y(point[1])).defined(isThere);
    for (const each of series) {
      const group = ink.append("g").attr("class", "series").attr("data-arm", each.arm);
      group.append("path").attr("class", "band").attr("d", area(each.points)).style("fill", looks[each.arm].colour);
      group.append("path").attr("d", line(each.points)).call(stroke, each.arm);
      // Markers tell lines apart without colours: all of few points, else some, at other places for each arm.
      const every = each.points.length <= 12 ? 1 : Math.ceil(each.points.length / 6);
      group.selectAll("path.point").data(each.points.filter((point, i) => isThere(point) && (i + each.arm) % every === 0))
        .join("path").attr("class", "point").attr("d", symbol(each.arm, 34)).style("fill", looks[each.arm].colour)
        .attr("transform", (point) => `translate(${x(point[0])},${y(point[1])})`);
      const ring = each.points.find((point) => point[0] === each.ring && isThere(point));
      if (ring) group.append("circle").attr("class", "ring").attr("cx", x(ring[0])).attr("cy", y(ring[1])).attr("r", 8).style("stroke", looks[each.arm].colour);
    }
    return series.flatMap((each) => each.points.filter(isThere).map((point) => ({
      arm: each.arm, x: x(point[0]), y: y(point[1]),
      text: `${named ? named[point[0]] : chart.x.title + " " + number(point[0])}: ${number(point[1])}` +
        (point.length > 3 ? ` (${number(point[2])} to ${number(point[3])}, ${point[4]} seeds)` : ""),
    })));
  },

  dots(svg, chart, series, width, height, fit) {
    const labels = above(series, width) ? 0 : labelWidth(series);
    const names = 14 * Math.max(1, chart.marks.length);
    const place = { left: labels + 8, right: width - 18, top: 8 + names, bottom: height - 38, end: height };
    const values = series.flatMap((each) => each.points[0].slice(0, 3)).filter((value) => value !== null);
    const x = scaleOf(chart.x, values, fit, [place.left, place.right], width < NARROW ? 5 : 8);
    const y = d3.scalePoint(series.map((each) => each.arm), [place.top, place.bottom]).padding(0.6);
    grid(svg, place, x, ticksOf(chart.x, x, width < NARROW ? 5 : 8), chart.x, "x");
    marksOf(svg, chart, x, place, true);
    markNames(svg, chart, x, place);
    for (const each of series) {
      const [mean, low, high] = each.points[0];
      const at = y(each.arm);
      const group = svg.append("g").attr("class", "series").attr("data-arm", each.arm);
      if (labels) group.append("text").attr("class", "label").attr("x", labels).attr("y", at).attr("dy", "0.32em").attr("text-anchor", "end").text(page.arms[each.arm].label);
      else group.append("text").attr("class", "label").attr("x", place.left).attr("y", at - 7).text(`${page.arms[each.arm].label}  ${number(mean)}`);
      if (low !== null) group.append("line").attr("x1", Math.max(place.left, x(low))).attr("x2", Math.min(place.right, x(high))).attr("y1", at).attr("y2", at).style("stroke", looks[each.arm].colour).style("stroke-width", 2.5);
      if (low !== null) for (const end of [low, high]) if (x(end) >= place.left && x(end) <= place.right) group.append("line").attr("x1", x(end)).attr("x2", x(end)).attr("y1", at - 4).attr("y2", at + 4).style("stroke", looks[each.arm].colour).style("stroke-width", 1.5);
      group.append("path").attr("class", "point").attr("d", symbol(each.arm, 70)).attr("transform", `translate(${x(mean)},${at})`).style("fill", looks[each.arm].colour);
    }
    return series.map((each) => {
      const [mean, low, high, seeds] = each.points[0];
      return { arm: each.arm, x: x(mean), y: y(each.arm), text: number(mean) + (low === null ? "" : ` [${number(low)}, ${number(high)}]`) + `, ${seeds} ${seeds === 1 ? "seed" : "seeds"}` };
    });
  },
};

const labelWidth = (series) => 12 + 6.8 * d3.max(series, (each) => page.arms[each.arm].label.length);
// Labels that would take too much of a row of dots stand above them, whole: what tells arms apart may be their end.
const above = (series, width) => width < NARROW || labelWidth(series) > width * 0.36;

function heightOf(chart, series, width, given) {
  if (chart.kind !== "dots" || series.length === 0) return given;
  return 54 + 14 * Math.max(1, chart.marks.length) + series.length * (above(series, width) ? 34 : 24);
}

// The chart as an SVG element, and the places a pointer may ask about.
function drawn(chart, series, width, height, fit) {
  const svg = d3.create("svg").attr("xmlns", "http://www.w3.org/2000/svg").attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height);
  svg.attr("role", "img").attr("aria-label", chart.title);
  const places = series.length === 0 ? [] : drawings[chart.kind](svg, chart, series, width, height, fit);
  if (series.length === 0) svg.append("text").attr("class", "title").attr("x", width / 2).attr("y", height / 2).attr("text-anchor", "middle").text("no arm is switched on");
  return { node: svg.node(), places };
}
