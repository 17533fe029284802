package io.tandem.webapp.servedby;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Adds {@code X-Served-By} to every answer.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ServedByFilter extends OncePerRequestFilter {

	static final String HEADER = "X-Served-By";

	private final NodeProperties node;

	ServedByFilter(NodeProperties node) {
		this.node = node;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.node.web().servedByHeader()) {
			response.setHeader(HEADER, this.node.nodeName());
		}
		chain.doFilter(request, response);
	}

}
