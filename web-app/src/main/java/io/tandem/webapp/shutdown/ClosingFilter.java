package io.tandem.webapp.shutdown;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends connections with their next answer once the instance is about to end, so that none
 * is left over which a request could come too late.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class ClosingFilter extends OncePerRequestFilter {

	private final ShutdownAnnouncement announcement;

	ClosingFilter(ShutdownAnnouncement announcement) {
		this.announcement = announcement;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.announcement.isMade()) {
			response.setHeader(HttpHeaders.CONNECTION, "close");
		}
		chain.doFilter(request, response);
	}

}
