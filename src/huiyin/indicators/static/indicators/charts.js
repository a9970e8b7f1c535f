/* Charts over the tables that stand beside them: <figure data-chart><script type="application/json">.
   Without script, on a small phone that saves data, or where ECharts does not load, the table is all there is. */
(function () {
  "use strict";
  var echarts = window.echarts, doc = document;
  if (!echarts) { return; }
  var style = window.getComputedStyle(doc.documentElement);
  function colour(name) { return style.getPropertyValue(name).trim(); }

  function options(data, big) {
    var size = big ? 18 : 13;
    var text = { color: colour("--hy-ink-2"), fontSize: size, fontFamily: window.getComputedStyle(doc.body).fontFamily };
    var names = { type: "category", data: data.labels, axisLabel: Object.assign({ interval: 0, hideOverlap: true }, text),
      axisTick: { show: false }, axisLine: { lineStyle: { color: colour("--hy-edge") } } };
    var amounts = { type: "value", axisLabel: text, splitLine: { lineStyle: { color: colour("--hy-line") } },
      max: data.unit === "%" ? 100 : null, min: 0, minInterval: data.unit === "%" ? null : 1 };
    var sideways = !data.line;
    return {
      animation: false,
      aria: { enabled: true, decal: { show: !data.line } },
      textStyle: text,
      color: [colour("--hy-press")],
      grid: { left: 8, right: sideways ? 56 : 24, top: 16, bottom: 8, containLabel: true },
      xAxis: sideways ? amounts : names,
      yAxis: sideways ? Object.assign({ inverse: true }, names) : amounts,
      series: [{
        type: data.line ? "line" : "bar", data: data.values, name: data.title, barMaxWidth: 28, connectNulls: false,
        symbol: "circle", symbolSize: big ? 10 : 7, lineStyle: { width: big ? 4 : 2 },
        label: Object.assign({ show: true, position: data.line ? "top" : "right" }, text),
      }],
    };
  }

  function draw(figure) {
    var json = figure.querySelector("script[type='application/json']");
    var data = JSON.parse(json.textContent), big = doc.body.classList.contains("hy-screen");
    var box = doc.createElement("div");
    box.className = "hy-chart__box";
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", data.title + "，数值见旁边的表");
    if (!data.line) { box.style.height = Math.max(160, data.labels.length * (big ? 48 : 34) + 48) + "px"; }
    figure.insertBefore(box, json.nextSibling);
    var chart = echarts.init(box, null, { renderer: "svg" });
    chart.setOption(options(data, big));
    window.addEventListener("resize", function () { chart.resize(); });
    window.addEventListener("beforeprint", function () { chart.resize({ width: 640 }); });
    window.addEventListener("afterprint", function () { chart.resize({ width: "auto" }); });
  }
  Array.prototype.forEach.call(doc.querySelectorAll("[data-chart]"), draw);
})();
