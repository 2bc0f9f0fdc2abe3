"""Telling people of alerts: by which road, when, and whether it arrived."""
