/** The trail: acts that other features note so that the ledger takes them. */
@ApplicationModule(allowedDependencies = {"redis"})
@NullMarked
package io.thoughtbus.server.trail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
