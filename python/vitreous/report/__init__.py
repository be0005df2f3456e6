"""The report of a run: report.html and its figures, from the run's own files alone."""
