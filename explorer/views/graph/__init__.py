"""explorer.views.graph"""
