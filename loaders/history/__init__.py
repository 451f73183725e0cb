"""loaders.history"""
