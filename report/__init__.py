"""The report: results → figures, findings, pages. Reads run files and never trains."""
