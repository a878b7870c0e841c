package io.thoughtbus.embeddings;

import java.util.regex.Pattern;

/**
 * The identity of a model: embeddings of two models are comparable only if their ids are equal.
 *
 * @param name letters, digits, dots and hyphens
 * @param sha256 64 lower-case hexadecimal digits: the digest of the model file followed by the tokenizer file
 */
public record ModelId(String name, String sha256) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public ModelId {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a model name is 1 to 64 of a-z, 0-9, dot and hyphen but was " + name);
        }
        if (!SHA_256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("a SHA-256 is 64 hexadecimal digits but was " + sha256);
        }
    }

    /** The first twelve digits of the digest: short enough for a key name, long enough to tell models apart. */
    public String tag() {
        return sha256.substring(0, 12);
    }

    /** The id as it travels: {@code name@sha256}. */
    @Override
    public String toString() {
        return name + "@" + sha256;
    }
}
