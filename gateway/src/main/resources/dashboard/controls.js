// Weights, states and the algorithm. Each change is sent at once and counts from the next request on.

import { instanceState, millis } from './words.js';

const largest = 256;
const usual = 10;

// So long after a movement a slider stays where it was put.
const pause = 1500;

const actions = [
  { state: 'ready', label: 'Ready' },
  { state: 'standby', label: 'Standby' },
  { state: 'drain', label: 'Drain' },
  { state: 'maintenance', label: 'Maintenance' },
];

export function progress({ balancing, inFlight, oldestMillis, safeToStop }) {
  if (safeToStop) {
    return 'nothing in flight: safe to stop';
  }
  const oldest = oldestMillis !== null && oldestMillis !== undefined ? `, oldest ${millis(oldestMillis)}` : '';
  const serving = balancing.share > 0 && balancing.state === 'drain' ? ', still takes requests: nothing else can' : '';
  return `${inFlight} in flight${oldest}${serving}`;
}

export function createControls(session) {
  const form = document.getElementById('login');
  const algorithm = document.getElementById('algorithm');
  const said = document.getElementById('said');
  const rows = new Map();

  async function change(path, body, done) {
    said.className = 'said';
    said.textContent = '…';
    try {
      await session.ask(path, 'POST', body);
      said.textContent = done;
    } catch (error) {
      said.className = 'said error';
      said.textContent = error.message;
    }
  }

  // One after the other: a slider moves faster than answers come.
  async function weigh(its, path, id) {
    its.touched = Date.now();
    its.wanted = its.slider.value;
    if (its.sending) {
      return;
    }
    its.sending = true;
    while (its.wanted !== undefined) {
      const weight = its.wanted;
      its.wanted = undefined;
      await change(path, { weight: Number(weight) }, `${id} has weight ${weight}.`);
    }
    its.sending = false;
  }

  function row(id) {
    const path = `/instances/${encodeURIComponent(id)}`;
    const its = {};
    const group = document.createElement('fieldset');
    group.className = 'instance';
    group.dataset.instance = id;
    const legend = document.createElement('legend');
    legend.textContent = id;
    const label = document.createElement('label');
    const slider = document.createElement('input');
    slider.type = 'range';
    slider.min = '0';
    slider.step = '1';
    slider.id = `weight ${id}`.replaceAll(/\s/g, '-');
    label.htmlFor = slider.id;
    const text = document.createElement('span');
    text.textContent = 'Weight ';
    const value = document.createElement('strong');
    label.append(text, value);
    const share = document.createElement('span');
    share.className = 'share';
    slider.addEventListener('input', () => {
      its.touched = Date.now();
      value.textContent = slider.value;
    });
    slider.addEventListener('change', () => weigh(its, path, id));
    const buttons = document.createElement('div');
    buttons.className = 'states';
    buttons.setAttribute('role', 'group');
    buttons.setAttribute('aria-label', `State of ${id}`);
    for (const { state, label: title } of actions) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'small';
      button.dataset.state = state;
      button.textContent = title;
      button.addEventListener('click', () => change(path, { state }, `${id}: ${state}.`));
      buttons.append(button);
    }
    const line = document.createElement('p');
    line.className = 'progress';
    group.append(legend, label, slider, share, buttons, line);
    Object.assign(its, { group, slider, value, share, buttons, line });
    return its;
  }

  function update(instance) {
    const { balancing } = instance;
    const its = rows.get(balancing.id);
    const inUse = its.sending || its.slider.matches(':active') || Date.now() - (its.touched ?? 0) < pause;
    if (!inUse) {
      its.slider.max = balancing.weight > usual ? largest : usual;
      its.slider.value = balancing.weight;
      its.value.textContent = balancing.weight;
    }
    its.share.textContent = `${balancing.share} % of new requests`;
    for (const button of its.buttons.children) {
      button.setAttribute('aria-pressed', button.dataset.state === balancing.state);
    }
    const parts = balancing.state === 'drain' || balancing.state === 'maintenance' ? `Draining: ${progress(instance)}`
      : `${instanceState(instance).text}, ${progress(instance).replace('nothing in flight: safe to stop', 'nothing in flight')}`;
    its.line.textContent = parts.charAt(0).toUpperCase() + parts.slice(1);
    its.line.classList.toggle('safe', balancing.state === 'drain' && instance.safeToStop);
  }

  function sessionChanged() {
    const { user, changeable, algorithms } = session.get();
    document.getElementById('not-changeable').hidden = changeable;
    form.hidden = !changeable || user !== undefined;
    document.getElementById('controls').hidden = user === undefined;
    document.getElementById('logout').hidden = user === undefined;
    if (algorithm.options.length === 0) {
      algorithm.append(...algorithms.map((name) => new Option(name, name)));
    }
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const error = document.getElementById('login-error');
    error.textContent = '';
    const password = document.getElementById('password');
    try {
      if (!await session.login(document.getElementById('username').value, password.value)) {
        error.textContent = 'Wrong name or password.';
        password.select();
        return;
      }
      document.getElementById('algorithm').focus();
    } catch {
      error.textContent = 'The gateway does not answer.';
    }
    password.value = '';
  });
  document.getElementById('logout').addEventListener('click', () => session.logout());
  algorithm.addEventListener('change', () => change('', { algorithm: algorithm.value }, `The algorithm is ${algorithm.value}.`));

  return {
    sessionChanged,
    show(snapshot) {
      if (document.activeElement !== algorithm) {
        algorithm.value = snapshot.algorithm;
      }
      const there = new Set(snapshot.instances.map(({ balancing }) => balancing.id));
      for (const [id, { group }] of rows) {
        if (!there.has(id)) {
          group.remove();
          rows.delete(id);
        }
      }
      for (const instance of snapshot.instances) {
        if (!rows.has(instance.balancing.id)) {
          rows.set(instance.balancing.id, row(instance.balancing.id));
          document.getElementById('instances').append(rows.get(instance.balancing.id).group);
        }
        update(instance);
      }
    },
  };
}
