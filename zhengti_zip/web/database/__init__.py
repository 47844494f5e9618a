"""What the server remembers: SQLAlchemy models, the connection, and Alembic migrations."""
