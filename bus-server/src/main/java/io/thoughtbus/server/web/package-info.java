/** What all HTTP doors share: strict JSON, bounded bodies and refusals in the form of RFC 9457. */
@ApplicationModule(allowedDependencies = {"redis"})
@NullMarked
package io.thoughtbus.server.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
