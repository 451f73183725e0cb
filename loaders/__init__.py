"""What the workbooks say: files in, desired graph and problems out."""
