package io.tandem.integration.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;

/**
 * The object that Oracle's MySQL Operator makes a database of. There is no typed model of
 * it: these are the fields that the manifest uses, named and typed as in the operator's
 * own definition (deploy-crds.yaml, version v2), and any other fails.
 */
record InnoDbCluster(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

	/**
	 * What is asked for.
	 *
	 * @param secretName of the account root
	 * @param tlsSecretName of the server's certificate
	 * @param tlsCASecretName of its authority
	 * @param instances how many members
	 * @param router MySQL Router
	 * @param datadirVolumeClaimTemplate each member's disk
	 * @param mycnf settings on top of the operator's
	 */
	record Spec(String secretName, String tlsSecretName, String tlsCASecretName, int instances, Router router,
			PersistentVolumeClaimSpec datadirVolumeClaimTemplate, String mycnf) {
	}

	/**
	 * MySQL Router.
	 *
	 * @param instances how many
	 */
	record Router(int instances) {
	}

	static InnoDbCluster read() {
		try {
			return parse(Files.readString(Kubectl.ROOT.resolve("k8s/components/innodb-cluster/innodbcluster.yaml")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static InnoDbCluster parse(String yaml) {
		return Manifests.parse(yaml, InnoDbCluster.class);
	}

	/** Where the operator's pods are, as it names them. */
	List<String> hosts() {
		return IntStream.range(0, this.spec.instances())
			.mapToObj((number) -> name() + "-" + number + "." + domain())
			.toList();
	}

	/** Of all its pods. */
	String domain() {
		return name() + "-instances." + this.metadata.getNamespace() + ".svc.cluster.local";
	}

	String name() {
		return this.metadata.getName();
	}

}
