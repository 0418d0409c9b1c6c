"""The site: one file a page; what each button does lies in the folder of its noun."""
