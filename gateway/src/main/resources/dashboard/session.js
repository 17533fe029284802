// Who is logged in, and requests in that name.

const api = '/actuator/balancer';

async function answer(response) {
  const type = response.headers.get('Content-Type') ?? '';
  const body = type.includes('json') ? await response.json() : undefined;
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
      current = await answer(await fetch('/dashboard/session'));
      listeners.forEach((listener) => listener());
    } catch {
      // Without a connection nothing is known; the next one asks again.
    }
  }

  async function post(path, fields) {
    const response = await fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
    if (response.ok) {
      await refresh();
    }
    return response.ok;
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
      return await answer(await fetch(api + path, { method, headers, body: body && JSON.stringify(body) }));
    } catch (error) {
      if (error.status === 401 || error.status === 403) {
        await refresh();
        throw new Error(current.user ? error.message : 'You are no longer logged in.');
      }
      throw error;
    }
  }

  // The token is taken out of the address before anybody can bookmark it.
  async function begin() {
    const token = /^#login=([\w-]+)$/.exec(location.hash)?.[1];
    if (token) {
      history.replaceState(null, '', '/');
      if (!await post('/login/link', { token })) {
        document.getElementById('login-error').textContent = 'This link was used before, or is too old. Log in with the password, or ask for another link.';
      }
    }
    await refresh();
  }

  return {
    get: () => current,
    onChange: (listener) => listeners.push(listener),
    login: (username, password) => post('/login', { username, password }),
    logout: async () => {
      await fetch('/logout', { method: 'POST', headers: { [current.csrfHeader]: current.csrfToken } });
      await refresh();
    },
    refresh,
    ask,
    begin,
  };
}
