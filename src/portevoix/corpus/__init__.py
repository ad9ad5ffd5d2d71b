"""What many texts say: map over texts, then reduce over mergeable tallies."""
