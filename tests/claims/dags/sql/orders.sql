SELECT customer, total FROM orders
