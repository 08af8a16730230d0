"""Facts and figures → pages: the report as HTML and PDF, and the comparison of two results."""
