"""loaders.forms"""
