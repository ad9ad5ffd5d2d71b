"""A note de synthèse made of findings: model, writer, renderers, check."""
