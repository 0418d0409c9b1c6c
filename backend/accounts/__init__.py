"""Who works with the product: users."""
