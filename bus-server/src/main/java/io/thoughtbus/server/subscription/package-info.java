/** Subscriptions: their registry, their versions, and where in the journal each version comes into force. */
@ApplicationModule(allowedDependencies = {"loop", "redis", "web", "journal", "interest", "outlook", "judge"})
@NullMarked
package io.thoughtbus.server.subscription;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
