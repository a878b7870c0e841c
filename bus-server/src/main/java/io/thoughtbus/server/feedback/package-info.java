/** Feedback: what subscribers' judgements suggest, and how subscriptions do with the facts that come now. */
@ApplicationModule(
        allowedDependencies = {
            "loop",
            "redis",
            "web",
            "journal",
            "learning",
            "recent",
            "erasure",
            "interest",
            "outlook",
            "subscription",
            "delivery"
        })
@NullMarked
package io.thoughtbus.server.feedback;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
