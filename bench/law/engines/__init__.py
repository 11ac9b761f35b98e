"""The engines that are measured, one file each; each file imports its own engine and no other."""
