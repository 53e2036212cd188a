"""The partner network: who helps with what, where and when, how fresh that is, and the search in it."""
