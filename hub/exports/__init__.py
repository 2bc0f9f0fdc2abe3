"""Inspections as print view, PDF, sheet, CSV and JSON; summaries."""
