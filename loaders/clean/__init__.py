"""loaders.clean"""
