"""explorer.scene"""
