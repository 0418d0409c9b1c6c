"""Who works with the product: people, their roles, sessions and API tokens."""
