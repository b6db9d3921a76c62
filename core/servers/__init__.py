"""PostgreSQL and Valkey out of Python wheels, for the sample school and for tests."""
