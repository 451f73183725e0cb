"""explorer.views.load"""
