"""The pieces of screening: reading masked spellings, rules of the charter, learned scores."""
