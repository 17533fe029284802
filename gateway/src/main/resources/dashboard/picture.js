// Draws the cluster in the pixels of the screen: nodes in columns, or in rows where those leave no room, and what flows
// between them.

import { databaseState, gatewayState, instanceState, millis, rate, words } from './words.js';

const svgNamespace = 'http://www.w3.org/2000/svg';

// Narrower columns would leave no room for the labels between them.
const columnsFrom = 900;

const rowGap = 100;

// Widths of characters, rather too large: what does not fit is wrapped.
const sizes = { name: 9.1, state: 8, detail: 7.1, rate: 7.9 };

const lineHeight = 17;

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

const shorten = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function wrap(text, most) {
  const lines = [];
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && longer.length <= most) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }
  return lines.slice(0, 3).map((line) => shorten(line, most));
}

// All in one line, or each in its own.
function join(parts, most) {
  const whole = parts.join(' · ');
  return whole.length > most ? parts.map((part) => shorten(part, most)) : [whole];
}

// Names of pods differ at their end.
function shortenName(text, most) {
  const end = Math.floor(most / 2);
  return text.length > most ? `${text.slice(0, most - 1 - end)}…${text.slice(-end)}` : text;
}

// The columns from left to right, each with the nodes from top to bottom.
function columns(snapshot) {
  return [
    [{ id: 'clients', name: 'clients', shape: 'none', state: `${rate(total(snapshot.gateways, 'rate'))} req/s`, detail: [] }],
    snapshot.gateways.map((gateway) => ({
      id: `g ${gateway.name}`, name: gateway.name, ...named(gatewayState(gateway)),
      detail: gateway.self ? ['this one'] : [],
    })),
    snapshot.instances.map((instance) => ({
      id: `w ${instance.balancing.id}`, name: instance.balancing.id, ...named(instanceState(instance)),
      detail: [`weight ${instance.balancing.weight}`, `${instance.inFlight} in flight`],
    })),
    snapshot.databases.map((database) => ({
      id: `d ${database.name}`, name: database.name, ...named(databaseState(database)), detail: [], database: true,
    })),
  ];
}

const named = ({ shape, text }) => ({ shape, state: text });

const total = (flows, kind) => flows.reduce((sum, flow) => sum + flow[kind], 0);

function edges(snapshot) {
  const all = [];
  for (const gateway of snapshot.gateways) {
    all.push({ from: 'clients', to: `g ${gateway.name}`, value: gateway.rate, label: [`${rate(gateway.rate)}/s`] });
  }
  for (const flow of snapshot.requests) {
    const label = [`${rate(flow.rate)}/s`, ...(flow.errors > 0 ? [`${rate(flow.errors)} failed`] : [])];
    all.push({ from: `g ${flow.from}`, to: `w ${flow.to}`, value: flow.rate, label, bad: flow.errors > 0 });
  }
  for (const use of snapshot.uses) {
    const parts = [];
    if (use.reads > 0) {
      parts.push(`${rate(use.reads)} r/s`);
    }
    if (use.writes > 0) {
      parts.push(`${rate(use.writes)} w/s`);
    }
    all.push({ from: `w ${use.from}`, to: `d ${use.to}`, value: use.reads + use.writes, label: parts });
  }
  const primary = snapshot.databases.find(({ state }) => state === 'primary');
  for (const replica of snapshot.databases.filter(({ state }) => state === 'replica' || state === 'lagging')) {
    if (primary) {
      const lag = replica.lagMillis ?? null;
      all.push({
        from: `d ${primary.name}`, to: `d ${replica.name}`, replication: true, value: 1,
        label: [lag === null ? 'replicates' : `lag ${millis(lag)}`],
      });
    }
  }
  return all;
}

