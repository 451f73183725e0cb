"""explorer.explore"""
