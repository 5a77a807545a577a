"""The day at the place: who has come, who waits where and how long, who is called, and what is done for all of a sitting at once. Owns the words kiosk, attendance, stage, delay, feedback."""
