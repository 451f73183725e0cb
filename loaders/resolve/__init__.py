"""loaders.resolve"""
