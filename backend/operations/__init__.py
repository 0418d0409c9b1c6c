"""For whoever keeps the product running: health, metrics, the admin site."""
