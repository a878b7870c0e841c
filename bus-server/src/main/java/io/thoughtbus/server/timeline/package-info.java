/** Timelines: everything that is known to have happened to facts, in order. */
@ApplicationModule(
        allowedDependencies = {
            "redis",
            "web",
            "journal",
            "erasure",
            "interest",
            "matching",
            "delivery",
            "explain",
            "audit"
        })
@NullMarked
package io.thoughtbus.server.timeline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
