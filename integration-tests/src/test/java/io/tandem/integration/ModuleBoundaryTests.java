package io.tandem.integration;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.tandem", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleBoundaryTests {

	@ArchTest
	static final ArchRule modulesHaveNoCycle = slices().matching("io.tandem.(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule dbRouterGatewayAndClusterUseNothingOfOurs = slices().matching("io.tandem.(*)..")
		.should()
		.notDependOnEachOther()
		.ignoreDependency(describe("in web-app", (type) -> type.getPackageName().startsWith("io.tandem.webapp")),
				alwaysTrue());

	@ArchTest
	static final ArchRule webAppUsesOnlyThePublicFaceOfDbRouter = noClasses().that()
		.resideInAPackage("io.tandem.webapp..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.tandem.dbrouter.*..")
		.orShould()
		.dependOnClassesThat()
		.resideInAnyPackage("io.tandem.cluster..", "io.tandem.gateway..");

}
