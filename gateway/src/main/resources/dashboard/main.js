// Connects the stream of snapshots with the parts of the page.

import { createPicture } from './picture.js';
import { createCharts } from './charts.js';
import { createEvents } from './events.js';
import { createControls } from './controls.js';
import { createPicks } from './picks.js';
import { createSession } from './session.js';
import { words } from './words.js';

const connection = document.getElementById('connection');
const announcer = document.getElementById('announcer');
const picture = createPicture(document.getElementById('picture'));
const charts = createCharts();
const events = createEvents();
const session = createSession();
const controls = createControls(session);
const picks = createPicks(session);

// Silence for longer than this is no connection, whatever the browser believes.
const longestSilence = 3500;

let source;
let heard = 0;
let states = new Map();

function connected(yes) {
  document.body.classList.toggle('stale', !yes);
  const text = yes ? 'live' : 'connection lost, trying again …';
  if (connection.textContent !== text) {
    connection.textContent = text;
    connection.className = yes ? 'connection live' : 'connection lost';
  }
}

function show(snapshot) {
  document.getElementById('where').textContent = snapshot.node;
  picture.show(snapshot);
  charts.add(snapshot.point);
  events.add(snapshot.events);
  controls.show(snapshot);
  announce(snapshot);
}

function announce(snapshot) {
  const now = words(snapshot);
  const changes = now.filter(({ name, state }) => states.size > 0 && states.get(name) !== state);
  if (changes.length > 0) {
    announcer.textContent = changes.map(({ name, state }) => `${name}: ${state}`).join('. ');
  }
  states = new Map(now.map(({ name, state }) => [name, state]));
}

function open() {
  source?.close();
  heard = Date.now();
  source = new EventSource('/dashboard/stream');
  source.addEventListener('history', (event) => {
    const history = JSON.parse(event.data);
    charts.fill(history.points);
    events.fill(history.events);
  });
  source.addEventListener('snapshot', (event) => {
    const again = document.body.classList.contains('stale');
    heard = Date.now();
    connected(true);
    show(JSON.parse(event.data));
    if (again) {
      session.refresh();
    }
  });
  source.addEventListener('error', () => connected(false));
}

setInterval(() => {
  if (Date.now() - heard > longestSilence) {
    connected(false);
    open();
  }
}, 1000);

document.addEventListener('visibilitychange', () => {
  // A page that nobody sees costs nothing.
  if (document.hidden) {
    source?.close();
    heard = Infinity;
  } else {
    open();
  }
});

session.onChange(() => { controls.sessionChanged(); picks.sessionChanged(); });
open();
await session.begin();
