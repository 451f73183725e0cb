"""What is: the types, rules, plan and store of Branchmap. Imports nothing of ours."""
