package io.thoughtbus.server.archive;

/** Thrown if a file is not there, because it was never written or another generation has taken its place. */
final class NoSuchSegmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchSegmentException(String namespace, SegmentName name) {
        super("the archive has no file " + namespace + "/" + name);
    }
}
