package io.tandem.benchmarks.dbrouter;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.tandem.benchmarks", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("io.tandem.benchmarks.dbrouter.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule measuredApplicationKnowsNothingOfItsSurroundings = noClasses().that()
		.resideInAPackage("..peer..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.tandem.cluster..");

}
