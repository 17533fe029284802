package io.tandem.dbrouter.routing;

import java.lang.reflect.Method;
import java.sql.SQLException;

import io.tandem.dbrouter.PrimaryUnavailableException;
import io.tandem.dbrouter.topology.SqlErrors;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;

/**
 * Calls a method that begins a read-only transaction again if its node died meanwhile.
 * Stands before the interceptor that begins the transaction.
 */
public final class ReadRetryInterceptor implements MethodInterceptor {

	private static final Log logger = LogFactory.getLog(ReadRetryInterceptor.class);

	private final TransactionAttributeSource attributes;

	private final int retries;

	/**
	 * Creates the interceptor.
	 * @param attributes knows which methods begin a read-only transaction
	 * @param retries how often a call is repeated
	 */
	public ReadRetryInterceptor(TransactionAttributeSource attributes, int retries) {
		this.attributes = attributes;
		this.retries = retries;
	}

	/**
	 * Whether a method begins a read-only transaction when it is called outside of one.
	 * @param attributes knows the transactions of methods
	 * @param method the method
	 * @param targetClass the class it is called on
	 * @return {@code true} if it may be called again
	 */
	public static boolean beginsReadOnlyTransaction(TransactionAttributeSource attributes, Method method,
			@Nullable Class<?> targetClass) {
		TransactionAttribute attribute = attributes.getTransactionAttribute(method, targetClass);
		return attribute != null && attribute.isReadOnly() && switch (attribute.getPropagationBehavior()) {
			case TransactionDefinition.PROPAGATION_REQUIRED, TransactionDefinition.PROPAGATION_REQUIRES_NEW,
					TransactionDefinition.PROPAGATION_NESTED ->
				true;
			default -> false;
		};
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		if (TransactionView.isActive() || !(invocation instanceof ProxyMethodInvocation repeatable)
				|| !beginsReadOnlyTransaction(this.attributes, invocation.getMethod(),
						(target != null) ? target.getClass() : null)) {
			return invocation.proceed();
		}
		for (int left = this.retries; left > 0; left--) {
			try {
				return repeatable.invocableClone().proceed();
			}
			catch (Exception ex) {
				if (!isLostConnection(ex)) {
					throw ex;
				}
				logger.debug("Calls " + invocation.getMethod() + " again: it lost its connection", ex);
			}
		}
		return invocation.proceed();
	}

	private static boolean isLostConnection(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException failure && SqlErrors.isConnectionFailure(failure)
					&& !(failure instanceof PrimaryUnavailableException)) {
				return true;
			}
		}
		return false;
	}

}
