"""What every page shares: templates, components, words and dates, errors."""
