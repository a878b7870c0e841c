package io.thoughtbus.server.web;

import java.util.Locale;

/** The kinds of refusal. */
public enum ProblemType {
    MALFORMED_JSON(400, "The body is not JSON as RFC 8259 defines it"),
    UNKNOWN_FIELD(400, "The body holds a field that does not belong there"),
    INVALID_FIELD(400, "A value is not allowed"),
    MALFORMED_REQUEST(400, "The request cannot be understood"),
    FACT_NOT_FOUND(404, "No live fact has this id"),
    SUBSCRIPTION_NOT_FOUND(404, "No subscription has this id"),
    REPLAY_NOT_FOUND(404, "No replay has this id"),
    ERASURE_NOT_FOUND(404, "No erasure has this id"),
    LEAF_NOT_FOUND(404, "The ledger does not have this record"),
    CHECKPOINT_NOT_FOUND(404, "There is no such checkpoint of the ledger"),
    NO_SUCH_RESOURCE(404, "There is nothing at this address"),
    METHOD_NOT_ALLOWED(405, "This address does not take this method"),
    NOT_ACCEPTABLE(406, "The answer cannot be given in an accepted form"),
    KEY_REUSED(409, "The idempotency key belongs to another fact"),
    CANNOT_WITHDRAW(409, "The fact cannot be retracted or superseded"),
    WAKE_NOT_HELD(409, "The wake is not in hand"),
    CHAIN_TOO_LONG(409, "The chain of causes is too long"),
    DURABILITY_UNAVAILABLE(409, "The connected Redis cannot give this durability"),
    SUBSCRIPTION_BUSY(409, "The subscription is being changed by someone else"),
    TESTS_FAILED(409, "The interest does not judge its own tests as wished"),
    TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body has a form that is not read here"),
    TOO_MANY_DESCENDANTS(429, "Too many facts descend from one"),
    TOO_MANY_WAITING(429, "Too many takers are waiting"),
    TOO_MANY_NAMESPACES(429, "No further namespace can be opened"),
    TOO_MANY_REPLAYS(429, "Too many replays are running"),
    TOO_MANY_ERASURES(429, "Too many erasures are going on"),
    INTERNAL(500, "The bus made a mistake"),
    ARCHIVE_DAMAGED(500, "A part of the archive cannot be read"),
    ARCHIVE_UNAVAILABLE(503, "The archive cannot be reached"),
    DURABILITY_BUSY(503, "Too many publishers wait for the disk"),
    EMBEDDER_BUSY(503, "The embedder has more texts than it can take"),
    LEDGER_UNSIGNED(503, "The ledger cannot be signed"),
    INDEX_INCOMPLETE(503, "The index is still being built"),
    STORAGE_FULL(503, "Redis takes no more data"),
    REDIS_UNAVAILABLE(503, "Redis does not answer"),
    STOPPING(503, "The bus is stopping");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status of such a refusal. */
    public int status() {
        return status;
    }

    /** The kind in a few words. */
    public String title() {
        return title;
    }

    /** The kind's name for programs. */
    public String urn() {
        return "urn:thought-bus:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the same request may succeed a little later. */
    public boolean isTransient() {
        return status == 429 || status == 503 || this == SUBSCRIPTION_BUSY;
    }
}
