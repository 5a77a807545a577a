"""What was found on the day, as typed values: one class per kind of finding, units in the field names.

A field left out was not measured or not asked. A finding that is not written at all is taken as not there.
"""
