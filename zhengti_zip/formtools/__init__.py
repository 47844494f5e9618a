"""Tools for whoever writes a form definition: check-up, cases, scaffold, formulas."""
