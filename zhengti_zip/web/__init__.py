"""The server: pages and an interface for programs, for people who have a browser only (docs/office.md)."""
