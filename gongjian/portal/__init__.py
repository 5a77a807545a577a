"""The face of applicants: applying step by step, following the case, supplementing, reading messages. Owns no words of the field."""
