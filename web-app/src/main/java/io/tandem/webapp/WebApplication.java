package io.tandem.webapp;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * One instance of the link shortener.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class WebApplication {

	/**
	 * Starts the instance.
	 * @param args Spring's command line properties
	 */
	public static void main(String[] args) {
		SpringApplication.run(WebApplication.class, args);
	}

}
