"""What several tests use: graphs, workbooks, servers, browsers, an independent count of the rules."""
