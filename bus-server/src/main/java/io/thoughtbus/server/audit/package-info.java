/** Audit: the ledger of each namespace, its checkpoints, proofs and exports. */
@ApplicationModule(
        allowedDependencies = {
            "loop",
            "redis",
            "web",
            "trail",
            "journal",
            "retention",
            "subscription",
            "delivery",
            "erasure",
            "replay"
        })
@NullMarked
package io.thoughtbus.server.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
