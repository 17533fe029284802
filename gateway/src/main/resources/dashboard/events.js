// What happened, newest first.

const most = 200;
const signs = { UP: '●', DOWN: '✕', CHANGE: '◆', NOTE: '·' };
const titles = { UP: 'up', DOWN: 'down', CHANGE: 'change', NOTE: 'note' };

export function createEvents() {
  const list = document.getElementById('events');
  let newest = 0;

  function item({ timeMillis, kind, text }) {
    const line = document.createElement('li');
    line.className = kind.toLowerCase();
    const time = document.createElement('time');
    const date = new Date(timeMillis);
    time.dateTime = date.toISOString();
    time.textContent = date.toLocaleTimeString();
    const sign = document.createElement('span');
    sign.className = 'sign';
    sign.setAttribute('role', 'img');
    sign.setAttribute('aria-label', titles[kind]);
    sign.textContent = signs[kind];
    const words = document.createElement('span');
    words.textContent = text;
    line.append(time, sign, words);
    return line;
  }

  function add(events) {
    for (const event of events) {
      if (event.number > newest) {
        newest = event.number;
        list.prepend(item(event));
      }
    }
    while (list.children.length > most) {
      list.lastChild.remove();
    }
    document.getElementById('no-events').hidden = list.children.length > 0;
  }

  return {
    add,
    // A gateway that was started anew counts anew.
    fill(events) {
      newest = 0;
      list.replaceChildren();
      add(events);
    },
  };
}
