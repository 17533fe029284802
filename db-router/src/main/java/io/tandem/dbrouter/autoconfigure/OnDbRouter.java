package io.tandem.dbrouter.autoconfigure;

import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if nodes are configured and db-router is not switched off. Switched on without
 * nodes it matches too: that is an error to be told.
 */
class OnDbRouter extends SpringBootCondition {

	private static final Bindable<Map<String, Object>> NODES = Bindable.mapOf(String.class, Object.class);

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("db-router");
		Boolean enabled = context.getEnvironment().getProperty("db-router.enabled", Boolean.class);
		if (Boolean.FALSE.equals(enabled)) {
			return ConditionOutcome.noMatch(message.because("db-router.enabled is false"));
		}
		boolean nodes = Binder.get(context.getEnvironment()).bind("db-router.nodes", NODES).isBound();
		return new ConditionOutcome(nodes || Boolean.TRUE.equals(enabled),
				message.because(nodes ? "nodes are configured" : "there is no db-router.nodes property"));
	}

}
