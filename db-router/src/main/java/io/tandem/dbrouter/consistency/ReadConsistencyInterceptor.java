package io.tandem.dbrouter.consistency;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.tandem.dbrouter.ReadConsistency;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Applies {@link ReadConsistency}. Stands before the interceptor that begins the
 * transaction.
 */
public final class ReadConsistencyInterceptor implements MethodInterceptor {

	private final Supplier<ReadPolicies> policies;

	private final Map<MethodClassKey, Optional<ReadPolicy>> known = new ConcurrentHashMap<>();

	/**
	 * Creates the interceptor.
	 * @param policies where the policies of methods take effect; asked at the first call
	 */
	public ReadConsistencyInterceptor(Supplier<ReadPolicies> policies) {
		this.policies = policies;
	}

	/**
	 * The annotation that holds for a method: its own, its interface's, its class's.
	 * @param method the method
	 * @param targetClass the class it is called on
	 * @return the annotation, {@code null} if there is none
	 */
	public static @Nullable ReadConsistency find(Method method, @Nullable Class<?> targetClass) {
		Method specific = (targetClass != null) ? AopUtils.getMostSpecificMethod(method, targetClass) : method;
		ReadConsistency own = AnnotatedElementUtils.findMergedAnnotation(specific, ReadConsistency.class);
		if (own == null) {
			own = AnnotatedElementUtils.findMergedAnnotation(method, ReadConsistency.class);
		}
		if (own == null && targetClass != null) {
			own = AnnotatedElementUtils.findMergedAnnotation(targetClass, ReadConsistency.class);
		}
		return (own != null) ? own
				: AnnotatedElementUtils.findMergedAnnotation(method.getDeclaringClass(), ReadConsistency.class);
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Class<?> targetClass = (target != null) ? AopUtils.getTargetClass(target) : null;
		ReadPolicy policy = policy(invocation.getMethod(), targetClass);
		if (policy == null) {
			return invocation.proceed();
		}
		ReadPolicies all = this.policies.get();
		ReadPolicy before = all.exchange(policy);
		try {
			return invocation.proceed();
		}
		finally {
			all.exchange(before);
		}
	}

	private @Nullable ReadPolicy policy(Method method, @Nullable Class<?> targetClass) {
		return this.known
			.computeIfAbsent(new MethodClassKey(method, targetClass),
					(key) -> Optional.ofNullable(find(method, targetClass)).map(this.policies.get().standard()::with))
			.orElse(null);
	}

}
