"""explorer.loading"""