// Where each node is, and how large all are.
function place(all, width) {
  const places = new Map();
  const databases = all.at(-1).length;
  const tallest = (widthOf) => Math.max(76, ...all.flatMap((nodes, i) => nodes.map((node) => 26 + lineHeight * lines(node, widthOf(nodes, i)).length)));
  if (width < columnsFrom) {
    const rows = all.filter((nodes) => nodes.length > 0);
    const widthOf = (nodes) => Math.min(150, width / nodes.length - 12);
    const h = tallest(widthOf);
    rows.forEach((nodes, y) => nodes.forEach((node, x) => {
      places.set(node.id, { x: width / nodes.length * (x + 0.5), y: h / 2 + 2 + y * (h + rowGap), w: widthOf(nodes), h, at: x });
    }));
    const below = databases > 1 ? depth(databases - 1) + 14 : 4;
    return { places, width, height: rows.length * (h + rowGap) - rowGap + below, rows: true, room: Math.max(90, width / Math.max(...rows.map(({ length }) => length)) - 20) };
  }
  const widths = [84, 130, 160, 124];
  // Replication that passes by a node goes beside the column.
  const lane = databases > 2 ? 96 : 4;
  const gap = (width - lane - widths.reduce((sum, w) => sum + w, 4)) / 3;
  const h = tallest((nodes, i) => widths[i]);
  const height = Math.max(...all.map(({ length }) => length)) * (h + 70);
  let left = 4;
  all.forEach((nodes, x) => {
    nodes.forEach((node, y) => places.set(node.id, { x: left + widths[x] / 2, y: height / nodes.length * (y + 0.5), w: widths[x], h, at: y }));
    left += widths[x] + gap;
  });
  return { places, width, height, rows: false, room: gap - 8 };
}

// How far below its row replication goes that passes so many nodes.
const depth = (distance) => 0.75 * (42 * distance - 8);

// A curve from one node to another, and where on it its label stands.
function route(from, to, edge, rows) {
  if (edge.replication) {
    return replication(from, to, Math.abs(from.at - to.at), rows);
  }
  if (rows) {
    const [y1, y2] = [from.y + from.h / 2, to.y - to.h / 2];
    const middle = (y1 + y2) / 2;
    const t = edge.from === 'clients' ? 0.6 : Math.abs(from.x - to.x) < 30 ? 0.74 : 0.24;
    return {
      d: `M${from.x} ${y1}C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${y2}`,
      ...bezier(t, [from.x, y1], [from.x, middle], [to.x, middle], [to.x, y2]),
    };
  }
  const [x1, x2] = [from.x + from.w / 2, to.x - to.w / 2];
  const middle = (x1 + x2) / 2;
  const t = edge.from === 'clients' ? 0.62 : Math.abs(from.y - to.y) < 30 ? 0.5 : 0.4;
  return {
    d: `M${x1} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${x2} ${to.y}`,
    ...bezier(t, [x1, from.y], [middle, from.y], [middle, to.y], [x2, to.y]), between: [x1, x2],
  };
}

function replication(from, to, distance, rows) {
  if (rows) {
    const y = from.y + from.h / 2;
    const low = y + depth(distance) / 0.75;
    return { d: `M${from.x} ${y}C${from.x} ${low} ${to.x} ${low} ${to.x} ${y}`, x: (from.x + to.x) / 2, y: y + depth(distance) };
  }
  if (distance === 1) {
    const [y1, y2] = from.y < to.y ? [from.y + from.h / 2, to.y - to.h / 2] : [from.y - from.h / 2, to.y + to.h / 2];
    return { d: `M${from.x} ${y1}L${to.x} ${y2}`, x: from.x, y: (y1 + y2) / 2 };
  }
  const x = from.x + from.w / 2;
  return { d: `M${x} ${from.y}C${x + 64} ${from.y} ${x + 64} ${to.y} ${x} ${to.y}`, x: x + 48, y: (from.y + to.y) / 2 };
}

function bezier(t, a, b, c, d) {
  const at = (i) => (1 - t) ** 3 * a[i] + 3 * (1 - t) ** 2 * t * b[i] + 3 * (1 - t) * t ** 2 * c[i] + t ** 3 * d[i];
  return { x: at(0), y: at(1) };
}

// What stands in a node, line by line.
function lines({ name, shape, state, detail }, w) {
  const most = (kind, space) => Math.max(3, Math.floor(space / sizes[kind]));
  const inside = w - 8;
  return [
    { kind: 'name', text: shortenName(name, most('name', inside)) },
    ...wrap(state, most('state', inside - (shape === 'none' ? 0 : 16))).map((text) => ({ kind: 'state', text })),
    ...(detail.length > 0 ? join(detail, most('detail', inside)) : []).map((text) => ({ kind: 'detail', text })),
  ];
}

// The label of an edge, where there is room for it.
function label(edge, way, { width, room }) {
  const text = join(edge.label, Math.floor(room / sizes.rate));
  const w = Math.max(...text.map(({ length }) => length)) * sizes.rate;
  const [left, right] = way.between ?? [0, width];
  const x = Math.min(Math.max(way.x, left + w / 2 + 4), right - w / 2 - 4);
  return { edge, text, x, y: way.y, w, h: text.length * 16 + 2 };
}

