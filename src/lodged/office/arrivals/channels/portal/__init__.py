"""An agency hands a paper in through the web, by its key."""
