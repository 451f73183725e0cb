"""loaders.synth"""
