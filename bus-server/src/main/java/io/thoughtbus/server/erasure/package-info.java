/** Erasure: facts taken out of everything that holds them, with a record that it was done. */
@ApplicationModule(allowedDependencies = {"loop", "redis", "web", "trail", "journal"})
@NullMarked
package io.thoughtbus.server.erasure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
