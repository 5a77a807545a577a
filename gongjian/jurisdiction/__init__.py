"""Who decides what where, from which day on which ground; and the handover of running cases when that changes (管辖).

Owns the words competence, area, change (of jurisdiction), handover.
"""
