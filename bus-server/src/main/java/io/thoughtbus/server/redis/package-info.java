/** How the bus reaches Redis: the embedded server, connections, key names and functions. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.thoughtbus.server.redis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
