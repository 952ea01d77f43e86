"""What each LMS does differently from the standards: plain data, a file for each LMS, every fact with its reference."""
