"""Keeping the register: filed fields, codes, calendar, heads, units, extras, posted rules, import and export."""
