// Draws the cluster: nodes in columns, or in rows on narrow screens, and what flows between them.

import { databaseState, gatewayState, instanceState, millis, rate, words } from './words.js';

const svgNamespace = 'http://www.w3.org/2000/svg';
const narrow = matchMedia('(max-width: 46rem)');

const shapes = {
  up: 'M0-6A6 6 0 1 1 0 6A6 6 0 1 1 0-6Z',
  warn: 'M0-7L7 6H-7Z',
  pause: 'M-6-6H-1V6H-6ZM1-6H6V6H1Z',
  down: 'M-6-3L-3-6L0-3L3-6L6-3L3 0L6 3L3 6L0 3L-3 6L-6 3L-3 0Z',
};

function element(name, attributes = {}, text = undefined) {
  const created = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) {
    created.setAttribute(key, value);
  }
  if (text !== undefined) {
    created.textContent = text;
  }
  return created;
}

function shorten(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

// Names of pods differ at their end.
function shortenName(text, most) {
  const end = Math.floor(most / 2);
  return text.length > most ? `${text.slice(0, most - 1 - end)}…${text.slice(-end)}` : text;
}

// The columns from left to right, each with the nodes from top to bottom.
function columns(snapshot) {
  return [
    [{ id: 'clients', name: 'clients', shape: 'none', state: `${rate(total(snapshot.requests, 'rate'))} req/s`, detail: '' }],
    snapshot.gateways.map((gateway) => ({
      id: `g ${gateway.name}`, name: gateway.name, ...named(gatewayState(gateway)),
      detail: gateway.self ? 'this one' : '',
    })),
    snapshot.instances.map((instance) => ({
      id: `w ${instance.balancing.id}`, name: instance.balancing.id, ...named(instanceState(instance)),
      detail: `weight ${instance.balancing.weight} · ${instance.inFlight} in flight`,
    })),
    snapshot.databases.map((database) => ({
      id: `d ${database.name}`, name: database.name, ...named(databaseState(database)), detail: '', database: true,
    })),
  ];
}

const named = ({ shape, text }) => ({ shape, state: text });

const total = (flows, kind) => flows.reduce((sum, flow) => sum + flow[kind], 0);

function edges(snapshot) {
  const all = [];
  for (const gateway of snapshot.gateways) {
    all.push({ from: 'clients', to: `g ${gateway.name}`, value: gateway.rate, label: `${rate(gateway.rate)}/s`, off: !gateway.up });
  }
  for (const flow of snapshot.requests) {
    const errors = flow.errors > 0 ? `, ${rate(flow.errors)} failed` : '';
    all.push({ from: `g ${flow.from}`, to: `w ${flow.to}`, value: flow.rate, label: `${rate(flow.rate)}/s${errors}`, bad: flow.errors > 0 });
  }
  for (const use of snapshot.uses) {
    const parts = [];
    if (use.reads > 0) {
      parts.push(`${rate(use.reads)} r/s`);
    }
    if (use.writes > 0) {
      parts.push(`${rate(use.writes)} w/s`);
    }
    all.push({ from: `w ${use.from}`, to: `d ${use.to}`, value: use.reads + use.writes, label: parts.join(' · ') });
  }
  const primary = snapshot.databases.find(({ state }) => state === 'primary');
  for (const replica of snapshot.databases.filter(({ state }) => state === 'replica' || state === 'lagging')) {
    if (primary) {
      const lag = replica.lagMillis ?? null;
      all.push({
        from: `d ${primary.name}`, to: `d ${replica.name}`, replication: true, value: 1,
        label: lag === null ? 'replicates' : `lag ${millis(lag)}`,
      });
    }
  }
  return all;
}

// Where each node is.
function place(all) {
  const places = new Map();
  const tall = Math.max(...all.map((column) => column.length));
  if (narrow.matches) {
    const width = 350;
    const present = all.filter((column) => column.length > 0);
    present.forEach((row, y) => row.forEach((node, x) => {
      const space = width / row.length;
      const w = Math.min(150, space - 12);
      places.set(node.id, { x: space * (x + 0.5), y: 42 + y * 150, w, h: 70 });
    }));
    return { places, width, height: 42 + (present.length - 1) * 150 + 88 };
  }
  const height = Math.max(tall * 145, 160);
  const widths = [100, 150, 170, 150];
  const centres = [60, 315, 610, 915];
  all.forEach((column, x) => column.forEach((node, y) => {
    const space = height / column.length;
    places.set(node.id, { x: centres[x], y: space * (y + 0.5), w: widths[x], h: 76 });
  }));
  return { places, width: 1000, height };
}

// A curve from one node to another, and where on it its label stands.
function route(from, to, edge) {
  if (narrow.matches) {
    if (edge.replication) {
      const y = from.y + from.h / 2;
      return { d: `M${from.x} ${y}C${from.x} ${y + 34} ${to.x} ${y + 34} ${to.x} ${y}`, x: (from.x + to.x) / 2, y: y + 40 };
    }
    const [y1, y2] = [from.y + from.h / 2, to.y - to.h / 2];
    const straight = Math.abs(from.x - to.x) < 30;
    const t = edge.from === 'clients' ? 0.6 : straight ? 0.74 : 0.24;
    const middle = (y1 + y2) / 2;
    return {
      d: `M${from.x} ${y1}C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${y2}`,
      ...bezier(t, [from.x, y1], [from.x, middle], [to.x, middle], [to.x, y2]),
    };
  }
  if (edge.replication) {
    const [y1, y2] = from.y < to.y ? [from.y + from.h / 2, to.y - to.h / 2] : [from.y - from.h / 2, to.y + to.h / 2];
    return { d: `M${from.x} ${y1}L${to.x} ${y2}`, x: from.x, y: (y1 + y2) / 2 + 4 };
  }
  const [x1, x2] = [from.x + from.w / 2, to.x - to.w / 2];
  const middle = (x1 + x2) / 2;
  const t = edge.from === 'clients' ? 0.62 : Math.abs(from.y - to.y) < 30 ? 0.5 : 0.27;
  const at = bezier(t, [x1, from.y], [middle, from.y], [middle, to.y], [x2, to.y]);
  return { d: `M${x1} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${x2} ${to.y}`, x: at.x, y: at.y - 7 };
}

function bezier(t, a, b, c, d) {
  const at = (i) => (1 - t) ** 3 * a[i] + 3 * (1 - t) ** 2 * t * b[i] + 3 * (1 - t) * t ** 2 * c[i] + t ** 3 * d[i];
  return { x: at(0), y: at(1) };
}

export function createPicture(parent) {
  let latest;

  function draw() {
    const all = columns(latest);
    const { places, width, height } = place(all);
    const svg = element('svg', { viewBox: `0 0 ${width} ${height}`, class: 'cluster', role: 'img', 'aria-labelledby': 'picture-title summary' });
    const lines = element('g');
    const labels = element('g');
    for (const edge of edges(latest)) {
      const [from, to] = [places.get(edge.from), places.get(edge.to)];
      if (!from || !to) {
        continue;
      }
      const way = route(from, to, edge);
      const kind = edge.replication ? 'replication' : edge.value > 0 ? 'flowing' : 'idle';
      const line = element('path', { d: way.d, class: `edge ${kind}${edge.bad ? ' bad' : ''}` });
      line.setAttribute('stroke-width', edge.replication ? 1.5 : Math.min(5, 1.2 + Math.log10(1 + edge.value)));
      lines.append(line);
      if (edge.value > 0 && edge.label) {
        labels.append(element('text', { x: way.x, y: way.y, class: `rate${edge.bad ? ' bad' : ''}`, 'data-edge': `${edge.from} > ${edge.to}` }, edge.label));
      }
    }
    svg.append(lines);
    for (const node of all.flat()) {
      svg.append(drawNode(node, places.get(node.id)));
    }
    svg.append(labels);
    parent.replaceChildren(svg);
  }

  function drawNode(node, { x, y, w, h }) {
    const group = element('g', { class: `node ${node.shape}`, transform: `translate(${x} ${y})`, 'data-node': node.name, 'data-state': node.state });
    if (node.database) {
      const [half, top] = [w / 2, h / 2];
      group.append(element('path', { class: 'box', d: `M${-half} ${-top + 8}V${top - 8}A${half} 8 0 0 0 ${half} ${top - 8}V${-top + 8}A${half} 8 0 0 0 ${-half} ${-top + 8}Z` }),
        element('path', { class: 'lid', d: `M${-half} ${-top + 8}A${half} 8 0 0 0 ${half} ${-top + 8}A${half} 8 0 0 0 ${-half} ${-top + 8}Z` }));
    } else {
      group.append(element('rect', { class: 'box', x: -w / 2, y: -h / 2, width: w, height: h, rx: 12 }));
    }
    const lower = node.database ? 6 : 0;
    const offset = node.detail ? -14 : -4;
    const most = Math.floor(w / 8.6);
    group.append(element('text', { class: 'name', y: offset + lower }, shortenName(node.name, most)));
    const state = element('text', { class: 'state', y: offset + 19 + lower }, shorten(node.state, most - (node.shape === 'none' ? 0 : 2)));
    if (node.shape !== 'none') {
      state.setAttribute('x', 9);
      const length = Math.min(node.state.length, most - 2) * 7.2;
      group.append(element('path', { class: 'shape', d: shapes[node.shape], transform: `translate(${-length / 2 - 3} ${offset + 14.5 + lower})` }));
    }
    group.append(state);
    if (node.detail) {
      group.append(element('text', { class: 'detail', y: offset + 37 + lower }, shorten(node.detail, Math.floor(w / 6.2))));
    }
    return group;
  }

  function table() {
    const rows = words(latest).map(({ name, kind, state, now }) => {
      const row = document.createElement('tr');
      const head = document.createElement('th');
      head.scope = 'row';
      head.textContent = name;
      row.append(head, ...[kind, state, now].map((text) => {
        const cell = document.createElement('td');
        cell.textContent = text;
        return cell;
      }));
      return row;
    });
    document.getElementById('nodes').replaceChildren(...rows);
  }

  function summary() {
    const all = words(latest);
    const bad = all.filter(({ shape }) => shape !== 'up');
    const text = bad.length === 0 ? `All ${all.length} nodes are well.` : bad.map(({ name, state }) => `${name}: ${state}`).join(' · ');
    const semiSync = latest.semiSync === false ? ' Commits do not wait for a replica.' : '';
    const paragraph = document.getElementById('summary');
    if (paragraph.textContent !== text + semiSync) {
      paragraph.textContent = text + semiSync;
      paragraph.classList.toggle('bad', bad.length > 0 || latest.semiSync === false);
    }
  }

  narrow.addEventListener('change', () => latest && draw());

  return {
    show(snapshot) {
      latest = snapshot;
      draw();
      summary();
      if (document.querySelector('.in-words').open) {
        table();
      }
    },
  };
}

