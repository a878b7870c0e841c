package io.thoughtbus.server.archive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Segments as objects of a bucket, {@code prefix/namespace/name}. Several servers may share it. */
final class S3Store implements SegmentStore {
    private static final String PROBE = "exclusive-writes";
    private static final int TAKEN = 412;
    private static final int BEING_TAKEN = 409;
    private static final String ANY = "*";

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    private volatile boolean isExclusive;

    S3Store(S3Client client, String bucket, @Nullable String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix == null || prefix.isEmpty() ? "" : prefix.endsWith("/") ? prefix : prefix + "/";
    }

    @Override
    public List<SegmentName> list(String namespace) {
        List<SegmentName> names = new ArrayList<>();
        String directory = prefix + namespace + "/";
        try {
            for (S3Object object : client.listObjectsV2Paginator(
                            request -> request.bucket(bucket).prefix(directory))
                    .contents()) {
                SegmentName.parse(object.key().substring(directory.length())).ifPresent(names::add);
            }
        } catch (SdkException e) {
            throw unavailable("listed", e);
        }
        return names;
    }

    @Override
    public long size(String namespace, SegmentName name) {
        try {
            return client.headObject(request -> request.bucket(bucket).key(key(namespace, name)))
                    .contentLength();
        } catch (NoSuchKeyException e) {
            throw new NoSuchSegmentException(namespace, name);
        } catch (SdkException e) {
            throw unavailable("read", e);
        }
    }

    @Override
    public byte[] read(String namespace, SegmentName name, long offset, int length) {
        if (length == 0) {
            return new byte[0];
        }
        try {
            return client.getObjectAsBytes(request -> request.bucket(bucket)
                            .key(key(namespace, name))
                            .range("bytes=" + offset + "-" + (offset + length - 1)))
                    .asByteArray();
        } catch (NoSuchKeyException e) {
            throw new NoSuchSegmentException(namespace, name);
        } catch (SdkException e) {
            throw unavailable("read", e);
        }
    }

    @Override
    public boolean create(String namespace, SegmentName name, byte[] content) {
        try {
            requireExclusive();
            return put(key(namespace, name), content);
        } catch (SdkException e) {
            throw unavailable("written", e);
        }
    }

    @Override
    public void delete(String namespace, SegmentName name) {
        try {
            client.deleteObject(request -> request.bucket(bucket).key(key(namespace, name)));
        } catch (SdkException e) {
            throw unavailable("removed", e);
        }
    }

    /** A store that takes no notice of the condition would let servers write over each other. */
    private void requireExclusive() {
        if (isExclusive) {
            return;
        }
        put(prefix + PROBE, new byte[0]);
        if (put(prefix + PROBE, new byte[0])) {
            throw new ArchiveUnavailableException(
                    "the archive cannot be written to the bucket " + bucket
                            + ": its store takes no notice of If-None-Match, so servers could write over each other",
                    new UnsupportedOperationException("If-None-Match"));
        }
        isExclusive = true;
    }

    /** Writes an object unless there is one. */
    private boolean put(String key, byte[] content) {
        try {
            client.putObject(
                    request -> request.bucket(bucket).key(key).ifNoneMatch(ANY), RequestBody.fromBytes(content));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == TAKEN || e.statusCode() == BEING_TAKEN) {
                return false;
            }
            throw e;
        }
    }

    private String key(String namespace, SegmentName name) {
        return prefix + namespace + "/" + name;
    }

    private ArchiveUnavailableException unavailable(String what, SdkException e) {
        return new ArchiveUnavailableException(
                "the archive cannot be " + what + " in the bucket " + bucket + ": " + e.getMessage(), e);
    }
}
