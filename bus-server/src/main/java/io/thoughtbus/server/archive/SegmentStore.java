package io.thoughtbus.server.archive;

import java.util.List;

/** Where segments are kept: files that are written once as a whole, read in part, and removed. */
interface SegmentStore {
    /**
     * The files of a namespace, in no order.
     *
     * @throws ArchiveUnavailableException if they cannot be listed
     */
    List<SegmentName> list(String namespace);

    /**
     * How long a file is, in bytes.
     *
     * @throws NoSuchSegmentException if it is not there
     * @throws ArchiveUnavailableException if nobody can tell
     */
    long size(String namespace, SegmentName name);

    /**
     * A part of a file; shorter than asked for where the file ends.
     *
     * @throws NoSuchSegmentException if it is not there
     * @throws ArchiveUnavailableException if it cannot be read
     */
    byte[] read(String namespace, SegmentName name, long offset, int length);

    /**
     * Writes a file, which is there as a whole and durable afterwards, or not there.
     *
     * @return false if there was one of this name, which stays as it is
     * @throws ArchiveUnavailableException if it cannot be written
     */
    boolean create(String namespace, SegmentName name, byte[] content);

    /**
     * Removes a file, if it is there.
     *
     * @throws ArchiveUnavailableException if it cannot be removed
     */
    void delete(String namespace, SegmentName name);
}
