"""graph_model.store"""
