/** Delivery: from recorded matches to inboxes, wakes in hand, verdicts and dead letters. */
@ApplicationModule(
        allowedDependencies = {
            "loop",
            "redis",
            "web",
            "journal",
            "retention",
            "erasure",
            "interest",
            "guard",
            "subscription",
            "matching"
        })
@NullMarked
package io.thoughtbus.server.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
