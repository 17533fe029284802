// Four small series over the last five minutes.

import uPlot from './lib/uPlot.esm.js';
import { decimals, rate } from './words.js';

const most = 300;
const height = 132;
const dark = matchMedia('(prefers-color-scheme: dark)');

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const kinds = [
  { id: 'requests', unit: '/s', lines: [{ key: 'requests', label: 'requests/s', color: '--accent', fill: true }], now: { requests: (point) => `${rate(point.requests)}/s` } },
  {
    id: 'latency', unit: ' ms',
    lines: [{ key: 'p50', label: 'p50', color: '--accent' }, { key: 'p99', label: 'p99', color: '--second', dash: [5, 3] }],
    now: { p50: (point) => decimals(point.p50), p99: (point) => decimals(point.p99) },
  },
  { id: 'errors', unit: '/s', lines: [{ key: 'errors', label: 'errors/s', color: '--error', fill: true }], now: { errors: (point) => `${rate(point.errors)}/s` } },
  { id: 'lag', unit: ' ms', lines: [{ key: 'lag', label: 'lag', color: '--second', fill: true }], now: { lag: (point) => decimals(point.lag) } },
];

function options({ id, unit, lines }, width) {
  const axis = { stroke: color('--soft'), grid: { stroke: color('--line'), width: 1 }, ticks: { show: false }, font: '11px system-ui, sans-serif' };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false } },
    padding: [8, 22, 0, 0],
    scales: { x: { time: true }, y: { range: (plot, low, high) => [0, Math.max(id === 'latency' || id === 'lag' ? 5 : 1, (high ?? 0) * 1.15)] } },
    axes: [
      { ...axis, space: 70, size: 24, values: (plot, times) => times.map((time) => new Date(time * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })) },
      { ...axis, space: 34, size: 52, values: (plot, values) => values.map((value) => `${value}${unit}`) },
    ],
    series: [{}, ...lines.map((line) => ({
      label: line.label,
      stroke: color(line.color),
      width: 1.75,
      dash: line.dash,
      fill: line.fill ? `${color(line.color)}22` : undefined,
      points: { show: false },
      spanGaps: false,
    }))],
  };
}

export function createCharts() {
  let points = [];
  let charts = [];

  const data = ({ lines }) => [points.map(({ time }) => time), ...lines.map(({ key }) => points.map((point) => point[key] ?? null))];

  function build() {
    charts.forEach(({ plot }) => plot.destroy());
    charts = kinds.map((kind) => {
      const parent = document.getElementById(`chart-${kind.id}`);
      return { kind, parent, plot: new uPlot(options(kind, Math.max(200, parent.clientWidth)), data(kind), parent) };
    });
  }

  function refresh() {
    charts.forEach(({ kind, plot }) => plot.setData(data(kind)));
    const last = points.at(-1);
    if (last) {
      kinds.flatMap(({ now }) => Object.entries(now)).forEach(([id, text]) => { document.getElementById(`now-${id}`).textContent = text(last); });
    }
  }

  new ResizeObserver(() => charts.forEach(({ parent, plot }) => {
    const width = Math.max(200, parent.clientWidth);
    if (width !== plot.width) {
      plot.setSize({ width, height });
    }
  })).observe(document.querySelector('.charts'));
  dark.addEventListener('change', build);
  build();

  return {
    fill(history) {
      points = history.slice(-most);
      refresh();
    },
    add(point) {
      if (!point || (points.length > 0 && point.time <= points.at(-1).time)) {
        return;
      }
      points.push(point);
      if (points.length > most) {
        points.shift();
      }
      refresh();
    },
  };
}
