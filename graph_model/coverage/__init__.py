"""graph_model.coverage"""
