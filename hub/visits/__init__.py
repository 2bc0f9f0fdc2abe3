"""Who came and what they said of it: visits, footfall beside them, satisfaction; of one station and of many."""
