package io.tandem.integration;

import java.util.List;

import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The dashboard's picture of a cluster with three databases and every label that there
 * can be, drawn by the page's own script beside the live one.
 */
final class ThreeDatabases {

	private static final String SCRIPT = """
			const done = arguments[arguments.length - 1];
			const instance = (id, state, waiting) => ({
			  balancing: { id, weight: 100, share: 50, state, available: true, inRotation: true, waiting, slowStart: false },
			  health: { state: 'UP', reason: '' }, inFlight: 12, safeToStop: false,
			});
			const database = (name, state, lagMillis) => ({ name, state, lagMillis, disagreeing: [] });
			const each = (make) => ['1', '2'].flatMap((a) => ['1', '2'].map((b) => make(a, b)));
			const snapshot = {
			  node: 'gateway-1', algorithm: 'round-robin', tier: 'active', semiSync: true, events: [],
			  gateways: [{ name: 'gateway-1', up: true, self: true, rate: 1234 }, { name: 'gateway-2', up: true, self: false, rate: 234.5 }],
			  instances: [instance('web-app-1', 'ready', null), instance('web-app-2', 'standby', null)],
			  requests: each((a, b) => ({ from: `gateway-${a}`, to: `web-app-${b}`, rate: 123.4, errors: 12.3 })),
			  databases: [database('mysql-1', 'primary', null), database('mysql-2', 'replica', 12), database('mysql-3', 'lagging', 12345)],
			  uses: ['1', '2'].flatMap((a) => [
			    { from: `web-app-${a}`, to: 'mysql-1', reads: 12.3, writes: 45.6 },
			    { from: `web-app-${a}`, to: 'mysql-2', reads: 123, writes: 0 },
			    { from: `web-app-${a}`, to: 'mysql-3', reads: 99.9, writes: 0 }]),
			};
			const box = (element) => element.getBoundingClientRect();
			const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
			const within = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
			import('/dashboard/picture.js').then(({ createPicture }) => {
			  const parent = document.createElement('div');
			  document.getElementById('picture').after(parent);
			  createPicture(parent).show(snapshot);
			  const labels = [...parent.querySelectorAll('.rate')];
			  const nodes = [...parent.querySelectorAll('.node')];
			  const found = labels.length === 14 ? [] : [`${labels.length} labels`];
			  labels.forEach((label, i) => {
			    nodes.filter((node) => meets(box(label), box(node))).forEach((node) => found.push(`${label.dataset.edge} on ${node.dataset.node}`));
			    labels.slice(i + 1).filter((other) => meets(box(label), box(other)))
			      .forEach((other) => found.push(`${label.dataset.edge} on ${other.dataset.edge}`));
			    if (!within(box(label), box(parent.firstChild))) found.push(`${label.dataset.edge} beside the picture`);
			  });
			  for (const node of nodes) {
			    [...node.querySelectorAll('text, .shape')].filter((part) => !within(box(part), box(node.querySelector('.box'))))
			      .forEach((part) => found.push(`${part.textContent} beside ${node.dataset.node}`));
			  }
			  [...parent.querySelectorAll('text')].filter((text) => text.textContent.includes('…')).forEach((text) => found.push(text.textContent));
			  [...parent.querySelectorAll('text')].filter((text) => box(text).height / (text.querySelectorAll('tspan').length || 1) < 12)
			    .forEach((text) => found.push(`${text.textContent} is small`));
			  parent.remove();
			  done(found);
			}, (error) => done([String(error)]));
			""";

	private ThreeDatabases() {
	}

	/** What lies on something else, is cut or too small to be read. */
	static List<String> faults(ChromeDriver browser) {
		return (browser.executeAsyncScript(SCRIPT) instanceof List<?> faults)
				? faults.stream().map(String::valueOf).toList() : List.of("no answer");
	}

}
