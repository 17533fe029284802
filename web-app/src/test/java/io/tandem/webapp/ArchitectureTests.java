package io.tandem.webapp;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;

import org.springframework.data.repository.Repository;
import org.springframework.stereotype.Controller;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.tandem.webapp", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("io.tandem.webapp.(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule storageStaysInsideItsPackage = classes().that()
		.areAnnotatedWith(Entity.class)
		.or()
		.areAssignableTo(Repository.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule controllersStayInsideTheirPackage = classes().that()
		.areMetaAnnotatedWith(Controller.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule linksKnowNothingOfHttp = noClasses().that()
		.resideInAnyPackage("io.tandem.webapp.link", "io.tandem.webapp.visit")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("jakarta.servlet..", "org.springframework.http..", "org.springframework.web..",
				"io.tandem.webapp.link.web..", "io.tandem.webapp.page..", "io.tandem.webapp.problem..");

	@ArchTest
	static final ArchRule onlyPublicTypesOfDbRouterAreUsed = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("io.tandem.dbrouter.*..");

	@ArchTest
	static final ArchRule nothingPublicWithoutAUserElsewhere = classes().that()
		.arePublic()
		.and()
		.areNotNestedClasses()
		.and()
		.doNotHaveSimpleName("WebApplication")
		.and()
		.doNotHaveSimpleName("package-info")
		.should(new UsedFromAnotherPackage());

}
