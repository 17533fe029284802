package shop;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class Products {

	private final JdbcClient jdbc;

	Products(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Transactional
	public int add(String name) {
		this.jdbc.sql("INSERT INTO product (name) VALUES (?)").param(name).update();
		return port();
	}

	@Transactional(readOnly = true)
	public int portForReading() {
		return port();
	}

	public void addWithoutTransaction(String name) {
		this.jdbc.sql("INSERT INTO product (name) VALUES (?)").param(name).update();
	}

	@Transactional
	public long countOnPrimary() {
		return this.jdbc.sql("SELECT COUNT(*) FROM product").query(Long.class).single();
	}

	private int port() {
		return this.jdbc.sql("SELECT @@port").query(Integer.class).single();
	}

}
