"""Sessions, forged requests, response headers, passwords and codes, and how often something may be tried."""
