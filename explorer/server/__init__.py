"""explorer.server"""
