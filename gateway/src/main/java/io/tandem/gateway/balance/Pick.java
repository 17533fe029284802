package io.tandem.gateway.balance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Why one request went where it did.
 *
 * @param ageMillis how long ago it came
 * @param reason why its first attempt went where it went, in words
 * @param tier the group of instances that served, see {@link BalanceStatus#tier()}
 * @param candidates those to choose from
 * @param waiting why each other instance was no candidate
 * @param attempts where it went, in order
 * @param serverTiming what the instance says of its work, its database nodes for example
 * @param millis until the last byte of the answer was sent
 */
record Pick(long ageMillis, String method, String path, String algorithm, String tier, String reason,
		List<Candidate> candidates, Map<String, String> waiting, List<Attempt> attempts, @Nullable String serverTiming,
		double millis) {

	/**
	 * One to choose from.
	 *
	 * @param weight slow start included
	 * @param inFlight its load at the pick, if the algorithm asks for that
	 */
	public record Candidate(String instance, double weight, @Nullable Integer inFlight) {

	}

	/**
	 * One attempt.
	 *
	 * @param outcome the status of the answer, why there was none, or {@code abandoned}
	 * if the client left
	 */
	public record Attempt(String instance, String outcome) {

	}

	static Pick explain(Dispatch dispatch, long now) {
		Rotation rotation = dispatch.rotation();
		String tier = "";
		List<Candidate> candidates = new ArrayList<>();
		Rotation.Group serving = rotation.serving();
		if (serving != null) {
			tier = serving.tier().text();
			candidates = candidates(serving.candidates(), dispatch.loads(), rotation.algorithm().byLoad());
		}
		Map<String, String> waiting = new LinkedHashMap<>();
		rotation.waiting().forEach((member, why) -> waiting.put(member.instance().id(), why));
		Request request = dispatch.request();
		return new Pick((now - dispatch.since()) / 1_000_000, request.method(), request.path(),
				rotation.algorithm().text(), tier, PickReason.of(dispatch), candidates, waiting, attempts(dispatch),
				dispatch.account(), Math.round((dispatch.ended() - dispatch.since()) / 10_000.0) / 100.0);
	}

	private static List<Candidate> candidates(Candidates candidates, long loads, boolean byLoad) {
		List<Candidate> all = new ArrayList<>();
		for (int i = 0; i < candidates.size(); i++) {
			all.add(new Candidate(candidates.member(i).instance().id(), candidates.weight(i) / 100.0,
					byLoad ? Loads.get(loads, i) : null));
		}
		return all;
	}

	private static List<Attempt> attempts(Dispatch dispatch) {
		List<Attempt> attempts = new ArrayList<>();
		Tried failed = dispatch.failures();
		for (int i = 0; i < failed.size(); i++) {
			attempts.add(new Attempt(failed.member(i).instance().id(), failed.failure(i).reason()));
		}
		if (!failed.contains(dispatch.current())) {
			attempts.add(new Attempt(dispatch.current().instance().id(),
					(dispatch.status() != 0) ? String.valueOf(dispatch.status()) : "abandoned"));
		}
		return attempts;
	}

}
