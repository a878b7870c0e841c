/** Health: what the bus can promise right now. */
@ApplicationModule(allowedDependencies = {"redis", "journal", "interest", "subscription"})
@NullMarked
package io.thoughtbus.server.health;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
