// Who is logged in, and requests in that name.

// The gateway answers in milliseconds, or not at all.
const patience = 10_000;

const silence = 'The gateway does not answer.';

async function send(path, options = {}) {
  let response;
  let body;
  try {
    response = await fetch(path, { ...options, signal: AbortSignal.timeout(patience) });
    const type = response.headers.get('Content-Type') ?? '';
    body = type.includes('json') ? await response.json() : undefined;
  } catch {
    throw new Error(silence);
  }
  if (!response.ok) {
    throw Object.assign(new Error(body?.detail ?? `The gateway answered ${response.status}.`), { status: response.status });
  }
  return body;
}

export function createSession() {
  let current = { changeable: false, algorithms: [], states: [] };
  const listeners = [];

  async function refresh() {
    try {
      current = await send('/dashboard/session');
      listeners.forEach((listener) => listener());
    } catch {
      // Without a connection nothing is known; the next one asks again.
    }
  }

  // Says by what a login failed; nothing if it did not.
  async function login(path, fields, refused) {
    try {
      await send(path, { method: 'POST', body: new URLSearchParams(fields) });
    } catch (error) {
      return error.status === 401 ? refused : error.message;
    }
    await refresh();
    return '';
  }

  async function ask(path, method = 'GET', body = undefined) {
    const headers = { 'X-Requested-With': 'XMLHttpRequest', Accept: 'application/json' };
    if (method !== 'GET') {
      headers[current.csrfHeader] = current.csrfToken;
    }
    if (body) {
      headers['Content-Type'] = 'application/json';
    }
    try {
      return await send(current.api + path, { method, headers, body: body && JSON.stringify(body) });
    } catch (error) {
      if (error.status === 401 || error.status === 403) {
        await refresh();
        throw new Error(current.user ? error.message : 'You are no longer logged in.');
      }
      throw error;
    }
  }

  // The token is taken out of the address before anybody can bookmark it.
  async function followLink() {
    const token = /^#login=([\w-]+)$/.exec(location.hash)?.[1];
    if (token) {
      history.replaceState(null, '', '/');
      document.getElementById('login-error').textContent = await login('/login/link', { token },
        'This link was used before, or is too old. Log in with the password, or ask for another link.');
    }
  }

  // Where the page is open already, a link changes only what is behind the #.
  addEventListener('hashchange', followLink);

  return {
    get: () => current,
    onChange: (listener) => listeners.push(listener),
    login: (username, password) => login('/login', { username, password }, 'Wrong name or password.'),
    logout: async () => {
      await send('/logout', { method: 'POST', headers: { [current.csrfHeader]: current.csrfToken } });
      await refresh();
    },
    refresh,
    ask,
    begin: async () => {
      await followLink();
      await refresh();
    },
  };
}
