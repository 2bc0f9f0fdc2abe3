"""The sheet on the wall of a station without a kiosk: its code, its pledge, the hotline."""
