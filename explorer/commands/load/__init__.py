"""explorer.commands.load"""
