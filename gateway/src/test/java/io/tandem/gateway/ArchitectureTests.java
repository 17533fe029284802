package io.tandem.gateway;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.util.ClassUtils;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

@AnalyzeClasses(packages = "io.tandem.gateway", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("io.tandem.gateway.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule balancingCoreKnowsNoFramework = classes().that()
		.resideInAPackage("io.tandem.gateway.balance")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("io.tandem.gateway.balance", "java..", "javax.crypto..", "org.jspecify..");

	@ArchTest
	static final ArchRule nobodyDependsOnTheProxy = noClasses().that()
		.resideOutsideOfPackage("io.tandem.gateway.proxy")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.tandem.gateway.proxy");

	@ArchTest
	static final ArchRule packagesAreNullMarked = classes().should(beInANullMarkedPackage());

	@ArchTest
	static final ArchRule publicClassesHaveAUserInAnotherPackage = classes().that()
		.arePublic()
		.and()
		.doNotHaveSimpleName("GatewayApplication")
		.and()
		.areTopLevelClasses()
		.and()
		.areNotInterfaces()
		.should(haveAUserInAnotherPackage());

	/**
	 * Reactor Netty prefers io_uring to epoll wherever it finds it, at a tenth of the
	 * speed for some.
	 */
	@Test
	void ioUringIsNotOnTheClassPath() {
		assertThat(ClassUtils.isPresent("io.netty.channel.uring.IoUring", null)).isFalse();
		assertThat(ClassUtils.isPresent("io.netty.channel.epoll.Epoll", null)).isTrue();
	}

	private static ArchCondition<JavaClass> beInANullMarkedPackage() {
		return new ArchCondition<>("be in a @NullMarked package") {

			@Override
			public void check(JavaClass item, ConditionEvents events) {
				boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
				events.add(new SimpleConditionEvent(item, marked, item.getName() + " is not"));
			}

		};
	}

	private static ArchCondition<JavaClass> haveAUserInAnotherPackage() {
		return new ArchCondition<>("have a user in another package") {

			@Override
			public void check(JavaClass item, ConditionEvents events) {
				boolean used = item.getDirectDependenciesToSelf()
					.stream()
					.anyMatch((use) -> !use.getOriginClass().getPackage().equals(item.getPackage()));
				events.add(new SimpleConditionEvent(item, used, item.getName() + " has none"));
			}

		};
	}

}
