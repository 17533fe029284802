package io.tandem.cluster;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.tandem.cluster", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	final ArchRule packagesHaveNoCycles = slices().matching("io.tandem.(**)").should().beFreeOfCycles();

	@ArchTest
	final ArchRule processesKnowNothingOfNodes = noClasses().that()
		.resideInAPackage("..process..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("..mysql..", "..cli..");

	@ArchTest
	final ArchRule commandLineIsUsedByNobody = noClasses().that()
		.resideOutsideOfPackage("..cli..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("..cli..");

	@ArchTest
	final ArchRule commandLineHasOneEntrance = classes().that()
		.resideInAPackage("..cli..")
		.and()
		.areTopLevelClasses()
		.and()
		.doNotHaveSimpleName("Tandem")
		.should()
		.notBePublic();

	@ArchTest
	final ArchRule nothingOfOtherModulesIsUsed = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.tandem.dbrouter..", "io.tandem.webapp..", "io.tandem.gateway..");

}
