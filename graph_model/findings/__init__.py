"""graph_model.findings"""
