"""What people see: pages, pictures and the command line."""
