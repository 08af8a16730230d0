"""What one call of Snakemake needs around its jobs: provenance that travels, a lock, a forecast."""
