// What state each node is in, in words and as one of four shapes.

export const rate = (value) => (value >= 100 ? Math.round(value) : Math.round(value * 10) / 10).toString();

export const millis = (value) => (value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${Math.round(value)} ms`);

export const decimals = (value) => (value === null || value === undefined ? '–'
  : value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${value >= 100 ? Math.round(value) : value.toFixed(1)} ms`);

export function instanceState({ balancing, health }) {
  if (health.state === 'DOWN') {
    return { shape: 'down', text: health.ejectedForMillis > 0 ? 'ejected' : 'down' };
  }
  if (balancing.state !== 'ready') {
    return { shape: 'pause', text: { drain: 'draining', standby: balancing.inRotation ? 'standby, serving' : 'standby' }[balancing.state] ?? balancing.state };
  }
  if (balancing.weight === 0) {
    return { shape: 'pause', text: 'weight 0' };
  }
  if (!balancing.inRotation) {
    return { shape: 'warn', text: balancing.waiting ?? 'waiting' };
  }
  return balancing.slowStart ? { shape: 'up', text: 'up, warming up' } : { shape: 'up', text: 'up' };
}

export function databaseState({ state, disagreeing }) {
  const shape = { primary: 'up', replica: 'up', lagging: 'warn', unknown: 'warn' }[state] ?? 'down';
  if (disagreeing.length > 0) {
    return { shape: 'warn', text: `${state}?` };
  }
  return { shape, text: state === 'lagging' ? 'replica, lagging' : state };
}

export function gatewayState({ up }) {
  return up ? { shape: 'up', text: 'up' } : { shape: 'down', text: 'no answer' };
}

const described = ({ shape, text }) => ({ shape, state: text });

// All nodes with their states: for the table, and to hear what has changed.
export function words(snapshot) {
  const all = [];
  for (const gateway of snapshot.gateways) {
    all.push({ name: gateway.name, kind: 'gateway', ...described(gatewayState(gateway)), now: gateway.up ? `${rate(gateway.rate)} requests/s` : '' });
  }
  for (const instance of snapshot.instances) {
    const { balancing, health } = instance;
    all.push({
      name: balancing.id,
      kind: 'web-app',
      ...described(instanceState(instance)),
      now: health.state === 'DOWN' ? health.reason
        : `weight ${balancing.weight}, ${balancing.share} % of new requests, ${instance.inFlight} in flight`,
    });
  }
  for (const database of snapshot.databases) {
    const uses = snapshot.uses.filter(({ to }) => to === database.name);
    const sum = (kind) => rate(uses.reduce((total, use) => total + use[kind], 0));
    all.push({
      name: database.name,
      kind: 'database',
      ...described(databaseState(database)),
      now: [`${sum('reads')} reads/s`, `${sum('writes')} writes/s`,
        ...(database.lagMillis !== null && database.lagMillis !== undefined ? [`${millis(database.lagMillis)} behind`] : []),
        ...(database.disagreeing.length > 0 ? [`seen otherwise by ${database.disagreeing.join(', ')}`] : [])].join(', '),
    });
  }
  return all;
}
