// Weights, states and the algorithm. Each change is sent at once and counts from the next request on.

import { instanceState, millis } from './words.js';

const largest = 256;
const usual = 10;

// So long after a change a control stays as it was put: snapshots may still tell of before.
const pause = 1500;

const actions = [
  { state: 'ready', label: 'Ready' },
  { state: 'standby', label: 'Standby' },
  { state: 'drain', label: 'Drain' },
  { state: 'maintenance', label: 'Maintenance' },
];

function underWay({ inFlight, oldestMillis }) {
  const oldest = oldestMillis !== null && oldestMillis !== undefined ? `, oldest ${millis(oldestMillis)}` : '';
  return inFlight === 0 ? 'nothing in flight' : `${inFlight} in flight${oldest}`;
}

function draining(instance, gateways) {
  if (instance.safeToStop) {
    return `${underWay(instance)}: safe to stop`;
  }
  const silent = gateways.filter(({ up }) => !up).map(({ name }) => name);
  if (silent.length > 0 && instance.balancing.share === 0 && instance.inFlight === 0) {
    return `${underWay(instance)} here, but ${silent.join(' and ')} ${silent.length > 1 ? 'do' : 'does'} not answer: ask there before you stop this`;
  }
  const serving = instance.balancing.share > 0 && instance.balancing.state === 'drain' ? ', still takes requests: nothing else can' : '';
  return `${underWay(instance)}${serving}`;
}

// Asks in a window of its own, which the browser leads the keyboard into and back from.
function confirmed(question) {
  const dialog = document.getElementById('confirm');
  document.getElementById('confirm-question').textContent = question;
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => { dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }); });
}

export function createControls(session) {
  const form = document.getElementById('login');
  const algorithm = document.getElementById('algorithm');
  const said = document.getElementById('said');
  const rows = new Map();
  let latest = { instances: [] };
  let chosenAt = 0;

  function say(text, failed = false) {
    said.className = failed ? 'said error' : 'said';
    said.textContent = text;
  }

  async function change(path, body, done, method = 'POST') {
    say('…');
    try {
      await session.ask(path, method, body);
      say(done);
    } catch (error) {
      say(error.message, true);
    }
  }

  // Only maintenance leaves requests to nobody: who drains, stands by or has weight 0 still serves as the last one.
  async function put(path, id, state) {
    const others = latest.instances.filter(({ balancing }) => balancing.id !== id);
    const ready = others.some(({ balancing }) => balancing.available && balancing.weight > 0 && ['ready', 'standby'].includes(balancing.state));
    if (state === 'maintenance' && !ready) {
      const rest = others.every(({ balancing }) => balancing.state === 'maintenance') ? 'Every request will be refused.'
        : 'Requests will fail unless one that is down or draining can take them.';
      if (!await confirmed(`No other instance than ${id} is ready. ${rest}`)) {
        return;
      }
    }
    await change(path, { state }, `${id}: ${state}.`);
  }

  // One after the other: a slider moves faster than answers come.
  async function weigh(its, path, id, weight) {
    its.touched = Date.now();
    its.wanted = weight;
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
    its.touched = Date.now();
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
    label.textContent = 'Weight';
    const slider = document.createElement('input');
    slider.type = 'range';
    slider.min = '0';
    slider.step = '1';
    slider.id = `weight ${id}`.replaceAll(/\s/g, '-');
    label.htmlFor = slider.id;
    const number = document.createElement('input');
    number.type = 'number';
    number.min = '0';
    number.max = largest;
    number.required = true;
    number.setAttribute('aria-label', `Weight of ${id}, 0 to ${largest}`);
    const share = document.createElement('span');
    share.className = 'share';
    slider.addEventListener('input', () => {
      its.touched = Date.now();
      number.value = slider.value;
    });
    slider.addEventListener('change', () => weigh(its, path, id, slider.value));
    number.addEventListener('input', () => { its.typing = true; });
    number.addEventListener('blur', () => { its.typing = false; });
    number.addEventListener('change', () => {
      if (number.reportValidity()) {
        its.typing = false;
        weigh(its, path, id, number.value);
      }
    });
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
      button.addEventListener('click', () => put(path, id, state));
      buttons.append(button);
    }
    const reset = document.createElement('button');
    reset.type = 'button';
    reset.className = 'small';
    reset.textContent = 'As configured';
    reset.addEventListener('click', () => change(path, undefined, `${id} is as configured.`, 'DELETE'));
    const line = document.createElement('p');
    line.className = 'progress';
    const foot = document.createElement('div');
    foot.className = 'foot';
    foot.append(line, reset);
    group.append(legend, label, share, slider, number, buttons, foot);
    Object.assign(its, { group, slider, number, share, buttons, line });
    return its;
  }

  function update(instance, { instances, gateways }) {
    const { balancing } = instance;
    const its = rows.get(balancing.id);
    const inUse = its.sending || its.typing || its.slider.matches(':active') || Date.now() - (its.touched ?? 0) < pause;
    if (!inUse) {
      // One scale for all: what counts is one weight beside the other.
      its.slider.max = instances.some((one) => one.balancing.weight > usual) ? largest : usual;
      its.slider.value = balancing.weight;
      its.number.value = balancing.weight;
    }
    its.share.textContent = `${balancing.share} % of new requests`;
    for (const button of its.buttons.children) {
      button.setAttribute('aria-pressed', button.dataset.state === balancing.state);
    }
    const parts = balancing.state === 'drain' || balancing.state === 'maintenance' ? `Draining: ${draining(instance, gateways)}`
      : `${instanceState(instance).text}, ${underWay(instance)}`;
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
    error.textContent = await session.login(document.getElementById('username').value, password.value);
    if (error.textContent) {
      password.select();
      return;
    }
    password.value = '';
    say('');
    algorithm.focus();
  });
  document.getElementById('logout').addEventListener('click', () => session.logout().then(() => say(''), (error) => say(error.message, true)));
  algorithm.addEventListener('change', async () => {
    chosenAt = Infinity;
    await change('', { algorithm: algorithm.value }, `The algorithm is ${algorithm.value}.`);
    chosenAt = Date.now();
  });

  return {
    sessionChanged,
    show(snapshot) {
      latest = snapshot;
      if (algorithm.value !== snapshot.algorithm && Date.now() - chosenAt > pause) {
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
        update(instance, snapshot);
      }
    },
  };
}
