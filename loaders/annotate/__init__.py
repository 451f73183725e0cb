"""loaders.annotate"""
