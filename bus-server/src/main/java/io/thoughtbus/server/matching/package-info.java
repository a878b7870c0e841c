/** Matching: which subscriptions each fact of the journal concerns, decided exactly and recorded once. */
@ApplicationModule(allowedDependencies = {"redis", "web", "journal", "interest", "guard", "subscription"})
@NullMarked
package io.thoughtbus.server.matching;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
