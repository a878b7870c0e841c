package io.thoughtbus.server.erasure;

import io.thoughtbus.protocol.FactId;
import java.util.List;

/** Something beside the journal and live memory that holds what follows from facts. */
public interface ErasurePart {
    /** Takes out what follows from facts that the journal no longer holds; repeated after a crash. */
    void erase(String namespace, List<FactId> facts);
}
