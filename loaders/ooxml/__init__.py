"""loaders.ooxml"""
