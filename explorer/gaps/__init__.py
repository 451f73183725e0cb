"""explorer.gaps"""
