"""自评报告: the data of a form as a narrative, by a template of the form definition."""
