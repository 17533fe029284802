// Why each of the last requests through this gateway went where it did.

import { decimals } from './words.js';

const limit = 40;

const reasons = {
  'read-only': 'a read-only transaction goes to a replica',
  'no-replica': 'a read-only transaction, but no replica could take it',
  'replicas-behind': 'a read-only transaction, but no replica had yet what it must see',
  'primary-required': 'a read-only transaction that asked for the primary',
  'read-write': 'a transaction that may write goes to the primary',
  'no-transaction': 'without a transaction it may write, so it goes to the primary',
};

// Server-Timing: db;desc="mysql-2 replica";dur=4.2;reason=read-only
export function databases(serverTiming) {
  const found = [];
  for (const entry of (serverTiming ?? '').matchAll(/db((?:;[a-z]+=(?:"[^"]*"|[^;,"]*))+)/g)) {
    const parameters = Object.fromEntries([...entry[1].matchAll(/;([a-z]+)=(?:"([^"]*)"|([^;,"]*))/g)].map(([, key, quoted, plain]) => [key, quoted ?? plain]));
    const why = parameters.reason ? `: ${reasons[parameters.reason] ?? parameters.reason}` : '';
    found.push(`${parameters.desc}${parameters.dur ? `, ${parameters.dur} ms` : ''}${why}`);
  }
  return found;
}

function text(name, content, className) {
  const created = document.createElement(name);
  created.textContent = content;
  if (className) {
    created.className = className;
  }
  return created;
}

export function createPicks(session) {
  const list = document.getElementById('picks');
  const detail = document.getElementById('pick');
  const hint = document.getElementById('why-hint');
  const look = document.getElementById('look');

  function answer(pick) {
    const last = pick.attempts.at(-1);
    return `${last.instance} ${last.outcome}`;
  }

  function term(title, ...contents) {
    const created = text('dd', '');
    created.append(...contents);
    return [text('dt', title), created];
  }

  function lines(items) {
    const created = document.createElement('ul');
    created.append(...items.map((item) => text('li', item)));
    return created;
  }

  function show(pick, button) {
    for (const other of list.querySelectorAll('button')) {
      other.setAttribute('aria-pressed', other === button);
    }
    const terms = document.createElement('dl');
    const load = (candidate) => (candidate.inFlight === null || candidate.inFlight === undefined ? '' : `, ${candidate.inFlight} in flight`);
    terms.append(
      ...term('Chosen because', pick.reason),
      ...term('Algorithm', `${pick.algorithm}, among the ${pick.tier} instances`),
      ...term('Candidates', lines(pick.candidates.map((candidate) => `${candidate.instance}: weight ${candidate.weight}${load(candidate)}`))),
    );
    const waiting = Object.entries(pick.waiting);
    terms.append(...term('Left out', waiting.length === 0 ? 'nobody' : lines(waiting.map(([name, why]) => `${name}: ${why}`))));
    terms.append(...term(pick.attempts.length > 1 ? 'Attempts (repeated elsewhere)' : 'Attempt',
      lines(pick.attempts.map(({ instance, outcome }) => `${instance}: ${/^\d+$/.test(outcome) ? `answered ${outcome}` : outcome}`))));
    const used = databases(pick.serverTiming);
    terms.append(...term('Database', used.length === 0 ? 'none that the instance told of' : lines(used)));
    terms.append(...term('Took', decimals(pick.millis)));
    detail.replaceChildren(text('h3', `${pick.method} ${pick.path}`), terms);
  }

  async function load() {
    try {
      const { picks } = await session.ask(`/picks?limit=${limit}`);
      const now = Date.now();
      list.replaceChildren(...picks.map((pick) => {
        const button = text('button', '');
        button.type = 'button';
        button.setAttribute('aria-pressed', 'false');
        button.append(text('span', new Date(now - pick.ageMillis).toLocaleTimeString(), 'at'), text('span', `${pick.method} ${pick.path}`, 'what'),
          text('span', answer(pick), 'who'));
        button.addEventListener('click', () => show(pick, button));
        const item = document.createElement('li');
        item.append(button);
        return item;
      }));
      hint.textContent = picks.length === 0 ? 'There was no request yet.'
        : `The last ${picks.length} requests through ${session.get().node}. Choose one.`;
      look.textContent = 'Show newer ones';
    } catch (error) {
      hint.textContent = error.message;
    }
  }

  look.addEventListener('click', load);

  return {
    sessionChanged() {
      const { user, changeable } = session.get();
      // Without a password nothing is hidden.
      const may = user !== undefined || !changeable;
      look.hidden = !may;
      hint.textContent = may ? 'Each of the last requests can say why it went where it did.'
        : 'Log in to see why each of the last requests went where it did.';
      if (!may) {
        list.replaceChildren();
        detail.replaceChildren();
      }
    },
  };
}
