package io.tandem.webapp.servedby;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.tandem.dbrouter.NodeUse;
import io.tandem.dbrouter.NodeUseListener;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Knows which database nodes the current request has used and says so in
 * {@code Server-Timing}. The header is written at each use, when nothing of the answer
 * has been sent yet: transactions end before the answer is rendered.
 */
@Component
public class DatabaseUses implements NodeUseListener {

	private static final String HEADER = "Server-Timing";

	private static final String ATTRIBUTE = DatabaseUses.class.getName();

	private final NodeProperties node;

	DatabaseUses(NodeProperties node) {
		this.node = node;
	}

	@Override
	public void nodeUsed(NodeUse use) {
		if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request)) {
			// Not on behalf of a request: visits, for example.
			return;
		}
		List<NodeUse> uses = merge(ofRequest(request), use);
		request.setAttribute(ATTRIBUTE, uses, RequestAttributes.SCOPE_REQUEST);
		HttpServletResponse response = request.getResponse();
		if (this.node.web().servedByHeader() && response != null) {
			response.setHeader(HEADER, uses.stream().map(DatabaseUses::entry).collect(Collectors.joining(", ")));
		}
	}

	/**
	 * Returns what the current request has used so far, in the order of first use.
	 * @return one use for each node and role, with the durations added up
	 */
	public List<NodeUse> ofCurrentRequest() {
		return ofRequest(RequestContextHolder.getRequestAttributes());
	}

	@SuppressWarnings("unchecked")
	private static List<NodeUse> ofRequest(@Nullable RequestAttributes request) {
		Object uses = (request != null) ? request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) : null;
		return (uses != null) ? (List<NodeUse>) uses : Collections.emptyList();
	}

	private static List<NodeUse> merge(List<NodeUse> uses, NodeUse added) {
		List<NodeUse> merged = new ArrayList<>(uses);
		for (int index = 0; index < merged.size(); index++) {
			NodeUse use = merged.get(index);
			if (use.node().equals(added.node()) && use.role() == added.role()) {
				Duration sum = use.duration().plus(added.duration());
				merged.set(index, new NodeUse(use.node(), use.role(), use.reason(), sum));
				return merged;
			}
		}
		merged.add(added);
		return merged;
	}

	private static String entry(NodeUse use) {
		double milliseconds = use.duration().toNanos() / 1e6;
		return String.format(Locale.ROOT, "db;desc=\"%s %s\";dur=%.1f;reason=%s", use.node(),
				use.role().name().toLowerCase(Locale.ROOT), milliseconds, use.reason());
	}

}
