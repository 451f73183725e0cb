"""explorer.views.gaps"""
