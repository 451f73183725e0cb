"""loaders.template"""
