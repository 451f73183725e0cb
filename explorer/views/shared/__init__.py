"""explorer.views.shared"""
