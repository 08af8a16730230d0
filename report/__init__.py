"""The report: results → facts → figures and pages. Reads run files and never trains."""
