"""The two trees a station hangs in: the territory's unions, and industry unions with co-builders."""
