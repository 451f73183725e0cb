"""loaders.map"""
