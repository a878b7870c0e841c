package io.thoughtbus.server.erasure;

import io.thoughtbus.protocol.FactId;

/** Somebody who reads every fact of the journal once, so that a fact may be erased only after it was read. */
public interface ErasureGate {
    /** Whether everything of the fact's shard up to the fact has been read, and will not be read again. */
    boolean isPassed(String namespace, FactId fact);
}
