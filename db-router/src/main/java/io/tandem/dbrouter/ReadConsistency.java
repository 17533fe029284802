package io.tandem.dbrouter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the read-only transactions that begin in a method must see. Of nested annotated
 * calls the inner one counts; a transaction that has begun stays on its node. On a class
 * it holds for the methods without an annotation of their own.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface ReadConsistency {

	/**
	 * What the reads must see.
	 * @return the level
	 */
	ConsistencyLevel level() default ConsistencyLevel.DEFAULT;

	/**
	 * How long a replica that is behind may be waited for, such as {@code 50ms};
	 * {@code 0} does not wait. The default is {@code db-router.consistency.max-wait}.
	 * @return a duration in Spring Boot's simple or in ISO-8601 style
	 */
	String maxWait() default "";

	/**
	 * What happens after that.
	 * @return what to do
	 */
	OnTimeout onTimeout() default OnTimeout.DEFAULT;

}
