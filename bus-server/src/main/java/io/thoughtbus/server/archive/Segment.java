package io.thoughtbus.server.archive;

/** A segment that was opened: its name, how long its file is, and its index. */
record Segment(SegmentName name, long bytes, SegmentIndex index) {}
