"""Codes for exchange with other systems: code sets, field names and regions as dated dictionaries, and how they go out.

Owns the words: code set, entry, field, region, export. Our own values are English words; a code is what another system calls them.
"""
