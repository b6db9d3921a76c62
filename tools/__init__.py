"""What make calls; venv.py and browser.py need nothing but Python itself."""
