package shop;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class ShopApplication {

	public static void main(String[] arguments) {
		SpringApplication.run(ShopApplication.class, arguments);
	}

	@Bean
	CommandLineRunner demonstration(Products products) {
		return (arguments) -> {
			System.out.println("write on " + products.add("lamp"));
			System.out.println("read on " + products.portForReading());
			products.addWithoutTransaction("table");
			System.out.println("written " + products.countOnPrimary());
		};
	}

}
