package io.tandem.dbrouter.consistency.web;

import java.util.concurrent.Callable;

import io.tandem.dbrouter.consistency.ConsistencyContexts;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;

/**
 * Lets a {@link Callable} or a streaming body that a controller returned work in the
 * context of its request.
 */
public final class CallableContext implements CallableProcessingInterceptor {

	private final ConsistencyContexts contexts;

	/**
	 * Creates the interceptor.
	 * @param contexts the contexts of the threads
	 */
	public CallableContext(ConsistencyContexts contexts) {
		this.contexts = contexts;
	}

	@Override
	public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
		ServletRequest servletRequest = request.getNativeRequest(ServletRequest.class);
		TokenExchange exchange = (servletRequest != null) ? ConsistencyFilter.exchangeOf(servletRequest) : null;
		if (exchange != null) {
			this.contexts.set(exchange.context());
		}
	}

	@Override
	public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object concurrentResult) {
		this.contexts.set(null);
	}

}
