"""loaders.reconcile"""
