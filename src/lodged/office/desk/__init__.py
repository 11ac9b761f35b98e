"""The desk: settings, addresses, the only clock, the porter's rounds, and the pages that span stations."""
