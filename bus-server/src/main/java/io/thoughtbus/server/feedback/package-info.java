/** Feedback: what subscribers' judgements suggest, and how subscriptions do with the facts that come now. */
@ApplicationModule(
        allowedDependencies = {"redis", "web", "journal", "learning", "interest", "outlook", "subscription", "delivery"
        })
@NullMarked
package io.thoughtbus.server.feedback;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
