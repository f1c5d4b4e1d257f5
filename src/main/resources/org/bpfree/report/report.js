"use strict";
// Colours that stay apart for most kinds of colour blindness (Okabe and Ito 2008), without yellow and black.
const colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#8c6bb1", "#7f7f7f"];
const data = JSON.parse(document.getElementById("charts").textContent);

function look(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function settings(chart) {
  const axis = (title) => ({
    type: "linear",
    title: { display: title !== "", text: title, color: look("--faint") },
    ticks: { color: look("--faint") },
    grid: { color: look("--line") },
  });
  return {
    type: "line",
    data: {
      datasets: chart.curves.map((curve) => ({
        label: curve.label,
        data: curve.points.map(([x, y]) => ({ x: x, y: y })),
        borderColor: colours[curve.colour % colours.length],
        backgroundColor: colours[curve.colour % colours.length],
        borderDash: curve.dashed ? [5, 4] : [],
        borderWidth: 1.75,
        pointRadius: curve.points.length > 30 ? 0 : 2.5,
        spanGaps: false,
      })),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      interaction: { mode: "nearest", intersect: false },
      scales: { x: { ...axis("epoch"), min: 0 }, y: { ...axis(""), beginAtZero: chart.unit === "degrees" } },
      plugins: {
        legend: {
          display: chart.curves.length > 1 && chart.curves.length <= 16,
          position: "bottom",
          labels: {
            color: look("--text"),
            boxWidth: 18,
            boxHeight: 1,
            filter: (item) => !chart.curves[item.datasetIndex].dashed,
          },
        },
      },
    },
  };
}

const canvases = [...document.querySelectorAll("figure canvas")];
let drawn = [];

function draw() {
  drawn.forEach((chart) => chart.destroy());
  drawn = canvases.map((canvas, i) => new Chart(canvas, settings(data[i])));
}

draw();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
// Charts keep the colours they were drawn with, so they are drawn again on and off paper.
matchMedia("print").addEventListener("change", draw);
