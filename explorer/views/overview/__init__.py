"""explorer.views.overview"""
