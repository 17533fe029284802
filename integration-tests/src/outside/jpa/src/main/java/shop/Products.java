package shop;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class Products {

	private final ProductRepository products;

	Products(ProductRepository products) {
		this.products = products;
	}

	@Transactional
	public int add(String name) {
		this.products.saveAndFlush(new Product(name));
		return this.products.port();
	}

	@Transactional(readOnly = true)
	public int portForReading() {
		return this.products.port();
	}

	public void addWithoutTransaction(String name) {
		this.products.save(new Product(name));
	}

	@Transactional
	public long countOnPrimary() {
		return this.products.count();
	}

}
