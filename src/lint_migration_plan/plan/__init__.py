"""From a document to a plan: the typed tree that rules judge."""
