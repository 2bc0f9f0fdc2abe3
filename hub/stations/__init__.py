"""The register of stations and what stands in them."""
