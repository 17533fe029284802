package io.tandem.gateway.control;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import io.tandem.gateway.balance.AdminState;
import io.tandem.gateway.balance.Algorithm;
import io.tandem.gateway.balance.Instance;
import io.tandem.gateway.balance.InstancePool;
import io.tandem.gateway.balance.MembershipListener;
import io.tandem.gateway.balance.Orders;
import io.tandem.gateway.firewall.Firewall;
import io.tandem.gateway.firewall.FirewallRules;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what operators want, here and by way of other gateways: in the pool at
 * once, then in the state file, then at the peers. Its methods wait for the disk and are
 * not for event loops.
 */
public final class OperatorControl implements MembershipListener {

	private static final Actor SELF = new Actor("gateway", "itself");

	private final InstancePool pool;

	private final Firewall firewall;

	private final Settings settings;

	private final @Nullable StateFile file;

	private final AuditLog audit;

	private final Algorithm configuredAlgorithm;

	private final FirewallRules configuredRules;

	private volatile Runnable onChange = () -> {
	};

	OperatorControl(InstancePool pool, Firewall firewall, Settings settings, @Nullable StateFile file, AuditLog audit) {
		this.pool = pool;
		this.firewall = firewall;
		this.settings = settings;
		this.file = file;
		this.audit = audit;
		this.configuredAlgorithm = pool.status().algorithm();
		this.configuredRules = firewall.rules();
	}

	/** Called after each change that was made at this gateway. */
	void onChange(Runnable listener) {
		onChange = listener;
	}

	/** Takes over what the state file says. */
	synchronized void restore() {
		if (file != null) {
			List<String> restored = settings.merge(file.read());
			apply();
			if (!restored.isEmpty()) {
				audit.record(SELF, "restored " + describe(restored) + " from the state file");
			}
		}
	}

	public void algorithm(Algorithm algorithm, Actor actor) {
		change(Map.of(SettingKey.ALGORITHM, algorithm.text()), List.of(), actor);
	}

	/**
	 * Changes an instance.
	 * @param weight 0 to 256, or null to leave it
	 * @param state or null to leave it
	 */
	public void instance(Instance instance, @Nullable Integer weight, @Nullable AdminState state, Actor actor) {
		Map<String, String> changes = new TreeMap<>();
		if (weight != null) {
			changes.put(SettingKey.weight(instance), weight.toString());
		}
		if (state != null) {
			changes.put(SettingKey.state(instance), state.text());
		}
		change(changes, List.of(), actor);
	}

	/** Makes an instance what it is in the configuration. */
	public void reset(Instance instance, Actor actor) {
		change(Map.of(), List.of(SettingKey.weight(instance), SettingKey.state(instance)), actor);
	}

	/**
	 * Changes who may connect. Edits see each other's results, whoever makes them.
	 * @param allow makes the new list of the one in force, or null to leave it
	 * @param deny makes the new list of the one in force, or null to leave it
	 * @throws IllegalArgumentException if that are no valid rules; nothing has changed
	 * then, nor after any exception of an edit
	 */
	public synchronized void firewall(@Nullable UnaryOperator<List<String>> allow,
			@Nullable UnaryOperator<List<String>> deny, Actor actor) {
		FirewallRules rules = firewall.rules();
		FirewallRules next = new FirewallRules((allow != null) ? allow.apply(rules.allow()) : rules.allow(),
				(deny != null) ? deny.apply(rules.deny()) : rules.deny());
		Map<String, String> changes = new TreeMap<>();
		if (allow != null) {
			changes.put(SettingKey.FIREWALL_ALLOW, FirewallRules.join(next.allow()));
		}
		if (deny != null) {
			changes.put(SettingKey.FIREWALL_DENY, FirewallRules.join(next.deny()));
		}
		change(changes, List.of(), actor);
	}

	/** Makes the firewall what it is in the configuration. */
	public void resetFirewall(Actor actor) {
		change(Map.of(), List.of(SettingKey.FIREWALL_ALLOW, SettingKey.FIREWALL_DENY), actor);
	}

	/** Gives the requests back to the active instances, in every gateway. */
	public synchronized void failBack(Actor actor) {
		Integer before = SettingKey.number(settings.value(SettingKey.FAIL_BACK), Integer.MAX_VALUE);
		pool.failBack();
		change(Map.of(SettingKey.FAIL_BACK, String.valueOf((before != null) ? before + 1 : 1)), List.of(), actor);
	}

	private void change(Map<String, String> values, List<String> resets, Actor actor) {
		synchronized (this) {
			List<String> keys = new ArrayList<>(values.keySet());
			keys.addAll(resets);
			values.forEach((key, value) -> settings.set(key, value, actor.name()));
			resets.forEach((key) -> settings.set(key, null, actor.name()));
			apply();
			audit.record(actor, describe(keys));
			save();
		}
		onChange.run();
	}

	/**
	 * Takes over what another gateway knows.
	 * @return whether anything was new
	 */
	synchronized boolean merge(Map<String, Setting> others, Actor actor) {
		List<String> changed = settings.merge(others);
		if (changed.isEmpty()) {
			return false;
		}
		if (changed.contains(SettingKey.FAIL_BACK)) {
			pool.failBack();
		}
		apply();
		audit.record(actor, describe(changed) + " (set by " + authors(changed) + ")");
		save();
		return true;
	}

	private void apply() {
		Algorithm algorithm = SettingKey.algorithm(settings.value(SettingKey.ALGORITHM));
		pool.algorithm((algorithm != null) ? algorithm : configuredAlgorithm);
		List<String> allow = SettingKey.networks(settings.value(SettingKey.FIREWALL_ALLOW));
		List<String> deny = SettingKey.networks(settings.value(SettingKey.FIREWALL_DENY));
		firewall.rules(new FirewallRules((allow != null) ? allow : configuredRules.allow(),
				(deny != null) ? deny : configuredRules.deny()));
		pool.all().forEach(this::order);
	}

	private void order(Instance instance) {
		pool.order(instance,
				new Orders(SettingKey.number(settings.value(SettingKey.weight(instance)), Instance.MAX_WEIGHT),
						SettingKey.state(settings.value(SettingKey.state(instance)))));
	}

	@Override
	public synchronized void joined(Instance instance) {
		order(instance);
	}

	/** Its orders stay: it may come back. */
	@Override
	public void left(Instance instance) {
	}

	private void save() {
		try {
			if (file != null) {
				file.write(settings.all());
			}
		}
		catch (IOException ex) {
			audit.record(SELF, "the change is in effect but will not survive a restart: " + ex);
		}
	}

	private String describe(List<String> keys) {
		List<String> texts = new ArrayList<>();
		for (String key : keys) {
			String value = settings.value(key);
			texts.add(key + " = " + ((value != null) ? value : "as configured"));
		}
		return String.join(", ", texts);
	}

	private String authors(List<String> keys) {
		Map<String, Setting> all = settings.all();
		return String.join(", ",
				keys.stream()
					.map(all::get)
					.map((setting) -> setting.by() + " at " + setting.node())
					.distinct()
					.toList());
	}

	/** All settings with their versions, for peers. */
	synchronized SettingsDocument document() {
		return SettingsDocument.of(settings.all());
	}

}
