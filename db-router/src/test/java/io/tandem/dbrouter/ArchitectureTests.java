package io.tandem.dbrouter;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.tandem.dbrouter", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("io.tandem.dbrouter.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule theApiDependsOnNothingOfOurs = noClasses().that()
		.resideInAPackage("io.tandem.dbrouter")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.tandem.dbrouter.*..");

	@ArchTest
	static final ArchRule nobodyDependsOnTheAutoConfiguration = noClasses().that()
		.resideOutsideOfPackage("..autoconfigure..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.tandem.dbrouter.autoconfigure..");

	@ArchTest
	static final ArchRule topologyKnowsNoRouting = noClasses().that()
		.resideInAPackage("..topology..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("..routing..", "org.springframework.transaction..");

	@ArchTest
	static final ArchRule autoConfigurationIsPublicAndFinal = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould()
		.haveSimpleNameStartingWith("DbRouter");

	@ArchTest
	static final ArchRule autoConfigurationHasNoPublicMembers = methods().that()
		.areDeclaredInClassesThat()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule restOfAutoConfigurationIsPackagePrivate = classes().that()
		.resideInAPackage("..autoconfigure..")
		.and()
		.areNotAnnotatedWith(AutoConfiguration.class)
		.and()
		.areTopLevelClasses()
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule beanPostProcessorsAreDeclaredStatic = methods().that()
		.areAnnotatedWith(Bean.class)
		.and()
		.haveRawReturnType(JavaClass.Predicates.assignableTo(BeanPostProcessor.class))
		.should()
		.beStatic();

}
