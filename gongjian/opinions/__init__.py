"""What the experts of a group say: findings, sealed individual opinions, the vote, deliberation. Owns the words opinion, finding, round, vote, dissent."""
