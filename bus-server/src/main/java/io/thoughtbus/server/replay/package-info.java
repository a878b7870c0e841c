/** Replay: past facts matched again for one subscription, told or delivered. */
@ApplicationModule(
        allowedDependencies = {
            "loop",
            "redis",
            "web",
            "trail",
            "journal",
            "retention",
            "interest",
            "guard",
            "subscription",
            "matching",
            "delivery"
        })
@NullMarked
package io.thoughtbus.server.replay;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
