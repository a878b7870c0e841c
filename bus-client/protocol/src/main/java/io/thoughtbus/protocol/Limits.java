package io.thoughtbus.protocol;

import java.time.Duration;

/** The bounds of everything that travels. */
public final class Limits {
    /** Characters (code points) of a fact's or an interest's text. */
    public static final int TEXT = 8192;

    /** Attributes of a fact. */
    public static final int ATTRIBUTES = 64;

    /** Characters of an attribute's text value. */
    public static final int ATTRIBUTE_TEXT = 4096;

    /** Bytes of a fact as JSON. */
    public static final int FACT_BYTES = 64 * 1024;

    /** Facts in one batch. */
    public static final int BATCH = 1000;

    /** Examples, and also counterexamples, of an interest. */
    public static final int EXAMPLES = 200;

    /** Characters of a filter. */
    public static final int FILTER = 4096;

    /** Characters of a verdict's reason. */
    public static final int REASON = 500;

    /** Wakes in one answer, and verdicts in one request. */
    public static final int WAKES = 256;

    /** Rows of any page. */
    public static final int PAGE = 1000;

    /** How long a take may wait for its first wake. */
    public static final Duration WAIT = Duration.ofSeconds(60);

    /** The longest lifetime of a fact. */
    public static final Duration LIFETIME = Duration.ofDays(366);

    /** The longest lease, backoff and delay. */
    public static final Duration LEASE = Duration.ofHours(12);

    /** Facts that a preview looks at. */
    public static final int PREVIEW_FACTS = 10_000;

    private Limits() {}
}
