"""loaders.read"""
