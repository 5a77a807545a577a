"""The experts' face: today's cases under exam codes, examination, signing, deliberation, availability. Shows `opinions`; owns no table."""
