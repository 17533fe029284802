package io.tandem.webapp;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * Holds for a class that has a reason to be public.
 */
class UsedFromAnotherPackage extends ArchCondition<JavaClass> {

	UsedFromAnotherPackage() {
		super("be used from another package");
	}

	@Override
	public void check(JavaClass item, ConditionEvents events) {
		boolean used = item.getDirectDependenciesToSelf()
			.stream()
			.anyMatch((dependency) -> !dependency.getOriginClass().getPackageName().equals(item.getPackageName()));
		events.add(new SimpleConditionEvent(item, used, item.getName() + " is public without a user elsewhere"));
	}

}
