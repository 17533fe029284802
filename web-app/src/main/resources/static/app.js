// The page works without this. It adds a copy button and keeps the list fresh.

for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) {
    break;
  }
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.value);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
}

const period = 5000;

async function refresh() {
  const list = document.getElementById('links');
  if (document.hidden || !list.dataset.refresh || list.contains(document.activeElement)) {
    return;
  }
  const response = await fetch('/', { headers: { Accept: 'text/html' }, credentials: 'omit' });
  if (!response.ok) {
    return;
  }
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const id of ['links', 'served']) {
    const next = fresh.getElementById(id);
    const current = document.getElementById(id);
    if (next && current && next.outerHTML !== current.outerHTML) {
      current.replaceWith(document.adoptNode(next));
    }
  }
}

setInterval(() => { refresh().catch(() => { /* the next one will do */ }); }, period);
