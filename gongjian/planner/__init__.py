"""Which case goes to which sitting, and which specialties to which sitting: pure. Never who examines: experts are drawn. Owns problem, plan, aim."""
