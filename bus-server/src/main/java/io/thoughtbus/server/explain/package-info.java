/** Explanation: why a fact wakes a subscription or does not. */
@ApplicationModule(
        allowedDependencies = {
            "redis",
            "web",
            "journal",
            "interest",
            "guard",
            "subscription",
            "matching",
            "judge",
            "asking"
        })
@NullMarked
package io.thoughtbus.server.explain;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
