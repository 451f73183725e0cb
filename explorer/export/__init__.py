"""explorer.export"""
