"""REST, one file a resource; what each verb does lies in the folder of its noun."""
