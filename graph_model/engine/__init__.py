"""graph_model.engine"""