// Labels that would lie on each other go one below the other.
function spread(labels) {
  const placed = [];
  for (const one of labels.sort((a, b) => a.y - b.y)) {
    const hit = (other) => Math.abs(one.x - other.x) < (one.w + other.w) / 2 && Math.abs(one.y - other.y) < (one.h + other.h) / 2;
    for (let other = placed.find(hit); other; other = placed.find(hit)) {
      one.y = other.y + (one.h + other.h) / 2;
    }
    placed.push(one);
  }
  return placed;
}

function drawLabel({ edge, text, x, y }) {
  const drawn = element('text', { class: `rate${edge.bad ? ' bad' : ''}`, 'data-edge': `${edge.from} > ${edge.to}` });
  text.forEach((line, i) => drawn.append(element('tspan', { x, y: y + 4.5 + (i - (text.length - 1) / 2) * 16 }, line)));
  return drawn;
}

export function createPicture(parent) {
  let latest;
  let drawnWidth = 0;

  function draw() {
    drawnWidth = parent.clientWidth;
    const all = columns(latest);
    const layout = place(all, drawnWidth);
    const svg = element('svg', { viewBox: `0 0 ${layout.width} ${layout.height}`, class: 'cluster', role: 'img', 'aria-labelledby': 'picture-title summary' });
    const paths = element('g');
    const labels = [];
    for (const edge of edges(latest)) {
      const [from, to] = [layout.places.get(edge.from), layout.places.get(edge.to)];
      if (!from || !to) {
        continue;
      }
      const way = route(from, to, edge, layout.rows);
      const kind = edge.replication ? 'replication' : edge.value > 0 ? 'flowing' : 'idle';
      const line = element('path', { d: way.d, class: `edge ${kind}${edge.bad ? ' bad' : ''}` });
      line.setAttribute('stroke-width', edge.replication ? 1.5 : Math.min(5, 1.2 + Math.log10(1 + edge.value)));
      paths.append(line);
      if (edge.value > 0 && edge.label.length > 0) {
        labels.push(label(edge, way, layout));
      }
    }
    svg.append(paths, ...all.flat().map((node) => drawNode(node, layout.places.get(node.id))), ...spread(labels).map(drawLabel));
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
    const text = lines(node, w);
    const first = 12.5 - text.length * lineHeight / 2 + (node.database ? 5 : 0);
    text.forEach((line, i) => {
      const baseline = first + i * lineHeight;
      const marked = line.kind === 'state' && node.shape !== 'none';
      group.append(element('text', { class: line.kind, x: marked ? 8 : 0, y: baseline }, line.text));
      if (marked && text[i - 1].kind === 'name') {
        group.append(element('path', { class: 'shape', d: shapes[node.shape], transform: `translate(${-line.text.length * 3.6 - 3} ${baseline - 4.5})` }));
      }
    });
    return group;
  }

  // Cells change only with their text: a reader may be in the midst of them.
  function table() {
    const all = words(latest);
    const body = document.getElementById('nodes');
    while (body.rows.length > all.length) {
      body.lastElementChild.remove();
    }
    while (body.rows.length < all.length) {
      body.append(emptyRow());
    }
    all.forEach(({ name, kind, state, now }, i) => [name, kind, state, now].forEach((text, j) => {
      const cell = body.rows[i].cells[j];
      if (cell.textContent !== text) {
        cell.textContent = text;
      }
    }));
  }

  function emptyRow() {
    const row = document.createElement('tr');
    const head = document.createElement('th');
    head.scope = 'row';
    row.append(head, ...Array.from({ length: 3 }, () => document.createElement('td')));
    return row;
  }

  function summary() {
    const all = words(latest);
    const bad = all.filter(({ shape }) => shape !== 'up');
    const text = bad.length === 0 ? `All ${all.length} nodes are well.` : bad.map(({ name, state }) => `${name}: ${state}`).join(' · ');
    const nobody = (latest.tier ?? null) === null;
    const whole = `${nobody ? 'Nobody serves: every request is refused. ' : ''}${text}${latest.semiSync === false ? ' Commits do not wait for a replica.' : ''}`;
    const paragraph = document.getElementById('summary');
    if (paragraph.textContent !== whole) {
      paragraph.textContent = whole;
      paragraph.classList.toggle('bad', bad.length > 0 || nobody || latest.semiSync === false);
    }
  }

  new ResizeObserver(() => {
    // One that is not shown has no width.
    if (latest && parent.clientWidth > 0 && parent.clientWidth !== drawnWidth) {
      draw();
    }
  }).observe(parent);

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

